/**
 * From samples to slope energy, the cheap part that runs for every sample.
 *
 *   mean of `decimation` samples -> band-pass (one section) -> |difference| -> moving sum
 *
 * Rates from 100 Hz up are brought to about 125-250 Hz: a QRS has nothing above 40 Hz that finding it needs, and every
 * later step gets cheaper. Steepness is a whole number of 2^-16 mV, so that the moving sum is exact and never drifts.
 * A hole (NaN) repeats the last value; after a long one the filter starts anew on the level it finds.
 * Cost: about 5 ns a sample at 360 Hz (measured).
 */
import { butter } from '../dsp/butter.ts';
import { groupDelayAt } from '../dsp/section.ts';
import { type Hertz, msToSamples } from '../core/units.ts';

export interface Band {
  lowHz: Hertz;
  highHz: Hertz;
  /** Length of the moving sum. */
  sumMs: number;
}
/** Where QRS slope stands out most against P, T, drift and muscle; see docs/RESULTS.md for the sweep. */
export const QRS_BAND: Band = { lowHz: 6, highHz: 18, sumMs: 90 };

/** Low-rate samples that the rings hold: 8 s at 250 Hz. A power of two. */
export const RING = 2048;
export const RING_MASK = RING - 1;
const QUANTUM = 2 ** 16;
/** Steeper than this in one step is no heart; keeps the sums within 31 bits. */
const STEEPEST_MV = 1000;
/** A hole longer than this restarts the filter; a shorter one is bridged. */
const BRIDGE_MS = 20;

export class FrontEnd {
  readonly decimation: number;
  /** Rate of everything below. */
  readonly fd: Hertz;
  /** Newest index in the rings + 1. */
  end = 0;
  /** Decimated signal, mV. */
  readonly x = new Float64Array(RING);
  /** Each value plus the one before it. */
  readonly pair = new Float64Array(RING);
  /** Steepness |difference| of the band-passed signal, in quanta. */
  readonly slope = new Int32Array(RING);
  /** Moving sum of the steepness. */
  readonly energy = new Int32Array(RING);
  /** How late `energy` shows the middle of a QRS, in low-rate samples. */
  readonly delay: number;
  /** How late `slope` shows it. */
  readonly slopeDelay: number;

  private readonly width: number;
  private readonly span: number;
  private readonly b0: number;
  private readonly a1: number;
  private readonly a2: number;
  private readonly bridge: number;
  private z1 = 0;
  private z2 = 0;
  private w1 = 0;
  private w2 = 0;
  private sum = 0;
  /** Sum of the group that is being gathered, and how many are in it. */
  private group = 0;
  private phase = 0;
  /** Last valid sample. */
  last = 0;
  /** Holes in a row up to here. */
  private holes = 1e9;
  /** A group starts here and no hole is open. */
  private whole = false;
  private restart = false;

  constructor(fs: Hertz, band: Band = QRS_BAND) {
    this.decimation = Math.max(1, Math.floor(fs / 170));
    this.fd = fs / this.decimation;
    const [section] = butter(1, 'bandpass', this.fd, band.lowHz, band.highHz);
    this.b0 = section.b0;
    this.a1 = section.a1;
    this.a2 = section.a2;
    this.span = this.fd > 160 ? 2 : 1;
    this.width = Math.max(2, msToSamples(band.sumMs, this.fd));
    this.slopeDelay = groupDelayAt([section], Math.sqrt(band.lowHz * band.highHz), this.fd) + this.span / 2;
    this.delay = Math.round(this.slopeDelay + (this.width - 1) / 2);
    this.bridge = msToSamples(BRIDGE_MS, fs);
  }

  process(input: Float64Array, from: number, to: number): void {
    const { x, pair, slope, energy, decimation, width, b0, a1, a2 } = this;
    const long = this.span === 2;
    const scale = 1 / decimation;
    const pairs = decimation === 2;
    let { z1, z2, w1, w2, sum, end } = this;
    let last = x[(end - 1) & RING_MASK];
    let i = from;
    while (i < to) {
      let m: number;
      if (this.whole && i + decimation <= to) {
        // the usual way: a whole group without a hole
        m = input[i];
        if (pairs) m += input[i + 1];
        else for (let k = 1; k < decimation; k++) m += input[i + k];
        if (m - m === 0) {
          m *= scale;
          i += decimation;
        } else {
          this.whole = false;
          if (i > from) this.last = input[i - 1];
          continue;
        }
      } else {
        if (!this.careful(input[i++])) continue;
        m = this.group * scale;
        this.group = 0;
        if (this.restart) {
          this.restart = false;
          z1 = z2 = -b0 * m; // at rest on the level found here
          w1 = w2 = 0;
        }
      }
      const at = end & RING_MASK;
      const w = b0 * m + z1;
      z1 = z2 - a1 * w;
      z2 = -b0 * m - a2 * w;
      const steep = (Math.min(Math.abs(w - (long ? w2 : w1)), STEEPEST_MV) * QUANTUM) | 0;
      w2 = w1;
      w1 = w;
      sum = (sum + steep - slope[(end - width) & RING_MASK]) | 0;
      x[at] = m;
      pair[at] = m + last;
      last = m;
      slope[at] = steep;
      energy[at] = sum;
      end++;
    }
    if (this.whole && to > from) this.last = input[to - 1];
    this.z1 = z1;
    this.z2 = z2;
    this.w1 = w1;
    this.w2 = w2;
    this.sum = sum;
    this.end = end;
  }

  /** One sample where groups are cut or holes are near; true when it completes a group. */
  private careful(v: number): boolean {
    if (v - v === 0) {
      if (this.holes > this.bridge) {
        this.restart = true;
        this.group = v * this.phase;
      }
      this.holes = 0;
      this.last = v;
    } else this.holes = Math.min(this.holes + 1, 1e9);
    this.group += this.last;
    this.whole = false;
    if (++this.phase < this.decimation) return false;
    this.phase = 0;
    this.whole = this.holes === 0;
    return true;
  }

  reset(): void {
    this.z1 = this.z2 = this.w1 = this.w2 = 0;
    this.group = this.last = 0;
    this.sum = this.phase = this.end = 0;
    this.holes = 1e9; // as after a long hole: the filter starts on the first sample's level
    this.whole = this.restart = false;
    this.x.fill(0);
    this.slope.fill(0);
    this.energy.fill(0);
    this.pair.fill(0);
  }
}
