/**
 * How much of the signal the beats explain: 1 for a signal that is the same beat again and again, however irregular.
 *
 *   each beat's stretch: 200 ms before it to 450 ms after it, cut at the next beat's start and at the window's ends
 *   explained = 1 - energy(stretch - mean of the other beats' stretches) / energy(stretch), summed over the stretches
 *   beatEnergy = energy within 80 ms of a beat / energy of the window
 *
 * Leave-one-out, so that few beats do not explain themselves. NaN with fewer than three beats.
 */
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';

const BEFORE_S = 0.2;
const AFTER_S = 0.45;

const spanBefore = (w: AnalysisWindow): number => Math.round(BEFORE_S * w.fs);
const spanAfter = (w: AnalysisWindow): number => Math.round(AFTER_S * w.fs);

/** First sample, relative to the beat, that no longer belongs to beat b. */
function endOf(w: AnalysisWindow, b: number): number {
  const at = Math.round(w.beats.at[b]);
  const next = b + 1 < w.beats.count ? Math.round(w.beats.at[b + 1]) - spanBefore(w) : w.n;
  return Math.max(0, Math.min(spanAfter(w), next - at, w.n - at));
}

/** Sum of all stretches at each place into scratch[0..], how many took part into scratch[offset..]. */
function stack(w: AnalysisWindow, offset: number): void {
  const { x, beats, scratch } = w;
  const before = spanBefore(w);
  scratch.fill(0, 0, 2 * offset);
  for (let b = 0; b < beats.count; b++) {
    const at = Math.round(beats.at[b]);
    const end = endOf(w, b);
    for (let k = Math.max(-before, -at); k < end; k++) {
      scratch[k + before] += x[at + k];
      scratch[offset + k + before]++;
    }
  }
}

const source = 'own; after the template match of Thakor, Zhu & Pan 1990';

export const explained: Feature = {
  name: 'explained',
  unit: '',
  what: 'share of the signal that the average of the other beats explains',
  source,
  compute(w) {
    const { x, beats, scratch } = w;
    if (beats.count < 3) return NaN;
    const before = spanBefore(w);
    const offset = before + spanAfter(w);
    stack(w, offset);
    let energy = 0;
    let rest = 0;
    for (let b = 0; b < beats.count; b++) {
      const at = Math.round(beats.at[b]);
      const end = endOf(w, b);
      for (let k = Math.max(-before, -at); k < end; k++) {
        const others = scratch[offset + k + before] - 1;
        if (others < 1) continue;
        const v = x[at + k];
        const model = (scratch[k + before] - v) / others;
        energy += v * v;
        rest += (v - model) * (v - model);
      }
    }
    return energy > 0 ? Math.max(-1, 1 - rest / energy) : NaN;
  },
};

export const beatEnergy: Feature = {
  name: 'beatEnergy',
  unit: '',
  what: 'share of the energy that lies within 80 ms of a beat',
  source: 'own',
  compute(w) {
    const { x, beats, n } = w;
    const half = Math.round(0.08 * w.fs);
    let all = 0;
    for (let i = 0; i < n; i++) all += x[i] * x[i];
    let near = 0;
    let from = 0;
    for (let b = 0; b < beats.count; b++) {
      const at = Math.round(beats.at[b]);
      const to = Math.min(n, at + half + 1);
      for (let i = Math.max(from, at - half, 0); i < to; i++) near += x[i] * x[i];
      from = to;
    }
    return all > 0 ? near / all : NaN;
  },
};
