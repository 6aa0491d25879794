import type { SampleIndex } from './units.ts';

export type Verdict = 'shock' | 'noShock' | 'inconclusive';

/** What the analysis thinks the rhythm is. A word for the operator, never the ground for the verdict alone. */
export type RhythmName =
  | 'VF'
  | 'fineVF'
  | 'VT'
  | 'slowVT'
  | 'organised'
  | 'asystole'
  | 'noise'
  | 'compressions'
  | 'leadsOff'
  | 'unknown';

/** One number that took part in the decision, with what it pushed towards. */
export interface Evidence {
  /** The feature or gate, as in the registry: 'leakage', 'count2', 'gate.asystole'. */
  name: string;
  value: number;
  unit: string;
  /** The limit it was held against, where it is a gate. */
  limit?: number;
  /** Contribution to the score, > 0 towards shock, where it is a term of the score. */
  push?: number;
}

/** One decision about the stretch from..to (samples at the signal's rate, `to` not included). */
export interface Advice {
  from: SampleIndex;
  to: SampleIndex;
  decidedAt: SampleIndex;
  verdict: Verdict;
  rhythm: RhythmName;
  /** Sum of the pushes; > 0 shock. NaN where a gate decided before the score. */
  score: number;
  evidence: readonly Evidence[];
}
