/**
 * Can this lead be trusted? Told from the wave itself, before any filter, and from what the box says of its electrodes.
 *
 *   state       when                                                            on after         off after
 *   leadsOff    the box says so                                                 at once          0.5 s of signal
 *               no sample could be measured                                     0.2 s            0.5 s of signal
 *   saturated   at the same end of the range (1 % of it)                        0.15 s           0.5 s inside the range
 *   flat        not moved by 1 uV: amplifier noise alone is more than that      1 s              the first movement
 *
 * The graver state hides the others, in this order. VF that clips is not saturated: its half waves are shorter than 0.15 s.
 * A flat line is no proof of a lost electrode (asystole in a simulator), so it does not blind the alarms; the other two do.
 * A cost of four comparisons a sample, about 1.5 ns; allocates nothing.
 */
import { type Hertz, type Millivolts, msToSamples } from '../core/units.ts';
import type { SignalState } from '../core/session-events.ts';

export interface SignalRange {
  lowMv: Millivolts;
  highMv: Millivolts;
}

const ON_MS = { off: 200, rail: 150, flat: 1000 } as const;
const OFF_MS = 500;
const AT_RAIL = 0.01;
const STILL_MV = 0.001;

export class SignalQuality {
  state: SignalState = 'good';
  private readonly low: Millivolts;
  private readonly high: Millivolts;
  private readonly onOff: number;
  private readonly onRail: number;
  private readonly onFlat: number;
  private readonly clear: number;
  /** The box's word. */
  private boxOff = false;
  private isOff = false;
  private isSaturated = false;
  /** Lengths of runs up to here: holes, samples, low rail, high rail, off both rails, stillness. */
  private holes = 0;
  private heard = 0;
  private lowRun = 0;
  private highRun = 0;
  private inside = 0;
  private still = 0;
  private level = NaN;

  /** Without a range nothing is called saturated. */
  constructor(fs: Hertz, range: SignalRange = { lowMv: -Infinity, highMv: Infinity }) {
    const margin = Number.isFinite(range.highMv - range.lowMv) ? AT_RAIL * (range.highMv - range.lowMv) : 0;
    this.low = range.lowMv + margin;
    this.high = range.highMv - margin;
    this.onOff = msToSamples(ON_MS.off, fs);
    this.onRail = msToSamples(ON_MS.rail, fs);
    this.onFlat = msToSamples(ON_MS.flat, fs);
    this.clear = msToSamples(OFF_MS, fs);
  }

  /** Nothing can be said about the heart now. */
  get isBlind(): boolean {
    return this.state === 'leadsOff' || this.state === 'saturated';
  }

  /** What the box says of this lead's electrodes. True when it changes `state`. */
  electrodes(areOff: boolean): boolean {
    if (this.boxOff && !areOff) {
      this.isOff = true; // the signal has to come back first
      this.heard = 0;
    }
    this.boxOff = areOff;
    return this.judge();
  }

  /** Looks at x[from] .. x[to - 1]; stops after a sample at which `state` changed. Returns where it stopped. */
  scan(x: Float64Array, from: number, to: number): number {
    for (let i = from; i < to;) {
      const v = x[i++];
      if (v - v === 0) this.take(x, i - 1);
      else this.miss();
      if (this.judge()) return i;
    }
    return to;
  }

  reset(): void {
    this.state = 'good';
    this.boxOff = this.isOff = this.isSaturated = false;
    this.holes = this.heard = this.lowRun = this.highRun = this.inside = this.still = 0;
    this.level = NaN;
  }

  private miss(): void {
    this.heard = 0;
    this.still = 0;
    if (++this.holes >= this.onOff) this.isOff = true;
  }

  /** By its place: a number handed over would be allocated. */
  private take(x: Float64Array, at: number): void {
    const v = x[at];
    this.holes = 0;
    if (++this.heard >= this.clear) this.isOff = false;
    this.lowRun = v <= this.low ? this.lowRun + 1 : 0;
    this.highRun = v >= this.high ? this.highRun + 1 : 0;
    this.inside = this.lowRun === 0 && this.highRun === 0 ? this.inside + 1 : 0;
    if (this.lowRun >= this.onRail || this.highRun >= this.onRail) this.isSaturated = true;
    else if (this.inside >= this.clear) this.isSaturated = false;
    const moved = v - this.level;
    if (moved <= STILL_MV && moved >= -STILL_MV) this.still++;
    else {
      this.still = 0;
      this.level = v;
    }
  }

  private judge(): boolean {
    const before = this.state;
    if (this.boxOff || this.isOff) this.state = 'leadsOff';
    else if (this.isSaturated) this.state = 'saturated';
    else this.state = this.still >= this.onFlat ? 'flat' : 'good';
    return this.state !== before;
  }
}
