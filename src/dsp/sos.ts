/**
 * A cascade of second-order sections, transposed direct form II.
 *
 * All sections run inside one pass over the samples: five recurrences overlap in the processor, so this is faster than
 * one pass per section (8.7-9.8 against 16 ns a sample for five sections, measured). Allocates in the constructor only.
 */
import type { Hertz } from '../core/units.ts';
import { groupDelayAt, type Section } from './section.ts';
import type { Stage } from './stage.ts';

/**
 * A filter state below this is rounding dust of a silent input; set to zero so that no CPU meets denormals. Looked for
 * every 4096 samples of the stream, wherever the calls are cut.
 */
const DUST = 1e-30;
const DUST_EVERY = 4096;

export class Sos implements Stage {
  readonly delaySamples: number;
  private readonly count: number;
  private readonly c: Float64Array;
  private readonly z: Float64Array;
  private age = 0;

  /** `delayAt`: the frequency whose group delay is told as `delaySamples`. */
  constructor(sections: readonly Section[], fs: Hertz, delayAt: Hertz = 10) {
    this.count = sections.length;
    this.c = Float64Array.from(sections.flatMap((s) => [s.b0, s.b1, s.b2, s.a1, s.a2]));
    this.z = new Float64Array(2 * this.count);
    this.delaySamples = groupDelayAt(sections, delayAt, fs);
  }

  process(x: Float64Array, y: Float64Array, n: number): void {
    const { c, z, count } = this;
    let { age } = this;
    for (let i = 0; i < n; i++) {
      let v = x[i];
      if (v - v !== 0) {
        y[i] = NaN; // NaN or infinite: a hole
        continue;
      }
      for (let s = 0, k = 0, m = 0; s < count; s++, k += 5, m += 2) {
        const w = c[k] * v + z[m];
        z[m] = c[k + 1] * v - c[k + 3] * w + z[m + 1];
        z[m + 1] = c[k + 2] * v - c[k + 4] * w;
        v = w;
      }
      y[i] = v;
      if ((++age & (DUST_EVERY - 1)) === 0) this.dust();
    }
    this.age = age;
  }

  private dust(): void {
    for (let m = 0; m < this.z.length; m++) if (Math.abs(this.z[m]) < DUST) this.z[m] = 0;
  }

  reset(): void {
    this.age = 0;
    this.z.fill(0);
  }
}
