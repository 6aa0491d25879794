/**
 * A recording with taller T or P waves than it has: patients with tall ones are few in the databases and are where
 * detectors fail. The smoothed signal between two beats, less the line between its ends, is added `gain` times under a
 * window that fades in and out, so QRS complexes and fast noise stay as they are.
 */
import { isBeat } from '../lib/records.ts';
import type { Annotation } from '../../src/core/annotations.ts';
import type { Rng } from '../../src/core/rng.ts';

/** Seconds from the R peak, at most `share` of the way to the neighbour; the range of the gain. */
export interface Wave {
  from: number;
  to: number;
  share: number;
  gain: readonly [number, number];
}
export const T_WAVE: Wave = { from: 0.1, to: 0.5, share: 0.7, gain: [1, 5] };
export const P_WAVE: Wave = { from: -0.06, to: -0.26, share: 0.4, gain: [1, 6] };
const SMOOTH_S = 0.04;

interface Signal {
  x: Float64Array;
  fs: number;
  marks: readonly Annotation[];
}

export function taller({ x, fs, marks }: Signal, wave: Wave, rng: Rng): Float64Array {
  const y = Float64Array.from(x);
  const smooth = smoothed(x, Math.max(1, Math.round((SMOOTH_S * fs) / 2)));
  const beats = marks.filter(isBeat).map((a) => a.sample);
  const gain = rng.between(...wave.gain);
  const side = Math.sign(wave.to);
  for (let k = 1; k + 1 < beats.length; k++) {
    const room = wave.share * Math.abs(beats[k + side] - beats[k]);
    const start = Math.round(beats[k] + wave.from * fs);
    const end = Math.round(beats[k] + side * Math.min(room, Math.abs(wave.to) * fs));
    if ((end - start) * side > 0) raise(y, smooth, Math.min(start, end), Math.max(start, end), gain);
  }
  return y;
}

function raise(y: Float64Array, smooth: Float64Array, from: number, to: number, gain: number): void {
  const rise = (smooth[to] - smooth[from]) / (to - from);
  for (let i = from; i <= to; i++) {
    const window = Math.sin((Math.PI * (i - from)) / (to - from)) ** 2;
    y[i] += gain * window * (smooth[i] - smooth[from] - rise * (i - from));
  }
}

/** Mean of 2 reach + 1 samples around each. */
function smoothed(x: Float64Array, reach: number): Float64Array {
  const y = new Float64Array(x.length);
  let sum = 0;
  for (let i = 0; i < x.length + reach; i++) {
    if (i < x.length) sum += x[i];
    if (i > 2 * reach) sum -= x[i - 2 * reach - 1];
    if (i >= reach) y[i - reach] = sum / (2 * reach + 1);
  }
  return y;
}
