/**
 * Does the baseline swing as no heart makes it? The patient is carried, the cable is pulled, a pad is pressed.
 *
 *   x -> low-pass 0.7 Hz (Butterworth, order 2) -> highest less lowest of the last 2 s       moves: swing >= 3 mV
 *
 * VF lies above 3 Hz, of which 5 % are left; a wide QRS of 3 mV at 150/min leaves 0.2 mV; breathing swings by 0.3 mV. The
 * limit is ours: of the seconds with VF it calls 0.2 % in vfdb and 7 % in cudb moving, of all others 0.7 and 2.7 % (mitdb:
 * none in a thousand); at 2 mV it would be 13 % of cudb's VF. A hole holds the last value.
 * Cost: one section a sample.
 */
import { butter, Sos } from '../dsp/index.ts';
import type { Hertz, Millivolts } from '../core/units.ts';

const CORNER_HZ = 0.7;
const WINDOW_S = 2;
const PARTS = 8;
const LIMIT_MV = 3;
const CHUNK = 256;

export class BaselineMotion {
  private readonly filter: Sos;
  private readonly chunk = new Float64Array(CHUNK);
  private readonly lowest = new Float64Array(PARTS);
  private readonly highest = new Float64Array(PARTS);
  private readonly partSamples: number;
  private part = 0;
  private inPart = 0;
  private last = NaN;
  private zero = 0;

  constructor(fs: Hertz) {
    this.filter = new Sos(butter(2, 'lowpass', fs, CORNER_HZ), fs);
    this.partSamples = Math.max(1, Math.round((WINDOW_S * fs) / PARTS));
    this.reset();
  }

  /** Of the last two seconds. */
  get swingMv(): Millivolts {
    let low = Infinity;
    let high = -Infinity;
    for (let k = 0; k < PARTS; k++) {
      low = Math.min(low, this.lowest[k]);
      high = Math.max(high, this.highest[k]);
    }
    return Math.max(0, high - low);
  }

  get moves(): boolean {
    return this.swingMv >= LIMIT_MV;
  }

  process(x: Float64Array, n: number): void {
    for (let at = 0; at < n; at += CHUNK) this.take(x, at, Math.min(CHUNK, n - at));
  }

  reset(): void {
    this.filter.reset();
    this.lowest.fill(Infinity);
    this.highest.fill(-Infinity);
    this.part = this.inPart = 0;
    this.last = NaN;
  }

  private take(x: Float64Array, from: number, n: number): void {
    const { chunk, filter } = this;
    for (let i = 0; i < n; i++) {
      const v = x[from + i];
      if (v - v === 0) {
        // The first value is the zero that the filter starts from.
        if (this.last !== this.last) this.zero = v;
        this.last = v;
      }
      chunk[i] = this.last === this.last ? this.last - this.zero : 0;
    }
    filter.process(chunk, chunk, n);
    for (let i = 0; i < n; i++) this.note(chunk[i]);
  }

  private note(v: Millivolts): void {
    const { part, lowest, highest } = this;
    if (v < lowest[part]) lowest[part] = v;
    if (v > highest[part]) highest[part] = v;
    if (++this.inPart < this.partSamples) return;
    this.inPart = 0;
    this.part = (part + 1) % PARTS;
    lowest[this.part] = Infinity;
    highest[this.part] = -Infinity;
  }
}
