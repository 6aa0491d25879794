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
import { oncePerWindow } from './once.ts';

const STEEP = 0.995;
/** The steepest slopes of a window, largest first; room for windows of 10 s. */
const steepest = new Float64Array(16);

/** The value that a share of STEEP of the slopes lies below: the few above it are kept while passing. */
function steepSlope(w: AnalysisWindow): number {
  const { x, n } = w;
  const slopes = n - 1;
  const kept = Math.min(steepest.length, slopes - Math.floor(STEEP * slopes));
  steepest.fill(0, 0, kept);
  for (let i = 1; i < n; i++) {
    const d = Math.abs(x[i] - x[i - 1]);
    if (d <= steepest[kept - 1]) continue;
    let k = kept - 1;
    for (; k > 0 && steepest[k - 1] < d; k--) steepest[k] = steepest[k - 1];
    steepest[k] = d;
  }
  return steepest[kept - 1];
}

const ENERGY_STEP = 4;

interface SlopeEnergy {
  low: number;
  quarter: number;
  busy: number;
  max: number;
}

const energy: SlopeEnergy = { low: 0, quarter: 0, busy: 0, max: 0 };

/** Percentiles of the mean squared slope over 100 ms, looked at every 16 ms (it cannot change faster). */
const slopeEnergy = oncePerWindow((w: AnalysisWindow): SlopeEnergy => {
  const { x, n, scratch } = w;
  const width = Math.round(0.1 * w.fs);
  let sum = 0;
  let max = 0;
  let count = 0;
  for (let i = 1; i < n; i++) {
    const d = x[i] - x[i - 1];
    sum += d * d;
    if (i > width) {
      const old = x[i - width] - x[i - width - 1];
      sum -= old * old;
    }
    if (i < width) continue;
    if (sum > max) max = sum;
    if (i % ENERGY_STEP === 0) scratch[count++] = Math.max(0, sum);
  }
  energy.max = max;
  energy.low = percentileInPlace(scratch, count, 0.1);
  energy.quarter = percentileInPlace(scratch, count, 0.25);
  energy.busy = percentileInPlace(scratch, count, 0.9);
  return energy;
});

const source = 'after Irusta et al., IEEE Trans. Biomed. Eng. 59, 2012';

export const slopeQuiet: Feature = {
  name: 'slopeQuiet',
  unit: '',
  what: 'share of the time that the slope is under a tenth of the steepest: stillness between beats',
  source,
  compute(w) {
    const { x, n } = w;
    const limit = 0.1 * steepSlope(w);
    if (limit <= 0) return NaN;
    let quiet = 0;
    for (let i = 1; i < n; i++) if (Math.abs(x[i] - x[i - 1]) < limit) quiet++;
    return quiet / (n - 1);
  },
};

export const slopeFloor: Feature = {
  name: 'slopeFloor',
  unit: '',
  what: 'slope energy in the calmer quarter of the window, as a share of its peak',
  source,
  compute(w) {
    const { quarter, max } = slopeEnergy(w);
    return max > 0 ? quarter / max : NaN;
  },
};

export const slopeSpread: Feature = {
  name: 'slopeSpread',
  unit: '',
  what: 'calm slope energy (10th percentile) over busy slope energy (90th)',
  source,
  compute(w) {
    const { low, busy } = slopeEnergy(w);
    return busy > 0 ? low / busy : NaN;
  },
};
