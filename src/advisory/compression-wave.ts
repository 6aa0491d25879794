/**
 * Is there a wave that goes up and down at the rate of chest compressions?
 *
 *   y        = signal at 62.5 Hz, mean of 96 ms: what is faster than 5 Hz is gone
 *   contrast = largest over T = 0.38 .. 0.8 s of  r(T) - r(T / 2)     r: normalised autocorrelation; -2 .. 2
 *   share    = energy of the sine of period T in y / energy of the signal that y comes from
 *
 * Compressions push and release: half a period later the chest is at the other end, r(T / 2) < 0, and contrast passes 1.
 * VF, VT and beats repeat sooner or have narrow peaks, for which r(T / 2) is near 0 or above. Autocorrelation
 * finds compressions in the pads' impedance with Se 98.7, Sp 97.1 % (Ruiz de Gauna et al., PLoS ONE 15(9) e0239950, 2020);
 * in the ECG the wave of VF and of beats lies over it, hence the contrast (own).
 *
 * `inBand` is true where that T is 0.46 s or more, 130/min or slower. 75 to 130/min: guidelines ask for 100-120, load-distributing bands push at 80. Above 130 lie the VTs that are treated.
 */
import type { Hertz } from '../core/units.ts';
import { laggedProducts } from './lagged-products.ts';

export interface CompressionWave {
  contrast: number;
  ratePerMin: number;
  share: number;
  /** The rate is one of compressions. */
  inBand: boolean;
}

export function emptyWave(): CompressionWave {
  return { contrast: 0, ratePerMin: NaN, share: 0, inBand: false };
}

const STEP = 4;
const SMOOTH = 6;
/** Rates that are looked at: a wave faster than compressions must not pass for the edge of their band. */
const FASTEST = 160;
const COMPRESSION_MAX = 130;
const SLOWEST = 75;

export class CompressionWaveMeter {
  private readonly slowFs: Hertz;
  private readonly slow: Float64Array;
  private readonly taper: Float64Array;
  private readonly r: Float64Array;
  private readonly shortest: number;
  /** Sine and cosine of each period that was asked for: the same few again and again. */
  private readonly turns: { cos: Float64Array; sin: Float64Array }[] = [];

  constructor(fs: Hertz, n: number) {
    this.slowFs = fs / STEP;
    const m = Math.floor(n / STEP);
    this.slow = new Float64Array(m);
    this.taper = Float64Array.from(
      { length: m },
      (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (m - 1)),
    );
    this.shortest = Math.ceil((60 * this.slowFs) / FASTEST);
    this.r = new Float64Array(Math.floor((60 * this.slowFs) / SLOWEST) + 1);
  }

  /** `energy`: mean square of the signal that the wave's share is told of; 0 where nobody asks for the share. */
  measure(x: Float64Array, energy: number, into: CompressionWave): void {
    this.smooth(x);
    this.autocorrelate();
    const { r, shortest } = this;
    let best = shortest;
    let contrast = -Infinity;
    for (let k = shortest; k < r.length; k++) {
      const c = r[k] - r[(k + 1) >> 1];
      if (c > contrast) {
        contrast = c;
        best = k;
      }
    }
    into.contrast = contrast;
    into.ratePerMin = (60 * this.slowFs) / best;
    into.inBand = into.ratePerMin <= COMPRESSION_MAX;
    into.share = energy > 1e-12 ? this.sineEnergy(best) / energy : 0;
  }

  /** Means of 4, of which 6 in a row are averaged; then the mean of all goes. */
  private smooth(x: Float64Array): void {
    const { slow } = this;
    const m = slow.length;
    for (let i = 0; i < m; i++) slow[i] = (x[4 * i] + x[4 * i + 1] + x[4 * i + 2] + x[4 * i + 3]) / STEP;
    let mean = 0;
    // Backwards in place: every value still needed lies to the left.
    for (let i = m - 1; i >= 0; i--) {
      const first = Math.max(0, i - SMOOTH + 1);
      let sum = 0;
      for (let j = first; j <= i; j++) sum += slow[j];
      slow[i] = sum / (i - first + 1);
      mean += slow[i];
    }
    mean /= m;
    for (let i = 0; i < m; i++) slow[i] -= mean;
  }

  /** r at the lags that are asked for; products divided by the energies of the two parts that overlap. */
  private autocorrelate(): void {
    const { slow, r } = this;
    const m = slow.length;
    let total = 0;
    for (let i = 0; i < m; i++) total += slow[i] * slow[i];
    let head = total;
    let tail = total;
    const least = (this.shortest + 1) >> 1;
    laggedProducts(slow, r, least);
    for (let k = 0; k < r.length; k++) {
      if (k >= least) {
        const scale = Math.sqrt(head * tail);
        r[k] = scale > 1e-12 ? r[k] / scale : 0;
      }
      head -= slow[m - 1 - k] * slow[m - 1 - k];
      tail -= slow[k] * slow[k];
    }
  }

  /** Mean square of the sine with a period of `lag` (one line of the Hamming-windowed spectrum). */
  private sineEnergy(lag: number): number {
    const { slow, taper } = this;
    const { cos, sin } = (this.turns[lag] ??= turn(slow.length, lag));
    let re = 0;
    let im = 0;
    let weight = 0;
    for (let i = 0; i < slow.length; i++) {
      const v = slow[i] * taper[i];
      re += v * cos[i];
      im += v * sin[i];
      weight += taper[i];
    }
    return (2 * (re * re + im * im)) / (weight * weight);
  }
}

/** So many values of a turn with a period of `lag`. */
function turn(n: number, lag: number): { cos: Float64Array; sin: Float64Array } {
  const phase = Float64Array.from({ length: n }, (_, i) => (2 * Math.PI * i) / lag);
  return { cos: phase.map(Math.cos), sin: phase.map(Math.sin) };
}
