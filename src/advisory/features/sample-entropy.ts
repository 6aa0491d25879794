/**
 * Sample entropy (Richman & Moorman, Am. J. Physiol. 278, 2000; for VF: Li H. et al. 2009). For teaching only.
 *
 *   m = 2, r = 0.2 SD: -ln(A / B), B = pairs of runs of length 2 that agree within r, A = those that agree for 3
 *
 * Quadratic: 1 ms for a 4-s window, ten times all the other features together, and it adds nothing to them. Not in the
 * score; `rwave explain` shows it.
 */
import type { Feature } from './feature.ts';

export const sampleEntropy: Feature = {
  name: 'sampleEntropy',
  unit: '',
  what: 'irregularity: how often two similar stretches go on alike (teaching only)',
  source: 'Richman & Moorman, Am. J. Physiol. 278, 2000',
  compute(w) {
    const { x, n } = w;
    const r = 0.2 * w.sd;
    if (r <= 0) return NaN;
    let two = 0;
    let three = 0;
    for (let i = 0; i < n - 2; i++) {
      for (let j = i + 1; j < n - 2; j++) {
        if (Math.abs(x[i] - x[j]) > r || Math.abs(x[i + 1] - x[j + 1]) > r) continue;
        two++;
        if (Math.abs(x[i + 2] - x[j + 2]) <= r) three++;
      }
    }
    return two > 0 && three > 0 ? -Math.log(three / two) : NaN;
  },
};
