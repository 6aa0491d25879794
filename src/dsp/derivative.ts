/**
 * Difference over `span` samples, per second.
 *
 *   y[n] = (x[n] - x[n-span]) * fs / span        delay = span / 2 samples
 *
 * A longer span is a gentler low-pass: its first zero is at fs / span. The samples before the first count as equal
 * to it, so a constant gives zero from the start.
 */
import { assert } from '../core/errors.ts';
import type { Hertz } from '../core/units.ts';
import type { Stage } from './stage.ts';

export class Derivative implements Stage {
  readonly delaySamples: number;
  private readonly ring: Float64Array;
  private readonly scale: number;
  private at = 0;
  private started = false;

  constructor(fs: Hertz, span = 1) {
    assert(Number.isInteger(span) && span > 0, `span: expected a whole number > 0, found ${span}`);
    this.ring = new Float64Array(span);
    this.scale = fs / span;
    this.delaySamples = span / 2;
  }

  process(x: Float64Array, y: Float64Array, n: number): void {
    const { ring, scale } = this;
    let { at } = this;
    for (let i = 0; i < n; i++) {
      const v = x[i];
      if (v - v !== 0) {
        y[i] = NaN;
        continue;
      }
      if (!this.started) {
        ring.fill(v);
        this.started = true;
      }
      y[i] = (v - ring[at]) * scale;
      ring[at] = v;
      if (++at === ring.length) at = 0;
    }
    this.at = at;
  }

  reset(): void {
    this.at = 0;
    this.started = false;
  }
}
