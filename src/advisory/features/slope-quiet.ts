/**
 * How still the signal is between its steep parts, three views (after Irusta et al., IEEE Trans. Biomed. Eng. 59, 2012).
 *
 *   slopeQuiet = share of |x[i] - x[i-1]| < 0.1 * (99.5th percentile of |x[i] - x[i-1]|)
 *   d[i] = mean of (x[i] - x[i-1])^2 over 100 ms
 *   slopeFloor = 25th percentile of d / max of d,   slopeSpread = 10th / 90th percentile of d
 *
 * Organised rhythm is still between beats (slopeQuiet 0.8, slopeFloor ~ 0); VF never is (0.2).
 */
import { percentileInPlace } from '../select.ts';
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';

/** |slope| of every sample but the first into scratch; gives how many. */
function fillSlopes(w: AnalysisWindow): number {
  const { x, n, scratch } = w;
  for (let i = 1; i < n; i++) scratch[i - 1] = Math.abs(x[i] - x[i - 1]);
  return n - 1;
}

/** Mean squared slope over 100 ms into scratch; gives how many. */
function fillEnergy(w: AnalysisWindow): number {
  const { x, n, scratch } = w;
  const width = Math.round(0.1 * w.fs);
  let sum = 0;
  for (let i = 1; i < n; i++) {
    const d = x[i] - x[i - 1];
    sum += d * d;
    if (i > width) {
      const old = x[i - width] - x[i - width - 1];
      sum -= old * old;
    }
    if (i >= width) scratch[i - width] = Math.max(0, sum / width);
  }
  return n - width;
}

const source = 'after Irusta et al., IEEE Trans. Biomed. Eng. 59, 2012';

export const slopeQuiet: Feature = {
  name: 'slopeQuiet',
  unit: '',
  what: 'share of the time that the slope is under a tenth of the steepest: stillness between beats',
  source,
  compute(w) {
    const n = fillSlopes(w);
    const limit = 0.1 * percentileInPlace(w.scratch, n, 0.995);
    if (limit <= 0) return NaN;
    let quiet = 0;
    for (let i = 0; i < n; i++) if (w.scratch[i] < limit) quiet++;
    return quiet / n;
  },
};

export const slopeFloor: Feature = {
  name: 'slopeFloor',
  unit: '',
  what: 'slope energy in the calmer quarter of the window, as a share of its peak',
  source,
  compute(w) {
    const n = fillEnergy(w);
    const max = percentileInPlace(w.scratch, n, 1);
    return max > 0 ? percentileInPlace(w.scratch, n, 0.25) / max : NaN;
  },
};

export const slopeSpread: Feature = {
  name: 'slopeSpread',
  unit: '',
  what: 'calm slope energy (10th percentile) over busy slope energy (90th)',
  source,
  compute(w) {
    const n = fillEnergy(w);
    const busy = percentileInPlace(w.scratch, n, 0.9);
    return busy > 0 ? percentileInPlace(w.scratch, n, 0.1) / busy : NaN;
  },
};
