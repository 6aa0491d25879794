/**
 * One window, one decision: gates, then the score, then the name. Explains itself through `evidence`.
 *
 * VT rule: where the score says shock and the beats come evenly and alike (or the signal repeats itself), it is a VT; under
 * the rate limit (150/min by default, 180 as a setting) it is a slow VT and no shock is advised.
 */
import type { Advice, Evidence, RhythmName, Verdict } from '../core/advice.ts';
import type { CompressionState } from './compressions.ts';
import { featureNamed } from './features/registry.ts';
import { acLag, acPeak } from './features/autocorrelation.ts';
import type { Feature } from './features/feature.ts';
import type { Quality } from './front.ts';
import { askGates, GATE_LIMITS, type GateLimits } from './gates.ts';
import { pushOf, type ScoreModel } from './score.ts';
import type { AnalysisWindow } from './window.ts';

export interface DecideOptions {
  /** Slowest VT that is shockable, 1/min. 0: every VT. */
  vtRate: number;
  limits: GateLimits;
}

export const DECIDE: DecideOptions = { vtRate: 150, limits: GATE_LIMITS };

/** AHA 1997: VF of less is fine VF. */
const COARSE_MV = 0.2;
/** A signal that repeats itself so well is a VT, not a VF. */
export const REGULAR = 0.8;

export type Decision = Pick<Advice, 'verdict' | 'rhythm' | 'score' | 'evidence'>;

export class Decider {
  readonly model: ScoreModel;
  private readonly options: DecideOptions;
  private readonly features: readonly Feature[];

  constructor(model: ScoreModel, options: DecideOptions = DECIDE) {
    this.model = model;
    this.options = options;
    this.features = model.terms.map((t) => featureNamed(t.feature));
  }

  decide(w: AnalysisWindow, quality: Quality, compressions?: CompressionState): Decision {
    const evidence: Evidence[] = [];
    const gate = askGates(w, quality, this.options.limits, evidence, compressions);
    if (gate !== undefined) return { ...gate, score: NaN, evidence };
    const score = this.score(w, evidence);
    const { verdict, rhythm } = this.name(w, score, evidence);
    return { verdict, rhythm, score, evidence };
  }

  private score(w: AnalysisWindow, evidence: Evidence[]): number {
    const { model } = this;
    let score = model.bias;
    evidence.push({ name: 'bias', value: 1, unit: '', push: model.bias });
    this.features.forEach((feature, k) => {
      const value = feature.compute(w);
      const push = pushOf(model.terms[k], value);
      score += push;
      evidence.push({ name: feature.name, value, unit: feature.unit, push });
    });
    return score;
  }

  private name(
    w: AnalysisWindow,
    score: number,
    evidence: Evidence[],
  ): { verdict: Verdict; rhythm: RhythmName } {
    if (score <= 0) return { verdict: 'noShock', rhythm: 'organised' };
    const regular = acPeak.compute(w);
    const rate = 60 / acLag.compute(w);
    if (!(regular > REGULAR)) return { verdict: 'shock', rhythm: w.peakToPeak < COARSE_MV ? 'fineVF' : 'VF' };
    evidence.push({ name: 'gate.vtRate', value: rate, unit: '1/min', limit: this.options.vtRate });
    if (rate < this.options.vtRate) return { verdict: 'noShock', rhythm: 'slowVT' };
    return { verdict: 'shock', rhythm: 'VT' };
  }
}
