/** A plain ECG for tests: P, QRS and T as Gaussians at given beat times, so that the truth is known exactly. */
import { Rng } from '../../src/core/rng.ts';

export interface SyntheticEcg {
  x: Float64Array;
  /** Sample of each R peak. */
  peaks: number[];
}

interface Options {
  fs: number;
  seconds: number;
  bpm: number;
  /** Peak of the R wave, mV; negative turns the whole complex over. */
  amplitudeMv?: number;
  noiseMv?: number;
  rrJitter?: number;
}

/** Time after R (s), width (s), height (share of R). */
const WAVES = [
  [-0.17, 0.02, 0.12],
  [-0.028, 0.009, -0.12],
  [0, 0.011, 1],
  [0.03, 0.01, -0.2],
  [0.25, 0.045, 0.25],
] as const;

export function syntheticEcg({
  fs,
  seconds,
  bpm,
  amplitudeMv = 1,
  noiseMv = 0.01,
  rrJitter = 0.03,
}: Options): SyntheticEcg {
  const rng = new Rng('synthetic ecg');
  const x = Float64Array.from({ length: Math.round(seconds * fs) }, () => noiseMv * rng.gaussian());
  const peaks: number[] = [];
  // at high rates the T wave comes sooner
  const squeeze = Math.min(1, Math.sqrt(60 / bpm));
  for (let t = 0.4; t < seconds - 0.4; t += (60 / bpm) * (1 + rrJitter * rng.gaussian())) {
    peaks.push(Math.round(t * fs));
    for (const [after, width, height] of WAVES) {
      const centre = t + after * (Math.abs(after) > 0.1 ? squeeze : 1);
      const from = Math.max(0, Math.floor((centre - 5 * width) * fs));
      const to = Math.min(x.length, Math.ceil((centre + 5 * width) * fs));
      for (let i = from; i < to; i++)
        x[i] += amplitudeMv * height * Math.exp(-0.5 * ((i / fs - centre) / width) ** 2);
    }
  }
  return { x, peaks };
}
