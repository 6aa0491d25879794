/**
 * The pacer's own pulses are hidden from the analysis: the box says where each one is, the lead is held for the pulse's width
 * and 40 ms more, and comes back within 20 ms.
 *
 * An external pulse of 20 mA is 0.6 mV high and 40 ms wide: it looks like a QRS, and was counted as one (measured: 70 /min in
 * asystole at 20 mA). What a pulse captures begins later: its R comes 60 ms and more after the pulse's end.
 */
import { type Hertz, msToSamples, type SampleIndex } from '../core/units.ts';

const AFTER_MS = 40;
const BACK_MS = 20;
/** Longer ago than any beat that is still to be judged. */
const REMEMBERED_MS = 2000;

interface Hidden {
  from: SampleIndex;
  to: SampleIndex;
}

export class PaceBlank {
  private readonly fs: Hertz;
  private readonly back: number;
  private pulses: Hidden[] = [];
  private room = new Float64Array(0);
  private held = 0;
  /** What is left of the step at the end of the last pulse. */
  private step = 0;
  private stepLeft = 0;

  constructor(fs: Hertz) {
    this.fs = fs;
    this.back = Math.max(1, msToSamples(BACK_MS, fs));
  }

  /** A pulse that begins with this sample. */
  pulse(sample: SampleIndex, widthMs: number): void {
    const oldest = sample - msToSamples(REMEMBERED_MS, this.fs);
    this.pulses = this.pulses.filter(({ to }) => to >= oldest);
    this.pulses.push({ from: sample, to: sample + msToSamples(widthMs + AFTER_MS, this.fs) });
  }

  /** A beat there is the pulse itself. */
  hides(sample: SampleIndex): boolean {
    return this.pulses.some(({ from, to }) => sample >= from && sample < to);
  }

  /** The samples as the analysis may see them: the same array where nothing is hidden, else one that is reused. */
  apply(x: Float64Array, n: number, first: SampleIndex): Float64Array {
    const touched = this.stepLeft > 0 || this.pulses.some(({ from, to }) => to > first && from < first + n);
    if (!touched) {
      if (n > 0) this.held = x[n - 1];
      return x;
    }
    if (this.room.length < n) this.room = new Float64Array(n);
    for (let i = 0; i < n; i++) this.room[i] = this.seen(x[i], first + i);
    return this.room;
  }

  private seen(v: number, sample: SampleIndex): number {
    if (this.hides(sample)) {
      this.stepLeft = this.back;
      this.step = NaN;
      return this.held;
    }
    if (this.stepLeft === 0) return (this.held = v);
    // The first sample after a pulse says how high the step is.
    if (this.step !== this.step) this.step = this.held - v;
    const y = v + (this.step * this.stepLeft--) / this.back;
    if (this.stepLeft === 0) this.held = v;
    return y;
  }
}
