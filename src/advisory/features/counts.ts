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
import { oncePerWindow } from './once.ts';

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

interface Counts {
  aboveHalfMax: number;
  aboveMean: number;
  nearMean: number;
}

const counts: Counts = { aboveHalfMax: 0, aboveMean: 0, nearMean: 0 };

/** Shares of each whole second, averaged over the seconds. */
const countsOf = oncePerWindow((w: AnalysisWindow): Counts => {
  counts.aboveHalfMax = counts.aboveMean = counts.nearMean = 0;
  const n = w.fs;
  const seconds = Math.floor(w.n / n);
  for (let s = 0; s < seconds; s++) {
    for (let i = 0; i < n; i++) w.scratch[i] = Math.abs(w.resonator[s * n + i]);
    addSecond(w.scratch, n);
  }
  counts.aboveHalfMax /= seconds * n;
  counts.aboveMean /= seconds * n;
  counts.nearMean /= seconds * n;
  return counts;
});

/** `f` holds |F| of one second. A silent second counts nothing. */
function addSecond(f: Float64Array, n: number): void {
  let max = 0;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += f[i];
    if (f[i] > max) max = f[i];
  }
  if (max <= 0) return;
  const mean = sum / n;
  let deviation = 0;
  for (let i = 0; i < n; i++) deviation += Math.abs(f[i] - mean);
  deviation /= n;
  for (let i = 0; i < n; i++) {
    if (f[i] >= max / 2) counts.aboveHalfMax++;
    if (f[i] >= mean) counts.aboveMean++;
    if (Math.abs(f[i] - mean) <= deviation) counts.nearMean++;
  }
}

const source = 'Jekova & Krasteva, Physiol. Meas. 25, 2004';

export const count1: Feature = {
  name: 'count1',
  unit: '',
  what: 'share of the time that the 13-16.5 Hz part is above half of its peak',
  source,
  compute: (w) => countsOf(w).aboveHalfMax,
};

export const count2: Feature = {
  name: 'count2',
  unit: '',
  what: 'share of the time that the 13-16.5 Hz part is above its mean: low when it rings in bursts (QRS)',
  source,
  compute: (w) => countsOf(w).aboveMean,
};

export const count3: Feature = {
  name: 'count3',
  unit: '',
  what: 'share of the time that the 13-16.5 Hz part is near its mean',
  source,
  compute: (w) => countsOf(w).nearMean,
};
