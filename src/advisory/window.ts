/**
 * The stretch of signal that one decision looks at, with what several features share.
 *
 * `x` is the pads lead in mV, causally filtered to 1..30 Hz at 250 Hz (front.ts); `resonator` the same signal after
 * the 14.6-Hz resonator (counts.ts). Spectrum and autocorrelation are made at most once a window, on first use.
 * Everything is allocated once: a window is filled again for every hop.
 */
import { RealFft } from './fft.ts';
import type { Hertz, Millivolts } from '../core/units.ts';
import { laggedProducts } from './lagged-products.ts';

/** Beats that the detector confirmed inside the window. Places are samples of the window, may be fractions. */
export interface WindowBeats {
  count: number;
  readonly at: Float64Array;
  readonly widthMs: Float64Array;
  /** 1 where the detector's class is V. */
  readonly ventricular: Uint8Array;
}

const MAX_BEATS = 64;
/** Rate of the signal that the autocorrelation is made of: 250 / 4. */
const ACF_STEP = 4;
const ACF_LONGEST_S = 1.5;

export class AnalysisWindow {
  readonly fs: Hertz;
  readonly n: number;
  readonly x: Float64Array;
  readonly resonator: Float64Array;
  readonly beats: WindowBeats = {
    count: 0,
    at: new Float64Array(MAX_BEATS),
    widthMs: new Float64Array(MAX_BEATS),
    ventricular: new Uint8Array(MAX_BEATS),
  };
  /** Room for a feature's own work. Nothing is kept in it from one feature to the next. */
  readonly scratch: Float64Array;
  readonly spare: Float64Array;

  /** Times that the window was filled: what was made of an older filling no longer holds (features/once.ts). */
  fillings = 0;
  maxAbs: Millivolts = 0;
  sumAbs = 0;
  sumAbsDiff = 0;
  mean: Millivolts = 0;
  sd: Millivolts = 0;
  low: Millivolts = 0;
  high: Millivolts = 0;
  peakToPeak: Millivolts = 0;

  private readonly fft: RealFft;
  private readonly hamming: Float64Array;
  private readonly magnitude: Float64Array;
  private haveSpectrum = false;
  private readonly slow: Float64Array;
  private readonly acf: Float64Array;
  private haveAcf = false;

  constructor(fs: Hertz, seconds: number) {
    this.fs = fs;
    this.n = Math.round(fs * seconds);
    const { n } = this;
    this.x = new Float64Array(n);
    this.resonator = new Float64Array(n);
    this.scratch = new Float64Array(n);
    this.spare = new Float64Array(n);
    this.fft = new RealFft(2 ** Math.ceil(Math.log2(n)));
    this.hamming = Float64Array.from({ length: n }, (_, i) => {
      return 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (n - 1));
    });
    this.magnitude = new Float64Array(this.fft.size / 2);
    this.slow = new Float64Array(Math.floor(n / ACF_STEP));
    this.acf = new Float64Array(Math.min(this.slow.length, Math.ceil((ACF_LONGEST_S * fs) / ACF_STEP) + 1));
  }

  /** Call after `x` was filled. */
  refresh(): void {
    this.fillings++;
    this.haveSpectrum = false;
    this.haveAcf = false;
    const { x, n } = this;
    let sum = 0;
    let squares = 0;
    let sumAbs = 0;
    let sumAbsDiff = 0;
    let low = x[0];
    let high = x[0];
    for (let i = 0; i < n; i++) {
      const v = x[i];
      sum += v;
      squares += v * v;
      sumAbs += Math.abs(v);
      if (i > 0) sumAbsDiff += Math.abs(v - x[i - 1]);
      if (v < low) low = v;
      if (v > high) high = v;
    }
    this.mean = sum / n;
    this.sd = Math.sqrt(Math.max(0, squares / n - this.mean * this.mean));
    this.sumAbs = sumAbs;
    this.sumAbsDiff = sumAbsDiff;
    this.maxAbs = Math.max(high, -low);
    this.low = low;
    this.high = high;
    this.peakToPeak = high - low;
  }

  /** Hz from one line of the spectrum to the next. */
  get hertzPerLine(): number {
    return this.fs / this.fft.size;
  }

  /** Magnitude of the Hamming-windowed spectrum, 0 .. fs/2. */
  spectrum(): Float64Array {
    if (this.haveSpectrum) return this.magnitude;
    const { x, n, hamming, magnitude, mean } = this;
    this.fft.magnitudes(x, n, mean, hamming, magnitude);
    this.haveSpectrum = true;
    return magnitude;
  }

  /** Seconds from one lag of the autocorrelation to the next. */
  get secondsPerLag(): number {
    return ACF_STEP / this.fs;
  }

  /**
   * Normalised autocorrelation of the signal averaged to 62.5 Hz, lags 0 .. 1.5 s: at lag k the products are divided
   * by the energies of the two parts that overlap, so that a periodic signal reaches 1 at every period.
   */
  autocorrelation(): Float64Array {
    if (this.haveAcf) return this.acf;
    const { slow, acf, x, mean } = this;
    const m = slow.length;
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < ACF_STEP; j++) sum += x[i * ACF_STEP + j];
      slow[i] = sum / ACF_STEP - mean;
    }
    laggedProducts(slow, acf);
    let head = acf[0];
    let tail = acf[0];
    for (let k = 0; k < acf.length; k++) {
      const energy = Math.sqrt(head * tail);
      acf[k] = energy > 1e-12 ? acf[k] / energy : 0;
      head -= slow[m - 1 - k] * slow[m - 1 - k];
      tail -= slow[k] * slow[k];
    }
    this.haveAcf = true;
    return acf;
  }
}
