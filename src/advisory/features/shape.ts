/**
 * The distribution of values: time spent away from zero.
 *
 *   mav  = mean(|x| / max|x|) over 2-s pieces, 1 s apart            Anas et al., BioMed. Eng. OnLine 9:43, 2010
 *   tcsc = 100 * share of |x| w / max|x| > 0.2 over 3-s pieces, 1 s apart, w = Tukey window with 0.25-s cosine ends
 *                                                                  Arafat et al., Signal Image Video Process. 5, 2011
 *   kurtosis = m4 / m2^2 - 3  (a sine -1.5, spikes > 4)
 *
 * Spikes on a flat line give small mav and tcsc; VF is away from zero most of the time (0.35, 60 %).
 */
import { ANALYSIS_FS } from '../front.ts';
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';

/** Samples of a cosine end: 0.25 s. */
const ENDS = Math.round(0.25 * ANALYSIS_FS);
const taper = Float64Array.from({ length: ENDS }, (_, i) => 0.5 * (1 - Math.cos((Math.PI * i) / ENDS)));

function maxAbsOf(x: Float64Array, from: number, n: number): number {
  let max = 0;
  for (let i = from; i < from + n; i++) {
    const v = Math.abs(x[i]);
    if (v > max) max = v;
  }
  return max;
}

/** Mean of `piece` over pieces of `seconds`, one a second; the whole window where it is shorter than a piece. */
function slide(
  w: AnalysisWindow,
  seconds: number,
  piece: (x: Float64Array, from: number, n: number) => number,
) {
  const n = Math.min(w.n, Math.round(seconds * w.fs));
  let sum = 0;
  let pieces = 0;
  for (let from = 0; from + n <= w.n; from += w.fs) {
    sum += piece(w.x, from, n);
    pieces++;
  }
  return sum / pieces;
}

function meanAbsShare(x: Float64Array, from: number, n: number): number {
  const max = maxAbsOf(x, from, n);
  let sum = 0;
  for (let i = from; i < from + n; i++) sum += Math.abs(x[i]);
  return max > 0 ? sum / n / max : NaN;
}

function shareAway(x: Float64Array, from: number, n: number): number {
  const limit = 0.2 * maxAbsOf(x, from, n);
  if (limit <= 0) return NaN;
  let count = 0;
  for (let i = ENDS; i < n - ENDS; i++) if (Math.abs(x[from + i]) > limit) count++;
  for (let i = 0; i < ENDS; i++) {
    if (Math.abs(x[from + i]) * taper[i] > limit) count++;
    if (Math.abs(x[from + n - 1 - i]) * taper[i] > limit) count++;
  }
  return (100 * count) / n;
}

export const mav: Feature = {
  name: 'mav',
  unit: '',
  what: 'mean absolute value over the largest: small when spikes stand on a flat line',
  source: 'Anas et al., BioMed. Eng. OnLine 9:43, 2010',
  compute: (w) => slide(w, 2, meanAbsShare),
};

export const tcsc: Feature = {
  name: 'tcsc',
  unit: '%',
  what: 'time away from zero (above a fifth of the largest value)',
  source: 'Arafat et al., Signal Image Video Process. 5, 2011',
  compute: (w) => slide(w, 3, shareAway),
};

export const kurtosis: Feature = {
  name: 'kurtosis',
  unit: '',
  what: 'excess kurtosis: -1.5 for a sine, above 4 for spikes',
  source: 'Pearson 1905; used for VF by Li, Rajagopalan & Clifford 2014',
  compute(w) {
    const { x, n, mean } = w;
    let m2 = 0;
    let m4 = 0;
    for (let i = 0; i < n; i++) {
      const d = (x[i] - mean) * (x[i] - mean);
      m2 += d;
      m4 += d * d;
    }
    return m2 > 0 ? (n * m4) / (m2 * m2) - 3 : NaN;
  },
};
