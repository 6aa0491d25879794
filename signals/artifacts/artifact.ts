/**
 * What an artifact is: something that is on a lead and does not come from the heart. One source per lead; most add, a
 * loose electrode replaces. In seconds of the patient's time, like the rhythms, so that it does not depend on fs.
 */
import type { Rng } from '../../src/core/rng.ts';
import type { Hertz, SampleIndex } from '../../src/core/units.ts';

export interface ArtifactStart {
  readonly startS: number;
  /** The lead's own, or the same for all leads where the artifact is `common`. */
  readonly rng: Rng;
  /** In mV; what it measures is in the registry's title. */
  readonly levelMv: number;
}

export interface ArtifactSource {
  /** Changes samples first..first+n-1 in out[from..from+n-1]; n is RUN at most, `first` never goes back. */
  apply(first: SampleIndex, fs: Hertz, out: Float64Array, from: number, n: number): void;
  /** A shock at tS, for what a shock brings about. */
  shock?(tS: number): void;
}

export interface Artifact {
  readonly name: string;
  readonly title: string;
  readonly usualMv: number;
  /** The same on every lead (chest compressions), not one for each (a muscle). */
  readonly common: boolean;
  /** Factor on the level in leads that see less of it; 1 where it is not said. */
  readonly leadGain?: Readonly<Record<string, number>>;
  start(start: ArtifactStart): ArtifactSource;
}
