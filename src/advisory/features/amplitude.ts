/**
 * Size and evenness of the deflections.
 *
 *   amplitude = max - min of the filtered window (mV): the coarse/fine VF line is 0.2 mV, asystole lies under 0.15 mV
 *   evenness  = smallest / largest peak-to-peak of the window's whole seconds: VF keeps its size, a pause does not
 *   logAmplitude = ln(amplitude in mV)                                       kept in the score with a bounded push
 */
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';

export function secondPeakToPeak(w: AnalysisWindow, second: number): number {
  const from = second * w.fs;
  let low = w.x[from];
  let high = low;
  for (let i = from + 1; i < from + w.fs; i++) {
    if (w.x[i] < low) low = w.x[i];
    if (w.x[i] > high) high = w.x[i];
  }
  return high - low;
}

export const amplitude: Feature = {
  name: 'amplitude',
  unit: 'mV',
  what: 'peak to peak, 1-30 Hz',
  source: 'AHA 1997 (coarse VF over 0.2 mV)',
  compute: (w) => w.peakToPeak,
};

export const evenness: Feature = {
  name: 'evenness',
  unit: '',
  what: 'peak to peak of the smallest second over that of the largest',
  source: 'own',
  compute(w) {
    let low = Infinity;
    let high = 0;
    for (let s = 0; s < Math.floor(w.n / w.fs); s++) {
      const size = secondPeakToPeak(w, s);
      low = Math.min(low, size);
      high = Math.max(high, size);
    }
    return high > 0 ? low / high : NaN;
  },
};
