/**
 * Likeness of the signal to itself, later (normalised autocorrelation r of window.ts).
 *
 *   acMin  = min r at lags under 0.4 s: -1 for a sine of over 1.25 Hz, near 0 for spikes
 *   acPeak = highest local maximum of r after its first dip under 0.2, lags up to 1.5 s;  acLag = its lag (s)
 *   acEarly = first local maximum of r after that dip, acEarlyLag = its lag (s): the wave, where acLag is the beat
 */
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';

/** Lag index of the best repetition, 0 where there is none. */
export function bestLag(w: AnalysisWindow): number {
  const r = w.autocorrelation();
  let k = 1;
  while (k < r.length && r[k] > 0.2) k++;
  let best = 0;
  for (k = Math.max(k, Math.round(0.1 / w.secondsPerLag)); k + 1 < r.length; k++) {
    if (r[k] < r[k - 1] || r[k] < r[k + 1]) continue;
    // An earlier repetition wins against a later one that is hardly better: the period, not its multiple.
    if (best === 0 || r[k] > r[best] + 0.1) best = k;
  }
  return best;
}

const source =
  'normalised autocorrelation; in VF work since Chen, Thakor & Mower, Med. Biol. Eng. Comput. 25, 1987';

export const acMin: Feature = {
  name: 'acMin',
  unit: '',
  what: 'lowest autocorrelation at lags under 0.4 s: near -1 for a sine, 0 for spikes',
  source,
  compute(w) {
    const r = w.autocorrelation();
    const last = Math.min(r.length - 1, Math.floor(0.4 / w.secondsPerLag));
    let low = Infinity;
    for (let k = 1; k <= last; k++) low = Math.min(low, r[k]);
    return low;
  },
};

export const acPeak: Feature = {
  name: 'acPeak',
  unit: '',
  what: 'how well the signal repeats itself, at the best lag up to 1.5 s',
  source,
  compute(w) {
    const lag = bestLag(w);
    return lag > 0 ? w.autocorrelation()[lag] : 0;
  },
};

export const acLag: Feature = {
  name: 'acLag',
  unit: 's',
  what: 'the lag at which the signal repeats itself best',
  source,
  compute(w) {
    const lag = bestLag(w);
    return lag > 0 ? lag * w.secondsPerLag : NaN;
  },
};

/** Lag index of the first local maximum after the first dip, 0 where there is none. */
function earlyLag(w: AnalysisWindow): number {
  const r = w.autocorrelation();
  let k = 1;
  while (k < r.length && r[k] > 0.2) k++;
  for (; k + 1 < r.length; k++) if (r[k] > r[k - 1] && r[k] >= r[k + 1]) return k;
  return 0;
}

export const acEarly: Feature = {
  name: 'acEarly',
  unit: '',
  what: 'first maximum of the autocorrelation after its first dip',
  source,
  compute(w) {
    const lag = earlyLag(w);
    return lag > 0 ? w.autocorrelation()[lag] : NaN;
  },
};

export const acEarlyLag: Feature = {
  name: 'acEarlyLag',
  unit: 's',
  what: 'lag of the first maximum of the autocorrelation: the length of one wave',
  source,
  compute(w) {
    const lag = earlyLag(w);
    return lag > 0 ? lag * w.secondsPerLag : NaN;
  },
};
