/**
 * The mark of an external pacing pulse on the ECG: high for the pulse's width, then a decaying tail of the other sign
 * (the electrodes' charge). What a monitor would see behind its blanking; the pulse itself is volts.
 */
import type { Hertz, SampleIndex } from '../../src/core/units.ts';

const MV_PER_MA = 0.03;
const TAIL = { share: 0.08, tauS: 0.02, overS: 0.15 };

export class PaceSpike {
  private startS = -Infinity;
  private endS = -Infinity;
  private mv = 0;

  start(tS: number, currentMa: number, widthUs: number): void {
    this.startS = tS;
    this.endS = tS + widthUs / 1e6;
    this.mv = currentMa * MV_PER_MA;
  }

  /** False where there is nothing to add any more. */
  activeAt(tS: number): boolean {
    return tS < this.endS + TAIL.overS;
  }

  add(first: SampleIndex, fs: Hertz, scale: number, out: Float64Array, from: number, n: number): void {
    const { startS, endS, mv } = this;
    for (let i = 0; i < n; i++) {
      const tS = (first + i) / fs;
      if (tS < startS || !this.activeAt(tS)) continue;
      // A pulse shorter than a sample still shows: its start counts.
      const on = tS < endS || tS - startS < 1 / fs;
      const value = on ? mv : -mv * TAIL.share * Math.exp(-(tS - endS) / TAIL.tauS);
      out[from + i] += scale * value;
    }
  }
}
