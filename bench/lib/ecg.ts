/** A million distinct samples to run over: a short repeated signal is learnt by the branch predictor and flatters. */
import { Rng } from '../../src/core/rng.ts';

/** Sinus rhythm with ectopic beats, drift and noise, in mV. `truth` gets the R peaks. */
export function benchEcg(samples: number, fs: number): { x: Float64Array; truth: number[] } {
  const rng = new Rng('bench');
  const x = Float64Array.from({ length: samples }, (_, i) => 0.02 * rng.gaussian() + 0.1 * Math.sin(i / 700));
  const truth: number[] = [];
  for (let t = 0.5 * fs; t < samples - fs;) {
    const ectopic = rng.chance(1, 12);
    truth.push(Math.round(t));
    bump(x, t - 0.17 * fs, 0.02 * fs, ectopic ? 0 : 0.12);
    bump(x, t, (ectopic ? 0.035 : 0.011) * fs, ectopic ? 1.6 : 1.1 + 0.1 * rng.gaussian());
    bump(x, t + 0.035 * fs, 0.01 * fs, ectopic ? -0.5 : -0.25);
    bump(x, t + 0.27 * fs, 0.05 * fs, ectopic ? -0.35 : 0.25);
    t += fs * (ectopic ? 1.1 : 0.75 + 0.05 * rng.gaussian());
  }
  return { x, truth };
}

function bump(x: Float64Array, centre: number, width: number, height: number): void {
  const from = Math.max(0, Math.floor(centre - 5 * width));
  const to = Math.min(x.length, Math.ceil(centre + 5 * width));
  for (let i = from; i < to; i++) x[i] += height * Math.exp(-0.5 * ((i - centre) / width) ** 2);
}
