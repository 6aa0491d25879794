/**
 * Discrete Fourier transform, in place, radix 2 (Cooley & Tukey, Math. Comput. 19, 1965).
 *
 *   X[k] = sum x[n] exp(-2 pi i k n / size)
 *
 * `size` is a power of two. Tables are made once; a transform allocates nothing. `RealFft` packs a real signal into a
 * complex one of half the length, which halves the cost (Brigham, The Fast Fourier Transform, 1974, 10-10).
 */
import { assert } from '../core/errors.ts';

export class Fft {
  readonly size: number;
  private readonly cos: Float64Array;
  private readonly sin: Float64Array;
  private readonly swap: Uint32Array;

  constructor(size: number) {
    assert(size >= 2 && (size & (size - 1)) === 0, `an FFT has a power of two of points, not ${size}`);
    this.size = size;
    this.cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.sin = Float64Array.from({ length: size / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / size));
    this.swap = new Uint32Array(size);
    const bits = Math.log2(size);
    for (let i = 0; i < size; i++) {
      let r = 0;
      for (let b = 0; b < bits; b++) if (i & (1 << b)) r |= 1 << (bits - 1 - b);
      this.swap[i] = r;
    }
  }

  forward(re: Float64Array, im: Float64Array): void {
    this.reorder(re, im);
    const { size, cos, sin } = this;
    // The first stage has no twiddles.
    for (let a = 0; a < size; a += 2) {
      const xr = re[a + 1];
      const xi = im[a + 1];
      re[a + 1] = re[a] - xr;
      im[a + 1] = im[a] - xi;
      re[a] += xr;
      im[a] += xi;
    }
    for (let half = 2; half < size; half *= 2) {
      const step = size / (2 * half);
      for (let start = 0; start < size; start += 2 * half) {
        for (let j = 0, t = 0; j < half; j++, t += step) {
          const a = start + j;
          const b = a + half;
          const c = cos[t];
          const s = sin[t];
          const xr = re[b] * c + im[b] * s;
          const xi = im[b] * c - re[b] * s;
          re[b] = re[a] - xr;
          im[b] = im[a] - xi;
          re[a] += xr;
          im[a] += xi;
        }
      }
    }
  }

  private reorder(re: Float64Array, im: Float64Array): void {
    const { swap } = this;
    for (let i = 0; i < this.size; i++) {
      const j = swap[i];
      if (j <= i) continue;
      const r = re[i];
      const m = im[i];
      re[i] = re[j];
      im[i] = im[j];
      re[j] = r;
      im[j] = m;
    }
  }
}

/** Magnitudes of the transform of a real signal, lines 0 .. size / 2 - 1. */
export class RealFft {
  readonly size: number;
  private readonly half: Fft;
  private readonly re: Float64Array;
  private readonly im: Float64Array;
  private readonly cos: Float64Array;
  private readonly sin: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.half = new Fft(size / 2);
    this.re = new Float64Array(size / 2);
    this.im = new Float64Array(size / 2);
    this.cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size));
    this.sin = Float64Array.from({ length: size / 2 }, (_, k) => Math.sin((2 * Math.PI * k) / size));
  }

  /** x[0..n-1] times `taper`, less `mean` before that, zeros after it. */
  magnitudes(x: Float64Array, n: number, mean: number, taper: Float64Array, into: Float64Array): void {
    const { re, im, cos, sin } = this;
    const half = this.size / 2;
    const pairs = n >> 1;
    for (let i = 0; i < pairs; i++) {
      re[i] = (x[2 * i] - mean) * taper[2 * i];
      im[i] = (x[2 * i + 1] - mean) * taper[2 * i + 1];
    }
    re.fill(0, pairs);
    im.fill(0, pairs);
    if (n & 1) re[pairs] = (x[n - 1] - mean) * taper[n - 1];
    this.half.forward(re, im);
    for (let k = 0; k < half; k++) {
      const m = (half - k) & (half - 1);
      const evenRe = 0.5 * (re[k] + re[m]);
      const evenIm = 0.5 * (im[k] - im[m]);
      const oddRe = 0.5 * (im[k] + im[m]);
      const oddIm = 0.5 * (re[m] - re[k]);
      const a = evenRe + cos[k] * oddRe + sin[k] * oddIm;
      const b = evenIm + cos[k] * oddIm - sin[k] * oddRe;
      into[k] = Math.sqrt(a * a + b * b);
    }
  }
}
