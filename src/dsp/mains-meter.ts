/**
 * How much mains is on a signal, and which: 50 Hz, 60 Hz or none.
 *
 *   every 4 s a look of 0.5 s: |sum w[n] x[n] e^-jwn| (Goertzel, Hann window) at 45, 50, 55, 60, 65 Hz
 *   mains f, when its line is >= 0.03 mV (peak) and >= 4 x the larger of the two lines 5 Hz beside it
 *
 * Mains is a line, a QRS and muscles are broad: the neighbours tell them apart. Two looks in a row that agree switch on
 * (the second follows at once; the very first look will do where the line is twice as clear), three that find less than
 * half switch off. So mains that comes is known after 5 s at most, and after 0.5 s at the start. Lines at or above fs/2 cannot be seen: below 105 Hz
 * nothing is measured. Cost: a step of five resonators for one sample in eight, about 1 ns a sample.
 */
import { type Hertz, type Millivolts, msToSamples } from '../core/units.ts';

export type Mains = 0 | 50 | 60;

const LINES = [45, 50, 55, 60, 65] as const;
const AT_50 = 1;
const AT_60 = 3;
const LOOK_MS = 500;
const EVERY_MS = 4000;
/** Peak of the line. Less is left alone: a QRS of 0.2 mV is found with it, and clean recordings stay what they are (mitdb has 0.015). */
const ON_MV: Millivolts = 0.03;
const CONTRAST = 4;
/** Once on, it stays on down to these. */
const STAY_MV = ON_MV / 2;
const STAY_CONTRAST = 2;
const LOOKS_TO_ENTER = 2;
const LOOKS_TO_LEAVE = 3;

export class MainsMeter {
  /** What is on the signal now. */
  hz: Mains = 0;
  /** Peak of each line in the last look, mV; NaN where it cannot be seen. */
  private readonly levels = new Float64Array(LINES.length);
  /** Its phase at the last sample of the look. */
  private readonly phases = new Float64Array(LINES.length);
  /** Samples of a look. */
  readonly look: number;
  private readonly fs: Hertz;
  private readonly every: number;
  private readonly window: Float64Array;
  private readonly c: Float64Array;
  private readonly s1 = new Float64Array(LINES.length);
  private readonly s2 = new Float64Array(LINES.length);
  private readonly gain: number;
  /** Lines that the rate can show. */
  private readonly lines: number;
  /** Samples until the next look, and samples taken in this one. */
  private wait = 0;
  private taken = 0;
  private start = NaN;
  private isFirst = true;
  private suspect: Mains = 0;
  private agreed = 0;

  constructor(fs: Hertz) {
    this.fs = fs;
    this.look = msToSamples(LOOK_MS, fs);
    this.every = msToSamples(EVERY_MS - LOOK_MS, fs);
    this.window = Float64Array.from(
      { length: this.look },
      (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / this.look),
    );
    this.gain = 2 / (0.5 * this.look);
    this.c = Float64Array.from(LINES, (hz) => 2 * Math.cos((2 * Math.PI * hz) / fs));
    this.lines = LINES.filter((hz) => hz <= 0.48 * fs).length;
    this.reset();
  }

  /** Looks at x[from] .. x[to - 1]; stops after a sample at which `hz` changed. Returns where it stopped. */
  scan(x: Float64Array, from: number, to: number): number {
    for (let at = from; at < to;) {
      if (this.wait > 0) {
        const skip = Math.min(this.wait, to - at);
        this.wait -= skip;
        at += skip;
      } else {
        const n = Math.min(this.look - this.taken, to - at);
        this.listen(x, at, n);
        at += n;
        if (this.taken === this.look && this.judge()) return at;
      }
    }
    return to;
  }

  /** False where fs is too low for any mains. */
  get canSee(): boolean {
    return this.lines > AT_50;
  }

  /** Fills `into` with the line of the mains as it was up to `before` samples before the last sample of the look. */
  lineBefore(before: number, into: Float64Array): void {
    const k = this.hz === 60 ? AT_60 : AT_50;
    const w = (2 * Math.PI * LINES[k]) / this.fs;
    for (let i = 0; i < into.length; i++)
      into[i] = this.levels[k] * Math.cos(this.phases[k] - w * (before + into.length - 1 - i));
  }

  reset(): void {
    this.isFirst = true;
    this.hz = this.suspect = 0;
    this.agreed = this.wait = 0;
    this.levels.fill(NaN);
    this.begin();
  }

  private begin(): void {
    this.taken = 0;
    this.start = NaN;
    this.s1.fill(0);
    this.s2.fill(0);
  }

  private listen(x: Float64Array, from: number, n: number): void {
    const { window, taken, c, s1, s2 } = this;
    // In locals: five recurrences overlap in the processor. By index: taking an array apart with [a, b] allocates.
    const c0 = c[0], c1 = c[1], c2 = c[2], c3 = c[3], c4 = c[4]; // prettier-ignore
    let a0 = s1[0], a1 = s1[1], a2 = s1[2], a3 = s1[3], a4 = s1[4]; // prettier-ignore
    let b0 = s2[0], b1 = s2[1], b2 = s2[2], b3 = s2[3], b4 = s2[4]; // prettier-ignore
    let { start } = this;
    for (let i = 0; i < n; i++) {
      const v = x[from + i];
      if (v - v !== 0) continue; // a hole adds nothing
      if (start !== start) start = v;
      // the electrodes' offset is taken out: it would leak into every line
      const w = window[taken + i] * (v - start);
      const n0 = w + c0 * a0 - b0;
      const n1 = w + c1 * a1 - b1;
      const n2 = w + c2 * a2 - b2;
      const n3 = w + c3 * a3 - b3;
      const n4 = w + c4 * a4 - b4;
      b0 = a0;
      b1 = a1;
      b2 = a2;
      b3 = a3;
      b4 = a4;
      a0 = n0;
      a1 = n1;
      a2 = n2;
      a3 = n3;
      a4 = n4;
    }
    this.start = start;
    this.taken += n;
    put(s1, a0, a1, a2, a3, a4);
    put(s2, b0, b1, b2, b3, b4);
  }

  /** A look is complete. True when it changes `hz`. */
  private judge(): boolean {
    const { levels, s1, s2, c, gain, lines } = this;
    for (let k = 0; k < lines; k++) {
      const power = s1[k] * s1[k] + s2[k] * s2[k] - c[k] * s1[k] * s2[k];
      levels[k] = gain * Math.sqrt(Math.max(0, power));
      const sine = Math.sqrt(Math.max(0, 1 - 0.25 * c[k] * c[k]));
      this.phases[k] = Math.atan2(sine * s2[k], s1[k] - 0.5 * c[k] * s2[k]);
    }
    this.begin();
    const found = this.found();
    const before = this.hz;
    this.agreed = found === this.suspect ? this.agreed + 1 : 1;
    this.suspect = found;
    const enough = this.isFirst && this.isClear(found) ? 1 : found === 0 ? LOOKS_TO_LEAVE : LOOKS_TO_ENTER;
    this.isFirst = false;
    if (found !== before && this.agreed >= enough) this.hz = found;
    // what is new is looked at again at once
    this.wait = found !== 0 && found !== this.hz ? 0 : this.every;
    return this.hz !== before;
  }

  private found(): Mains {
    const is50 = this.stands(AT_50, 50);
    const is60 = this.stands(AT_60, 60);
    if (is50 && is60) return this.levels[AT_60] > this.levels[AT_50] ? 60 : 50;
    return is50 ? 50 : is60 ? 60 : 0;
  }

  private stands(k: number, hz: Mains): boolean {
    const on = this.hz === hz;
    if (k >= this.lines || this.levels[k] < (on ? STAY_MV : ON_MV)) return false;
    return this.contrast(k) >= (on ? STAY_CONTRAST : CONTRAST);
  }

  private isClear(hz: Mains): boolean {
    return hz !== 0 && this.contrast(hz === 60 ? AT_60 : AT_50) >= 2 * CONTRAST;
  }

  /** A line against the larger of its neighbours. */
  private contrast(k: number): number {
    const { levels, lines } = this;
    return levels[k] / Math.max(levels[k - 1], k + 1 < lines ? levels[k + 1] : 0);
  }
}

function put(into: Float64Array, v0: number, v1: number, v2: number, v3: number, v4: number): void {
  into[0] = v0;
  into[1] = v1;
  into[2] = v2;
  into[3] = v3;
  into[4] = v4;
}
