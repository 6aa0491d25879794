/**
 * Counts 1-3 (Jekova & Krasteva, Physiol. Meas. 25, 2004): where a 14.6-Hz resonator's output lies, second by second.
 *
 *   F[i] = (14 F[i-1] - 7 F[i-2] + (x[i] - x[i-2]) / 2) / 8        250 Hz only: passes 13..16.5 Hz
 *   per second of |F|:  count1 = share >= max / 2,  count2 = share >= mean,  count3 = share within mean +- mean deviation
 *
 * A QRS rings the resonator and leaves silence behind: few samples above the mean (0.2). VF keeps it ringing (0.42).
 * So does white noise (0.42): the noise gate comes first. The resonator runs on the stream, so it is always warm.
 * Delay: the resonator's 40 ms. Streaming cost 4 multiplications a sample.
 */
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';

/** The streaming part; `y` may be `x`. */
export class Resonator {
  private x1 = 0;
  private x2 = 0;
  private y1 = 0;
  private y2 = 0;

  process(x: Float64Array, y: Float64Array, n: number): void {
    let { x1, x2, y1, y2 } = this;
    for (let i = 0; i < n; i++) {
      const input = x[i];
      const output = (14 * y1 - 7 * y2 + (input - x2) / 2) / 8;
      x2 = x1;
      x1 = input;
      y2 = y1;
      y1 = output;
      y[i] = output;
    }
    this.x1 = x1;
    this.x2 = x2;
    this.y1 = y1;
    this.y2 = y2;
  }

  reset(): void {
    this.x1 = this.x2 = this.y1 = this.y2 = 0;
  }
}

/** Calls `share` with |F| of each whole second and gives the mean of its answers. */
function perSecond(w: AnalysisWindow, share: (f: Float64Array, from: number, n: number) => number): number {
  const block = w.fs;
  const blocks = Math.floor(w.n / block);
  let sum = 0;
  for (let b = 0; b < blocks; b++) sum += share(w.resonator, b * block, block);
  return sum / blocks;
}

function meanAbs(f: Float64Array, from: number, n: number): number {
  let sum = 0;
  for (let i = from; i < from + n; i++) sum += Math.abs(f[i]);
  return sum / n;
}

function shareAbove(f: Float64Array, from: number, n: number, limit: number): number {
  if (limit <= 0) return 0;
  let count = 0;
  for (let i = from; i < from + n; i++) if (Math.abs(f[i]) >= limit) count++;
  return count / n;
}

function aboveHalfMax(f: Float64Array, from: number, n: number): number {
  let max = 0;
  for (let i = from; i < from + n; i++) max = Math.max(max, Math.abs(f[i]));
  return shareAbove(f, from, n, max / 2);
}

function aboveMean(f: Float64Array, from: number, n: number): number {
  return shareAbove(f, from, n, meanAbs(f, from, n));
}

function nearMean(f: Float64Array, from: number, n: number): number {
  const mean = meanAbs(f, from, n);
  let deviation = 0;
  for (let i = from; i < from + n; i++) deviation += Math.abs(Math.abs(f[i]) - mean);
  deviation /= n;
  let count = 0;
  for (let i = from; i < from + n; i++) if (Math.abs(Math.abs(f[i]) - mean) <= deviation) count++;
  return count / n;
}

const source = 'Jekova & Krasteva, Physiol. Meas. 25, 2004';

export const count1: Feature = {
  name: 'count1',
  unit: '',
  what: 'share of the time that the 13-16.5 Hz part is above half of its peak',
  source,
  compute: (w) => perSecond(w, aboveHalfMax),
};

export const count2: Feature = {
  name: 'count2',
  unit: '',
  what: 'share of the time that the 13-16.5 Hz part is above its mean: low when it rings in bursts (QRS)',
  source,
  compute: (w) => perSecond(w, aboveMean),
};

export const count3: Feature = {
  name: 'count3',
  unit: '',
  what: 'share of the time that the 13-16.5 Hz part is near its mean',
  source,
  compute: (w) => perSecond(w, nearMean),
};
