/**
 * Changes the sampling rate by a ratio of whole numbers: polyphase FIR, Kaiser window (beta 6, about 63 dB), cut-off
 * at 0.45 of the lower rate.
 *
 *   y[m] = sum_k h[(m M mod L) + k L] x[floor(m M / L) - k]        delay = (taps - 1) / 2 input samples
 *
 * Cost: `taps` multiplications per output sample. Not a Stage, for it gives another number of samples than it takes.
 * A hole (NaN) in the input is bridged with the last value.
 */
import { assert } from '../core/errors.ts';
import type { Hertz } from '../core/units.ts';

const BETA = 6;
/** Half length of the filter in samples of the lower rate: a transition of about 0.1 of that rate. */
const HALF_WIDTH = 16;

export class Resampler {
  readonly delaySamples: number;
  private readonly up: number;
  private readonly down: number;
  private readonly taps: number;
  private readonly phases: Float64Array;
  private readonly ring: Float64Array;
  private at = 0;
  private last = 0;
  /** Where the next output falls after the newest input, in 1/up input samples. */
  private due = 0;

  constructor(fromFs: Hertz, toFs: Hertz) {
    const [up, down] = ratio(toFs, fromFs);
    this.up = up;
    this.down = down;
    const stretch = Math.max(1, down / up);
    this.taps = 2 * Math.ceil(HALF_WIDTH * stretch) + 1;
    this.phases = design(up, this.taps, 0.45 / stretch);
    this.ring = new Float64Array(this.taps);
    this.delaySamples = (this.taps - 1) / 2;
  }

  /** Outputs that n inputs can give at most: the size of `y` to bring. */
  maxOutput(n: number): number {
    return Math.ceil((n * this.up) / this.down) + 1;
  }

  /** Returns how many samples it wrote to `y`. */
  process(x: Float64Array, n: number, y: Float64Array): number {
    const { up, down, taps, phases, ring } = this;
    let { at, due } = this;
    let made = 0;
    for (let i = 0; i < n; i++) {
      if (x[i] - x[i] === 0) this.last = x[i];
      ring[at] = this.last;
      for (; due < up; due += down) {
        let sum = 0;
        for (let k = 0, from = at, p = due * taps; k < taps; k++, p++) {
          sum += phases[p] * ring[from];
          from = from === 0 ? taps - 1 : from - 1;
        }
        y[made++] = sum;
      }
      due -= up;
      if (++at === taps) at = 0;
    }
    this.at = at;
    this.due = due;
    return made;
  }

  reset(): void {
    this.ring.fill(0);
    this.at = 0;
    this.due = 0;
    this.last = 0;
  }
}

function ratio(a: number, b: number): [number, number] {
  assert(a > 0 && b > 0 && Number.isFinite(a * b), `rates: expected Hz > 0, found ${b} -> ${a}`);
  for (let down = 1; down <= 2000; down++) {
    const up = Math.round((a * down) / b);
    if (up > 0 && Math.abs((a * down) / b - up) < 1e-9 * up) return [up, down];
  }
  throw new RangeError(`no ratio of whole numbers up to 2000 takes ${b} Hz to ${a} Hz`);
}

/** One row of taps per phase; each row sums to one, so that a constant stays exactly what it is. */
function design(up: number, taps: number, cutoff: number): Float64Array {
  const rows = new Float64Array(up * taps);
  const middle = (taps - 1) / 2;
  for (let phase = 0; phase < up; phase++) {
    let sum = 0;
    for (let k = 0; k < taps; k++) {
      const t = k - middle + phase / up;
      const r = t / (middle + 1);
      const sinc = t === 0 ? 2 * cutoff : Math.sin(2 * Math.PI * cutoff * t) / (Math.PI * t);
      sum += rows[phase * taps + k] = Math.abs(r) >= 1 ? 0 : sinc * bessel0(BETA * Math.sqrt(1 - r * r));
    }
    for (let k = 0; k < taps; k++) rows[phase * taps + k] /= sum;
  }
  return rows;
}

/** Modified Bessel function of order 0 by its power series. */
function bessel0(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
