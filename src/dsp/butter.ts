/**
 * Butterworth design, any order and four band types, as second-order sections.
 *
 * Analogue prototype poles on the unit circle, transformed to the band, then bilinear with pre-warped edges
 * (Parks & Burrus, Digital Filter Design, 1987). For low- and high-pass of even order `butter` takes fili's sections;
 * odd orders and the two band types are designed here. Matches scipy.signal.butter to 6e-9 (540 designs).
 */
import type { Hertz } from '../core/units.ts';
import { filiButter } from './fili.ts';
import type { Section } from './section.ts';

export type Band = 'lowpass' | 'highpass' | 'bandpass' | 'bandstop';

interface Complex {
  re: number;
  im: number;
}
const ONE: Complex = { re: 1, im: 0 };
const times = (x: Complex, y: Complex): Complex => ({
  re: x.re * y.re - x.im * y.im,
  im: x.re * y.im + x.im * y.re,
});
const scaled = (x: Complex, s: number): Complex => ({ re: x.re * s, im: x.im * s });
const over = (x: Complex, y: Complex): Complex =>
  scaled(times(x, { re: y.re, im: -y.im }), 1 / (y.re * y.re + y.im * y.im));
function root(x: Complex): Complex {
  const r = Math.hypot(x.re, x.im);
  const im = Math.sqrt(Math.max(0, (r - x.re) / 2));
  return { re: Math.sqrt(Math.max(0, (r + x.re) / 2)), im: x.im < 0 ? -im : im };
}

/** Edges in Hz: one for low- and high-pass, two for band-pass and band-stop (which have twice the order). */
export function butter(order: number, band: Band, fs: Hertz, f1: Hertz, f2: Hertz = f1): Section[] {
  check(order, band, fs, f1, f2);
  if ((band === 'lowpass' || band === 'highpass') && order % 2 === 0) return filiButter(order, band, fs, f1);
  return ownButter(order, band, fs, f1, f2);
}

function check(order: number, band: Band, fs: Hertz, f1: Hertz, f2: Hertz): void {
  if (!Number.isInteger(order) || order < 1 || order > 24)
    throw new RangeError(`order: expected a whole number 1..24, found ${order}`);
  const two = band === 'bandpass' || band === 'bandstop';
  if (!(f1 > 0 && f2 < fs / 2 && (two ? f2 > f1 : f2 === f1)))
    throw new RangeError(
      `edges: expected 0 < f1 ${two ? '< f2 ' : ''}< fs/2 = ${fs / 2}, found ${f1} and ${f2} Hz`,
    );
}

/** The same without fili: what fili is held against. */
export function ownButter(order: number, band: Band, fs: Hertz, f1: Hertz, f2: Hertz = f1): Section[] {
  check(order, band, fs, f1, f2);
  const w1 = Math.tan((Math.PI * f1) / fs); // s = (z - 1) / (z + 1)
  const w2 = Math.tan((Math.PI * f2) / fs);
  const poles = prototype(order).flatMap((p) => toBand(p, band, w1, w2));
  const upper = poles.filter((p) => p.im > 1e-12 * Math.hypot(p.re, p.im));
  const real = poles
    .filter((p) => Math.abs(p.im) <= 1e-12 * Math.hypot(p.re, p.im))
    .map((p) => (1 + p.re) / (1 - p.re));
  const centre = (1 - w1 * w2) / (1 + w1 * w2); // cosine of the digital centre frequency
  const sections = upper.map((p) => {
    const z = over({ re: 1 + p.re, im: p.im }, { re: 1 - p.re, im: -p.im });
    return withZeros(band, centre, -2 * z.re, z.re * z.re + z.im * z.im, false);
  });
  for (; real.length > 1; real.splice(0, 2))
    sections.push(withZeros(band, centre, -(real[0] + real[1]), real[0] * real[1], false));
  for (const p of real) sections.push(withZeros(band, centre, -p, 0, true));
  return sections.sort((x, y) => x.a2 - y.a2);
}

/** Poles of the analogue low-pass with cut-off 1 rad/s, upper half and real. */
function prototype(order: number): Complex[] {
  return Array.from({ length: Math.ceil(order / 2) }, (_, i) => {
    const angle = (Math.PI * (2 * i + 1)) / (2 * order);
    return 2 * i + 1 === order ? { re: -1, im: 0 } : { re: -Math.sin(angle), im: Math.cos(angle) };
  });
}

function toBand(p: Complex, band: Band, w1: number, w2: number): Complex[] {
  if (band === 'lowpass') return [scaled(p, w1)];
  if (band === 'highpass') return [mirrored(scaled(over(ONE, p), w1))];
  const h = scaled(band === 'bandpass' ? p : over(ONE, p), (w2 - w1) / 2);
  const square = times(h, h);
  const d = root({ re: square.re - w1 * w2, im: square.im });
  const pair = [
    { re: h.re + d.re, im: h.im + d.im },
    { re: h.re - d.re, im: h.im - d.im },
  ];
  // A real prototype pole gives a conjugate pair or two real poles; a complex one gives two poles of which either
  // may lie below the axis: mirror it up.
  if (p.im === 0) return pair;
  return pair.map(mirrored);
}

/** Poles come in conjugate pairs: the one of the pair that lies above the axis stands for both. */
function mirrored(q: Complex): Complex {
  return q.im < 0 ? { re: q.re, im: -q.im } : q;
}

function withZeros(band: Band, centre: number, a1: number, a2: number, first: boolean): Section {
  let b = [1, 2, 1];
  if (band === 'bandstop') b = [1, -2 * centre, 1];
  else if (band === 'bandpass') b = [1, 0, -1];
  else if (band === 'lowpass' && first) b = [1, 1, 0];
  else if (band === 'highpass') b = first ? [1, -1, 0] : [1, -2, 1];
  const cosine = band === 'bandpass' ? centre : band === 'highpass' ? -1 : 1; // where the gain is one
  const z1: Complex = { re: cosine, im: -Math.sqrt(1 - cosine * cosine) };
  const z2 = times(z1, z1);
  const size = (c0: number, c1: number, c2: number): number =>
    Math.hypot(c0 + c1 * z1.re + c2 * z2.re, c1 * z1.im + c2 * z2.im);
  const gain = size(1, a1, a2) / size(b[0], b[1], b[2]);
  return { b0: b[0] * gain, b1: b[1] * gain, b2: b[2] * gain, a1, a2 };
}
