/**
 * What the beat detector says about the window.
 *
 *   beatRate  = 60 / median RR (1/min)            rrSpread = standard deviation / mean of RR
 *   beatWidth = median QRS width (ms)             likeness = mean correlation of the beats (+-120 ms) with their mean
 *
 * Beats look alike and come evenly in an organised rhythm and in monomorphic VT; what a detector finds in VF does not.
 * NaN with fewer than three beats (likeness: two).
 */
import { percentileInPlace } from '../select.ts';
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';

function fillRr(w: AnalysisWindow): number {
  const { beats, scratch } = w;
  for (let i = 1; i < beats.count; i++) scratch[i - 1] = (beats.at[i] - beats.at[i - 1]) / w.fs;
  return Math.max(0, beats.count - 1);
}

const source = 'beat path';

export const beatRate: Feature = {
  name: 'beatRate',
  unit: '1/min',
  what: 'rate of the detected beats',
  source,
  compute(w) {
    const n = fillRr(w);
    return n >= 2 ? 60 / percentileInPlace(w.scratch, n, 0.5) : NaN;
  },
};

export const rrSpread: Feature = {
  name: 'rrSpread',
  unit: '',
  what: 'spread of the RR intervals over their mean: small when regular',
  source,
  compute(w) {
    const n = fillRr(w);
    if (n < 2) return NaN;
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < n; i++) {
      sum += w.scratch[i];
      squares += w.scratch[i] * w.scratch[i];
    }
    const mean = sum / n;
    return Math.sqrt(Math.max(0, squares / n - mean * mean)) / mean;
  },
};

export const beatWidth: Feature = {
  name: 'beatWidth',
  unit: 'ms',
  what: 'median width of the detected beats',
  source,
  compute(w) {
    const { beats, scratch } = w;
    let n = 0;
    for (let i = 0; i < beats.count; i++) if (beats.widthMs[i] > 0) scratch[n++] = beats.widthMs[i];
    return n >= 2 ? percentileInPlace(scratch, n, 0.5) : NaN;
  },
};

const HALF_MS = 120;

export const likeness: Feature = {
  name: 'likeness',
  unit: '',
  what: 'mean correlation of the detected beats with their average',
  source,
  compute(w) {
    const { beats, scratch, x, n } = w;
    const half = Math.round((HALF_MS * w.fs) / 1000);
    const width = 2 * half + 1;
    scratch.fill(0, 0, width);
    let used = 0;
    for (let b = 0; b < beats.count; b++) {
      const from = Math.round(beats.at[b]) - half;
      if (from < 0 || from + width > n) continue;
      for (let i = 0; i < width; i++) scratch[i] += x[from + i];
      used++;
    }
    if (used < 2) return NaN;
    let sum = 0;
    for (let b = 0; b < beats.count; b++) {
      const from = Math.round(beats.at[b]) - half;
      if (from >= 0 && from + width <= n) sum += withoutItself(x, from, scratch, width, used);
    }
    return sum / used;
  },
};

/** Correlation of one beat with the sum of the others. */
function withoutItself(
  x: Float64Array,
  from: number,
  total: Float64Array,
  width: number,
  used: number,
): number {
  let sx = 0;
  let sy = 0;
  let sxx = 0;
  let syy = 0;
  let sxy = 0;
  for (let i = 0; i < width; i++) {
    const a = x[from + i];
    const b = (total[i] - a) / (used - 1);
    sx += a;
    sy += b;
    sxx += a * a;
    syy += b * b;
    sxy += a * b;
  }
  const cov = sxy - (sx * sy) / width;
  const energy = (sxx - (sx * sx) / width) * (syy - (sy * sy) / width);
  return energy > 0 ? cov / Math.sqrt(energy) : 0;
}
