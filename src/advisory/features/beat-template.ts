/**
 * What the beats of a window have in common, and what is left of the signal without it.
 *
 *   each beat's stretch: 200 ms before it to 450 ms after it, cut at the next beat's start and at the window's ends
 *   model of a stretch = mean of the other beats' stretches (leave-one-out, so that few beats do not explain themselves)
 */
import type { AnalysisWindow } from '../window.ts';

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

/**
 * Signal less the model into `rest` (where no beat has company, and with fewer than three beats: the signal itself).
 * Uses the window's scratch. Returns the share of the stretches' energy that the model explains, NaN with fewer than three.
 */
export function withoutBeats(w: AnalysisWindow, rest: Float64Array): number {
  const { x, beats, scratch, n } = w;
  for (let i = 0; i < n; i++) rest[i] = x[i];
  if (beats.count < 3) return NaN;
  const before = spanBefore(w);
  const offset = before + spanAfter(w);
  stack(w, offset);
  let energy = 0;
  let left = 0;
  for (let b = 0; b < beats.count; b++) {
    const at = Math.round(beats.at[b]);
    const end = endOf(w, b);
    for (let k = Math.max(-before, -at); k < end; k++) {
      const others = scratch[offset + k + before] - 1;
      if (others < 1) continue;
      const v = x[at + k];
      const d = v - (scratch[k + before] - v) / others;
      rest[at + k] = d;
      energy += v * v;
      left += d * d;
    }
  }
  return energy > 0 ? Math.max(-1, 1 - left / energy) : NaN;
}
