/**
 * What a rhythm is: a description in the registry, and a source that it starts.
 *
 * A source works in seconds of the patient's time, never in samples: the same seed gives the same heart at any fs.
 * It does two things: it puts complexes (P, QRS, T) on the patient's schedule ahead of time, and it may add
 * continuous activity (fibrillation, f waves) to the heart's vector. x points left, y points down, both in mV.
 */
import type { Hertz, SampleIndex } from '../../src/core/units.ts';
import type { Rng } from '../../src/core/rng.ts';
import type { Complexes } from './complexes.ts';

/** What a shock does to the rhythm: the groups that differ. */
export type ShockGroup =
  /** VF and its like: ends by dose. */
  | 'fibrillation'
  /** A circuit that a shock can break: VT, AF, flutter, SVT. A shock into its T wave can start VF. */
  | 'reentry'
  /** Beats from a pacemaker cell: a shock does not cure it. A shock into its T wave can start VF. */
  | 'automatic'
  /** Nothing to end and nothing to disturb. */
  | 'silent';

export interface RateRange {
  readonly usual: number;
  readonly min: number;
  readonly max: number;
}

export interface RhythmStart {
  readonly startS: number;
  readonly rng: Rng;
  /** Beats a minute; only where the rhythm has a `rate`. */
  readonly ratePerMin: number;
  readonly complexes: Complexes;
}

export interface RhythmSource {
  /** Puts every complex whose R comes up to `untilS` on the schedule. `untilS` never goes back. */
  schedule(untilS: number): void;
  /** Adds what is not made of complexes to samples first..first+n-1. */
  add?(first: SampleIndex, fs: Hertz, x: Float64Array, y: Float64Array, n: number): void;
  /** The ventricles were captured from outside at tS: the rhythm's own next beat waits. */
  captured?(tS: number): void;
  /** The name of the rhythm that it has turned into by itself, once it has. */
  becomes?(tS: number): string | undefined;
}

export interface Rhythm {
  /** As in `--rhythm` and on the bench channel. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly shock: ShockGroup;
  /** Energy that ends it in half of the shocks (biphasic, 75 kg); 0 where a shock does not end it. */
  readonly halfDoseJ: number;
  /** Stroke volume against a normal beat: 0 no pulse, 1 normal. Electricity and pump are two things. */
  readonly ejection: number;
  readonly rate?: RateRange;
  start(start: RhythmStart): RhythmSource;
}
