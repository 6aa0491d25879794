/**
 * Chest compressions from a channel that measures the chest: an accelerometer on it, or the depth of a CPR sensor.
 *
 *   every second, over the last 2 s:   swing = highest less lowest value
 *                                      r(T) = biased autocorrelation, T = 0.4 .. 0.8 s (75 to 150/min)
 *   going   swing >= minSwing and the largest r >= 0.25
 *
 * Biased autocorrelation over 2 s is what Ruiz de Gauna et al. (PLoS ONE 15(9) e0239950, 2020) use on the impedance; rhythm and
 * height are what Orlob et al. (Resuscitation 172, 2022) use on the accelerometer. A sine of 80/min has a biased r(T) of
 * 1 - T/2 s = 0.62; half of a window under compressions still passes. Delay: 1 to 2 s at both ends.
 * `minSwing` is in the channel's own unit: a push of 5 cm at 100/min swings 5 m/s^2 (2 * 2.5 cm * (2 pi 1.67 Hz)^2).
 */
import type { Hertz } from '../core/units.ts';

interface ChestMotionOptions {
  fs: Hertz;
  /** Smallest swing of a compression. */
  minSwing: number;
}

const WINDOW_S = 2;
const SHORTEST_S = 0.4;
const LONGEST_S = 0.8;
const PERIODIC = 0.25;
/** The autocorrelation is made at about this rate. */
const SLOW_FS: Hertz = 50;

export class ChestMotion {
  /** True while compressions go on; undefined until two whole seconds were heard. */
  going: boolean | undefined;
  private readonly step: number;
  private readonly slowFs: Hertz;
  private readonly minSwing: number;
  /** The last two seconds at the slow rate, oldest first after `take`. */
  private readonly ring: Float64Array;
  private readonly window: Float64Array;
  private written = 0;
  private sum = 0;
  private inSum = 0;

  constructor({ fs, minSwing }: ChestMotionOptions) {
    this.step = Math.max(1, Math.round(fs / SLOW_FS));
    this.slowFs = fs / this.step;
    this.minSwing = minSwing;
    this.ring = new Float64Array(Math.round(WINDOW_S * this.slowFs));
    this.window = new Float64Array(this.ring.length);
  }

  /** n values. NaN is not measured: for two seconds after it nobody knows, and the ECG is asked again. */
  process(x: Float64Array, n: number): void {
    const hop = Math.round(this.slowFs);
    for (let i = 0; i < n; i++) {
      this.sum += x[i];
      if (++this.inSum < this.step) continue;
      this.ring[this.written++ % this.ring.length] = this.sum / this.step;
      this.sum = 0;
      this.inSum = 0;
      if (this.written >= this.ring.length && this.written % hop === 0) this.decide();
    }
  }

  reset(): void {
    this.going = undefined;
    this.written = this.inSum = this.sum = 0;
  }

  private decide(): void {
    const { ring, window, written } = this;
    const n = ring.length;
    let low = Infinity;
    let high = -Infinity;
    let mean = 0;
    for (let i = 0; i < n; i++) {
      const v = ring[(written + i) % n];
      window[i] = v;
      mean += v / n;
      if (v < low) low = v;
      if (v > high) high = v;
    }
    if (Number.isNaN(mean)) {
      this.going = undefined;
      return;
    }
    for (let i = 0; i < n; i++) window[i] -= mean;
    this.going = high - low >= this.minSwing && this.periodicity() >= PERIODIC;
  }

  /** Largest biased r(T). */
  private periodicity(): number {
    const { window, slowFs } = this;
    const n = window.length;
    let energy = 0;
    for (let i = 0; i < n; i++) energy += window[i] * window[i];
    let best = 0;
    for (let k = Math.ceil(SHORTEST_S * slowFs); k <= LONGEST_S * slowFs; k++) {
      let sum = 0;
      for (let i = k; i < n; i++) sum += window[i] * window[i - k];
      best = Math.max(best, sum / energy);
    }
    return energy > 0 ? best : 0;
  }
}
