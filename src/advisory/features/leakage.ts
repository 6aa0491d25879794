/**
 * Leakage of the VF filter (Kuo & Dillman, Computers in Cardiology 1978).
 *
 *   T = 2 pi sum|x| / sum|x[i] - x[i-1]| (samples), h = round(T / 2)
 *   leakage = sum|x[i] + x[i-h]| / sum(|x[i]| + |x[i-h]|)          0 (a sine) .. 1
 *
 * The signal is added to itself half a mean period later: a sine vanishes, spikes stay. VF about 0.5, sinus rhythm 0.8.
 */
import type { Feature } from './feature.ts';

export const leakage: Feature = {
  name: 'leakage',
  unit: '',
  what: 'what is left when the signal is added to itself half a period later: 0 for a sine, near 1 for spikes',
  source: 'Kuo & Dillman, Computers in Cardiology 1978',
  compute(w) {
    const { x, n } = w;
    if (w.sumAbsDiff <= 0) return NaN;
    const half = Math.round((Math.PI * w.sumAbs) / w.sumAbsDiff);
    if (half < 1 || half >= n / 2) return NaN;
    let rest = 0;
    let whole = 0;
    for (let i = half; i < n; i++) {
      rest += Math.abs(x[i] + x[i - half]);
      whole += Math.abs(x[i]) + Math.abs(x[i - half]);
    }
    return whole > 0 ? rest / whole : NaN;
  },
};
