/**
 * Humps of slope energy that may be a QRS: the last 64 of them, each a column of numbers, so that none allocates.
 *
 * A hump ends when the energy has stood below its peak for `holdMs` or fallen to half of it, and the next begins when
 * the energy rises a quarter above the valley between, and above the floor.
 */
import { type Hertz, msToSamples } from '../core/units.ts';

/** A power of two: 64 humps are more than 6 s of the noisiest signal. */
export const SLOTS = 64;
export const SLOT_MASK = SLOTS - 1;
const HOLD_MS = 90;
const FALL = 0.5;
const RISE = 1.25;

/** What became of a candidate. */
export const OPEN = 0;
export const BEAT = 1;
export const NO_BEAT = 2;

export class Candidates {
  /** Candidates numbered from 0; number k lives in slot k & SLOT_MASK. */
  count = 0;
  /** Middle of the hump in the decimated signal. */
  readonly at = new Int32Array(SLOTS);
  readonly energy = new Int32Array(SLOTS);
  /** Largest steepness within the hump. */
  readonly steep = new Int32Array(SLOTS);
  /** Largest leap (sync-trigger.ts) within the hump, and in the 300 ms before it. */
  readonly leap = new Float64Array(SLOTS);
  readonly quiet = new Float64Array(SLOTS);
  /** Largest jump within 11 ms, mV: what a QRS has and a T wave, however tall, has not. */
  readonly jump = new Float64Array(SLOTS);
  /** Peak to peak of the signal around it, mV. */
  readonly span = new Float64Array(SLOTS);
  /** Duration above half of the energy, low-rate samples. */
  readonly width = new Int32Array(SLOTS);
  /** Energy against its surroundings of 400 ms before and 250 ms after. */
  readonly contrast = new Float64Array(SLOTS);
  /** Share of fast wiggles in the signal around it, 0..1. */
  readonly rough = new Float64Array(SLOTS);
  /** Likeness (correlation) to the ruling shape, and to the most alike of all shapes. */
  readonly alikeRuling = new Float64Array(SLOTS);
  readonly alikeBest = new Float64Array(SLOTS);
  readonly bestShape = new Int32Array(SLOTS);
  readonly bestLag = new Int32Array(SLOTS);
  /** Share of the most alike shape among the beats lately, and the usual span of its beats, mV. */
  readonly bestShare = new Float64Array(SLOTS);
  readonly bestSpan = new Float64Array(SLOTS);
  /** Log-odds of being a QRS. */
  readonly score = new Float64Array(SLOTS);
  readonly fate = new Uint8Array(SLOTS);
  /** 1: too small to be measured further. */
  readonly faint = new Uint8Array(SLOTS);

  /** Humps below this are not looked at. */
  floor = 0;

  private readonly hold: number;
  private rising = false;
  private peak = 0;
  private peakAt = 0;
  private valley = 0;

  constructor(fd: Hertz) {
    this.hold = msToSamples(HOLD_MS, fd);
  }

  /** Looks at energies from..to-1 of the ring; stops after a hump that ends there. Returns where it stopped. */
  scan(energy: Int32Array, mask: number, from: number, to: number, delay: number): number {
    const { hold, floor } = this;
    let { rising, peak, peakAt, valley } = this;
    let i = from;
    while (i < to) {
      const e = energy[i++ & mask];
      if (rising) {
        if (e > peak) {
          peak = e;
          peakAt = i - 1;
        } else if (i - peakAt > hold || e < FALL * peak) {
          this.add(peakAt - delay, peak);
          rising = false;
          valley = e;
          break;
        }
      } else if (e < valley) valley = e;
      else if (e > floor && e > RISE * valley) {
        rising = true;
        peak = e;
        peakAt = i - 1;
      }
    }
    this.rising = rising;
    this.peak = peak;
    this.peakAt = peakAt;
    this.valley = valley;
    return i;
  }

  private add(at: number, energy: number): void {
    const slot = this.count++ & SLOT_MASK;
    this.at[slot] = at;
    this.energy[slot] = energy;
    this.fate[slot] = OPEN;
    this.score[slot] = 0;
  }

  reset(): void {
    this.count = 0;
    this.floor = 0;
    this.rising = false;
    this.peak = this.peakAt = this.valley = 0;
  }
}
