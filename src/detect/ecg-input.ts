/**
 * What comes before the QRS detection: pacing pulses out, mains out where mains is.
 *
 *   x -> PacingSpikes -> (MainsMeter chooses) notch 50, 60 or none -> `out`
 *
 * Nothing is delayed, and a signal without pulses and mains comes out bit for bit as it went in. The notch starts on the
 * level that it finds, so switching makes no step. Cost: about 3 ns a sample with nothing to do (measured).
 */
import { type Mains, MainsMeter } from '../dsp/mains-meter.ts';
import { notchSection } from '../dsp/notch.ts';
import { PacingSpikes } from '../dsp/pacing-spikes.ts';
import type { Section } from '../dsp/section.ts';
import { type Hertz, msToSamples, type SampleIndex } from '../core/units.ts';

/** A longer hole, and the notch starts anew behind it. */
const HOLE_MS = 20;

export class EcgInput {
  /** Filled by `take`. */
  readonly out: Float64Array;
  /** Pulses that were taken out. */
  readonly spikes: PacingSpikes;
  private readonly meter: MainsMeter;
  private readonly notches: Readonly<Record<50 | 60, Section>>;
  private readonly longHole: number;
  private z1 = 0;
  private z2 = 0;
  /** Holes in a row; more than `longHole` before the first sample of a notch. */
  private holes = Infinity;

  /** `most`: samples that `take` gets at a time at most. */
  constructor(fs: Hertz, most: number) {
    this.out = new Float64Array(most);
    this.spikes = new PacingSpikes(fs);
    this.meter = new MainsMeter(fs);
    // where fs cannot show 60 Hz the meter never finds it
    const section = (mains: 50 | 60): Section => notchSection({ fs, mains: Math.min(mains, 0.49 * fs) });
    this.notches = { 50: section(50), 60: section(60) };
    this.longHole = msToSamples(HOLE_MS, fs);
  }

  /** The mains that is being taken out; 0: none. */
  get mains(): Mains {
    return this.meter.hz;
  }

  /** Peak of the line at 50 or 60 Hz as last measured, mV; NaN when not known. */
  mainsMv(hz: 50 | 60): number {
    return this.meter.levelMv(hz);
  }

  /** Takes x[from] .. x[from + n - 1]. */
  take(x: Float64Array, from: number, n: number): void {
    const { out, meter } = this;
    this.spikes.run(x, from, out, n);
    for (let at = 0; at < n;) {
      const hz = meter.hz;
      const stop = meter.scan(out, at, n);
      if (hz !== 0) this.notch(this.notches[hz], at, stop);
      if (hz !== meter.hz) this.holes = Infinity;
      at = stop;
    }
  }

  reset(nextSample: SampleIndex = 0): void {
    this.spikes.reset(nextSample);
    this.meter.reset();
    this.holes = Infinity;
  }

  private notch({ b0, b1, b2, a1, a2 }: Section, from: number, to: number): void {
    const { out, longHole } = this;
    let { z1, z2, holes } = this;
    for (let i = from; i < to; i++) {
      const v = out[i];
      if (v - v !== 0) {
        holes++;
        continue;
      }
      if (holes > longHole) {
        z1 = v * (1 - b0);
        z2 = v * (b2 - a2);
      }
      holes = 0;
      const w = b0 * v + z1;
      z1 = b1 * v - a1 * w + z2;
      z2 = b2 * v - a2 * w;
      out[i] = w;
    }
    this.z1 = z1;
    this.z2 = z2;
    this.holes = holes;
  }
}
