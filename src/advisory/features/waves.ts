/**
 * The window as a row of waves, counted without the beat detector.
 *
 *   a wave: the largest |x| between two crossings of zero, where it reaches 0.3 * (90th percentile of |x|)
 *   waveRate = waves a minute / 2 (a cycle has two)        heightSpread = SD / mean of their heights
 *   stepSpread = SD / mean of the times from each to the next
 *
 * VF is a row of waves of uneven height with no pause; organised rhythm mixes one tall, narrow wave with small ones.
 */
import { percentileInPlace } from '../select.ts';
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';
import { oncePerWindow } from './once.ts';

interface Waves {
  count: number;
  heightSpread: number;
  stepSpread: number;
}

const found: Waves = { count: 0, heightSpread: 0, stepSpread: 0 };

const findWaves = oncePerWindow((w: AnalysisWindow): Waves => {
  const { x, n, scratch } = w;
  // Every second sample: 30 Hz of bandwidth at 250 Hz has no more to say about a percentile.
  const half = n >> 1;
  for (let i = 0; i < half; i++) scratch[i] = Math.abs(x[2 * i]);
  const limit = 0.3 * percentileInPlace(scratch, half, 0.9);
  let count = 0;
  let sum = 0;
  let squares = 0;
  let steps = 0;
  let stepSquares = 0;
  let lastAt = -1;
  let top = 0;
  let topAt = 0;
  for (let i = 1; i < n; i++) {
    const height = Math.abs(x[i]);
    if (x[i] > 0 === x[i - 1] > 0) {
      if (height > top) {
        top = height;
        topAt = i;
      }
      continue;
    }
    if (top > limit) {
      count++;
      sum += top;
      squares += top * top;
      if (lastAt >= 0) {
        steps += topAt - lastAt;
        stepSquares += (topAt - lastAt) * (topAt - lastAt);
      }
      lastAt = topAt;
    }
    top = height;
    topAt = i;
  }
  found.count = count;
  found.heightSpread = spread(sum, squares, count);
  found.stepSpread = spread(steps, stepSquares, count - 1);
  return found;
});

function spread(sum: number, squares: number, count: number): number {
  if (count < 2 || sum <= 0) return NaN;
  const mean = sum / count;
  return Math.sqrt(Math.max(0, squares / count - mean * mean)) / mean;
}

const source = 'own; waves between zero crossings as in Jekova & Krasteva 2004';

export const waveRate: Feature = {
  name: 'waveRate',
  unit: '1/min',
  what: 'half the number of waves a minute',
  source,
  compute: (w) => (30 * findWaves(w).count * w.fs) / w.n,
};

export const heightSpread: Feature = {
  name: 'heightSpread',
  unit: '',
  what: 'spread of the heights of the waves over their mean',
  source,
  compute: (w) => findWaves(w).heightSpread,
};

export const stepSpread: Feature = {
  name: 'stepSpread',
  unit: '',
  what: 'spread of the times between waves over their mean',
  source,
  compute: (w) => findWaves(w).stepSpread,
};
