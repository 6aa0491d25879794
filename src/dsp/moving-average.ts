/**
 * Moving average over `width` samples.
 *
 *   y[n] = (x[n] + x[n-1] + ... + x[n-width+1]) / width        delay = (width - 1) / 2 samples
 *
 * One addition and one subtraction a sample, whatever the width. The running sum gathers rounding errors, so it is
 * summed afresh each time round the ring: the error stays below one in 10^13 for ever. Starts from zeros.
 */
import { assert } from '../core/errors.ts';
import type { Stage } from './stage.ts';

export class MovingAverage implements Stage {
  readonly delaySamples: number;
  private readonly ring: Float64Array;
  private at = 0;
  private sum = 0;

  constructor(width: number) {
    assert(Number.isInteger(width) && width > 0, `width: expected a whole number > 0, found ${width}`);
    this.ring = new Float64Array(width);
    this.delaySamples = (width - 1) / 2;
  }

  process(x: Float64Array, y: Float64Array, n: number): void {
    const { ring } = this;
    const width = ring.length;
    let { at, sum } = this;
    for (let i = 0; i < n; i++) {
      const v = x[i];
      if (v - v !== 0) {
        y[i] = NaN;
        continue;
      }
      sum += v - ring[at];
      ring[at] = v;
      if (++at === width) {
        at = 0;
        sum = 0;
        for (let k = 0; k < width; k++) sum += ring[k];
      }
      y[i] = sum / width;
    }
    this.at = at;
    this.sum = sum;
  }

  reset(): void {
    this.ring.fill(0);
    this.at = 0;
    this.sum = 0;
  }
}
