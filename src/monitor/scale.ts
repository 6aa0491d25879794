/**
 * Millimetres on the screen: paper speed, gain, and how many CSS pixels a millimetre has.
 *
 * CSS fixes 96 px to 25.4 mm, which is true only on a screen of 96 dpi; `calibration` (measured by the user with a
 * ruler) makes it true elsewhere and is kept in this browser. Speeds and gains: those of clinical monitors
 * (facts of bedside monitors: 12.5, 25, 50 mm/s; x1/2, x1, x2 of 10 mm/mV).
 */
import { DISPLAY_BAND_HZ } from '../protocol/screen.ts';

const CSS_PX_PER_MM = 96 / 25.4;
const STORE_KEY = 'rwave.calibration';

export const SPEEDS_MM_PER_S = [12.5, 25, 50] as const;
export const GAINS_MM_PER_MV = [2.5, 5, 10, 20] as const;

export class Scale {
  mmPerS = 25;
  mmPerMv = 10;
  /** 1 = a CSS millimetre is a millimetre. */
  calibration = 1;

  constructor() {
    const stored = Number(localStorage.getItem(STORE_KEY));
    if (stored >= 0.5 && stored <= 2) this.calibration = stored;
  }

  get pxPerMm(): number {
    return CSS_PX_PER_MM * this.calibration;
  }

  get pxPerS(): number {
    return this.mmPerS * this.pxPerMm;
  }

  get pxPerMv(): number {
    return this.mmPerMv * this.pxPerMm;
  }

  calibrate(factor: number): void {
    this.calibration = factor;
    localStorage.setItem(STORE_KEY, String(factor));
  }

  /** '25 mm/s  10 mm/mV  0.5-40 Hz' */
  get note(): string {
    return `${this.mmPerS} mm/s \u00a0${this.mmPerMv} mm/mV \u00a0${DISPLAY_BAND_HZ.low}\u2013${DISPLAY_BAND_HZ.high} Hz`;
  }
}
