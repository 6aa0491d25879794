/**
 * Where the power lies: the SPEC set (Barro et al., J. Biomed. Eng. 11, 1989), bands and width.
 *
 *   a[k] = |Hamming-windowed spectrum|, lines under 5 % of the peak set to 0 (SPEC only)
 *   F = frequency of the peak in 0.5 .. 9 Hz;  band sums run from 0.5 Hz to min(20 F, 100 Hz)
 *   fsmn = sum a f / (F sum a)      a1 = share in 0.5 .. F/2      a2 = share in 0.7 F .. 1.4 F
 *   a3 = share in k F +- 0.3 Hz, k = 2 .. 8
 *   power2to8, powerHigh (> 12 Hz) = share of squared spectrum 0.5 .. 40 Hz
 *   bandwidth = standard deviation of frequency under the squared spectrum, 0.5 .. 40 Hz (Hz)
 *
 * VF is one hump around F (fsmn near 1, a2 high); a sinus rhythm is a comb of harmonics.
 */
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';

const FLOOR = 0.05;

export function peakLine(w: AnalysisWindow): number {
  const a = w.spectrum();
  const from = Math.ceil(0.5 / w.hertzPerLine);
  const to = Math.floor(9 / w.hertzPerLine);
  let best = from;
  for (let k = from; k <= to; k++) if (a[k] > a[best]) best = k;
  return a[best] > 0 ? best : 0;
}

/** Sums `weight(f, F)` times the magnitude over the SPEC range; divides by the plain sum. */
function shareOf(w: AnalysisWindow, weight: (hz: number, peakHz: number) => number): number {
  const a = w.spectrum();
  const peak = peakLine(w);
  if (peak === 0) return NaN;
  const hz = w.hertzPerLine;
  const peakHz = peak * hz;
  const last = Math.min(a.length - 1, Math.floor(Math.min(20 * peakHz, 100) / hz));
  const floor = FLOOR * a[peak];
  let whole = 0;
  let part = 0;
  for (let k = Math.ceil(0.5 / hz); k <= last; k++) {
    if (a[k] < floor) continue;
    whole += a[k];
    part += a[k] * weight(k * hz, peakHz);
  }
  return part / whole;
}

/** Moments of the squared spectrum in 0.5 .. 40 Hz. */
function powerOf(w: AnalysisWindow, weight: (hz: number) => number): number {
  const a = w.spectrum();
  const hz = w.hertzPerLine;
  const last = Math.min(a.length - 1, Math.floor(40 / hz));
  let whole = 0;
  let part = 0;
  for (let k = Math.ceil(0.5 / hz); k <= last; k++) {
    const p = a[k] * a[k];
    whole += p;
    part += p * weight(k * hz);
  }
  return whole > 0 ? part / whole : NaN;
}

const within = (low: number, high: number) => (hz: number) => (hz >= low && hz <= high ? 1 : 0);

function nearHarmonic(hz: number, peakHz: number): number {
  const k = Math.round(hz / peakHz);
  return k >= 2 && k <= 8 && Math.abs(hz - k * peakHz) <= 0.3 ? 1 : 0;
}

const source = 'Barro et al., J. Biomed. Eng. 11, 1989';
const bands = 'power shares of the squared spectrum';

export const peakFrequency: Feature = {
  name: 'peakFrequency',
  unit: 'Hz',
  what: 'frequency of the highest line between 0.5 and 9 Hz',
  source,
  compute(w) {
    const peak = peakLine(w);
    return peak > 0 ? peak * w.hertzPerLine : NaN;
  },
};

export const fsmn: Feature = {
  name: 'fsmn',
  unit: '',
  what: 'mean frequency over peak frequency: near 1 for one hump, higher for a comb of harmonics',
  source,
  compute: (w) => shareOf(w, (hz, peakHz) => hz / peakHz),
};

export const a1: Feature = {
  name: 'a1',
  unit: '',
  what: 'share of the spectrum under half of the peak frequency',
  source,
  compute: (w) => shareOf(w, (hz, peakHz) => (hz <= peakHz / 2 ? 1 : 0)),
};

export const a2: Feature = {
  name: 'a2',
  unit: '',
  what: 'share of the spectrum around the peak (0.7 to 1.4 times its frequency)',
  source,
  compute: (w) => shareOf(w, (hz, peakHz) => (hz >= 0.7 * peakHz && hz <= 1.4 * peakHz ? 1 : 0)),
};

export const a3: Feature = {
  name: 'a3',
  unit: '',
  what: 'share of the spectrum at the harmonics 2 to 8 of the peak',
  source,
  compute: (w) => shareOf(w, nearHarmonic),
};

export const power2to8: Feature = {
  name: 'power2to8',
  unit: '',
  what: 'share of the power between 2 and 8 Hz',
  source: bands,
  compute: (w) => powerOf(w, within(2, 8)),
};

export const powerHigh: Feature = {
  name: 'powerHigh',
  unit: '',
  what: 'share of the power above 12 Hz',
  source: bands,
  compute: (w) => powerOf(w, within(12, 40)),
};

export const bandwidth: Feature = {
  name: 'bandwidth',
  unit: 'Hz',
  what: 'spread of the power around its mean frequency',
  source: bands,
  compute(w) {
    const mean = powerOf(w, (hz) => hz);
    return Math.sqrt(powerOf(w, (hz) => (hz - mean) * (hz - mean)));
  },
};
