/**
 * Heart rate measured from the wave, as bedside monitors disclose it (standards 3b: Mindray D60, Philips MP2):
 * the last 12 RR intervals without their smallest and largest, averaged; when each of the last 3 RR is longer than
 * 1200 ms, the mean of the last 4. No rate when no beat came for 6 s: a number on the screen must be a living one.
 */
import type { Beat } from '../core/beat.ts';
import { type Hertz, type SampleIndex, samplesToMs } from '../core/units.ts';

const MANY = 12;
const FEW = 4;
const SLOW_RR_MS = 1200;
const SILENCE_MS = 6000;

export class HeartRate {
  private readonly fs: Hertz;
  private readonly rr = new Float64Array(MANY);
  private count = 0;
  private lastBeat = NaN;

  constructor(fs: Hertz) {
    this.fs = fs;
  }

  /** Takes the confirmed beats in their order. */
  add(beat: Readonly<Beat>): void {
    this.lastBeat = beat.sample;
    if (beat.rrMs > 0) this.rr[this.count++ % MANY] = beat.rrMs;
  }

  /** Beats a minute at sample `now`; NaN when not known. */
  bpm(now: SampleIndex): number {
    if (!(samplesToMs(now - this.lastBeat, this.fs) <= SILENCE_MS) || this.count === 0) return NaN;
    return 60_000 / (this.isSlow() ? this.meanOf(FEW) : this.trimmedMean());
  }

  /** The lead was lost: what was counted before says nothing any more. */
  reset(): void {
    this.count = 0;
    this.lastBeat = NaN;
  }

  private ago(k: number): number {
    return this.rr[(this.count - 1 - k) % MANY];
  }

  private isSlow(): boolean {
    if (this.count < 3) return false;
    for (let k = 0; k < 3; k++) if (this.ago(k) <= SLOW_RR_MS) return false;
    return true;
  }

  private meanOf(n: number): number {
    const have = Math.min(n, this.count);
    let sum = 0;
    for (let k = 0; k < have; k++) sum += this.ago(k);
    return sum / have;
  }

  private trimmedMean(): number {
    const have = Math.min(MANY, this.count);
    if (have < 3) return this.meanOf(have);
    let sum = 0;
    let least = Infinity;
    let most = 0;
    for (let k = 0; k < have; k++) {
      const rr = this.ago(k);
      sum += rr;
      least = Math.min(least, rr);
      most = Math.max(most, rr);
    }
    return (sum - least - most) / (have - 2);
  }
}
