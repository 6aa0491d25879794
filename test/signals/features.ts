/**
 * Ten descriptors of a stretch of ECG, written here again from their published formulas, so that the patient is judged
 * by numbers that do not come from the code that will analyse him. Slow and plain on purpose.
 *
 * Input: 5 s at 250 Hz, after a causal 1-30 Hz band-pass (Butterworth, second order each side).
 */
export const FEATURE_FS = 250;

export interface Features {
  /** Peak to peak, mV. */
  amp: number;
  /** Frequency of the highest spectral line 0.5-9 Hz. */
  f: number;
  /** Spread of the power around its centroid up to 30 Hz, Hz. */
  bw: number;
  /** Share of the power between 2 and 8 Hz. */
  p28: number;
  /** VF filter leakage (Kuo and Dillman 1978). */
  leak: number;
  /** Count2 (Jekova and Krasteva 2004). */
  c2: number;
  /** Share of the spectrum near its peak (Barro 1989). */
  a2: number;
  /** Excess kurtosis. */
  kurt: number;
  /** Lowest autocorrelation before 0.4 s. */
  acMin: number;
}

function biquad(x: Float64Array, b: number[], a: number[]): Float64Array {
  const y = new Float64Array(x.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    y[i] = b[0] * x[i] + b[1] * x1 + b[2] * x2 - a[1] * y1 - a[2] * y2;
    [x2, x1, y2, y1] = [x1, x[i], y1, y[i]];
  }
  return y;
}

export function bandPass(x: Float64Array): Float64Array {
  const design = (fc: number): { k: number; d: number } => {
    const k = Math.tan((Math.PI * fc) / FEATURE_FS);
    return { k, d: 1 + Math.SQRT2 * k + k * k };
  };
  const low = design(30);
  const high = design(1);
  const den = ({ k, d }: { k: number; d: number }): number[] => [
    1,
    (2 * (k * k - 1)) / d,
    (1 - Math.SQRT2 * k + k * k) / d,
  ];
  const b = low.k ** 2 / low.d;
  const y = biquad(x, [b, 2 * b, b], den(low));
  return biquad(y, [1 / high.d, -2 / high.d, 1 / high.d], den(high));
}

const mean = (x: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i];
  return sum / x.length;
};

/** Hamming-windowed amplitude spectrum up to 50 Hz by the definition, one line every 0.1 Hz (for 5 s). */
function spectrum(x: Float64Array): { df: number; a: Float64Array } {
  const n = x.length;
  const m = mean(x);
  const v = x.map((value, i) => (value - m) * (0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (n - 1))));
  const df = FEATURE_FS / n / 2;
  const a = new Float64Array(Math.floor(50 / df));
  for (let k = 0; k < a.length; k++) a[k] = line(v, (2 * Math.PI * k * df) / FEATURE_FS);
  return { df, a };
}

/** One line of the spectrum: a phasor that turns by w every sample. */
function line(v: Float64Array, w: number): number {
  const [c, s] = [Math.cos(w), Math.sin(w)];
  let [cos, sin, re, im] = [1, 0, 0, 0];
  for (const value of v) {
    re += value * cos;
    im += value * sin;
    const turned = cos * c - sin * s;
    sin = sin * c + cos * s;
    cos = turned;
  }
  return Math.hypot(re, im);
}

function sum(a: Float64Array, df: number, from: number, to: number, power: number): number {
  let s = 0;
  for (let k = Math.ceil(from / df); k <= Math.min(a.length - 1, Math.floor(to / df)); k++)
    s += a[k] ** power;
  return s;
}

function spectral(x: Float64Array): Pick<Features, 'f' | 'bw' | 'p28' | 'a2'> {
  const { df, a } = spectrum(x);
  let top = Math.ceil(0.5 / df);
  for (let k = top; k <= 9 / df; k++) if (a[k] > a[top]) top = k;
  const f = top * df;
  const strong = a.map((v) => (v < 0.05 * a[top] ? 0 : v));
  const a2 = sum(strong, df, 0.7 * f, 1.4 * f, 1) / sum(strong, df, 0.5, Math.min(20 * f, 100), 1);
  const total = sum(a, df, 0.5, 30, 2);
  let centre = 0;
  for (let k = Math.ceil(0.5 / df); k <= 30 / df; k++) centre += (a[k] ** 2 * k * df) / total;
  let spread = 0;
  for (let k = Math.ceil(0.5 / df); k <= 30 / df; k++) spread += (a[k] ** 2 * (k * df - centre) ** 2) / total;
  return { f, bw: Math.sqrt(spread), p28: sum(a, df, 2, 8, 2) / total, a2 };
}

function leakage(x: Float64Array): number {
  let abs = 0;
  let diff = 0;
  for (let i = 1; i < x.length; i++) {
    abs += Math.abs(x[i]);
    diff += Math.abs(x[i] - x[i - 1]);
  }
  const half = Math.round((Math.PI * abs) / diff);
  let over = 0;
  let under = 0;
  for (let i = half; i < x.length; i++) {
    over += Math.abs(x[i] + x[i - half]);
    under += Math.abs(x[i]) + Math.abs(x[i - half]);
  }
  return over / under;
}

function count2(x: Float64Array): number {
  const fsig = new Float64Array(x.length);
  for (let i = 2; i < x.length; i++) {
    fsig[i] = (14 * fsig[i - 1] - 7 * fsig[i - 2] + (x[i] - x[i - 2]) / 2) / 8;
  }
  let count = 0;
  for (let s = 0; s + FEATURE_FS <= x.length; s += FEATURE_FS) {
    const block = fsig.subarray(s, s + FEATURE_FS).map(Math.abs);
    const m = mean(block);
    for (const v of block) if (v >= m) count++;
  }
  return count / (Math.floor(x.length / FEATURE_FS) * FEATURE_FS);
}

function acMin(x: Float64Array): number {
  const m = mean(x);
  const at = (lag: number): number => {
    let s = 0;
    for (let i = lag; i < x.length; i++) s += (x[i] - m) * (x[i - lag] - m);
    return s;
  };
  const zero = at(0);
  let lowest = 1;
  for (let lag = 1; lag < 0.4 * FEATURE_FS; lag++) lowest = Math.min(lowest, at(lag) / zero);
  return lowest;
}

function kurtosis(x: Float64Array): number {
  const m = mean(x);
  const m2 = mean(x.map((v) => (v - m) ** 2));
  return mean(x.map((v) => (v - m) ** 4)) / (m2 * m2) - 3;
}

export function featuresOf(x: Float64Array): Features {
  return {
    amp: Math.max(...x) - Math.min(...x),
    ...spectral(x),
    leak: leakage(x),
    c2: count2(x),
    kurt: kurtosis(x),
    acMin: acMin(x),
  };
}

export const percentile = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.round((sorted.length - 1) * p)];
};
