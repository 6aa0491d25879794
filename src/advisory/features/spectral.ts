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
import { oncePerWindow } from './once.ts';

const FLOOR = 0.05;

export function peakLine(w: AnalysisWindow): number {
  const a = w.spectrum();
  const from = Math.ceil(0.5 / w.hertzPerLine);
  const to = Math.floor(9 / w.hertzPerLine);
  let best = from;
  for (let k = from; k <= to; k++) if (a[k] > a[best]) best = k;
  return a[best] > 0 ? best : 0;
}

interface Spec {
  fsmn: number;
  a1: number;
  a2: number;
  a3: number;
}

const spec: Spec = { fsmn: NaN, a1: NaN, a2: NaN, a3: NaN };

function nearHarmonic(hz: number, peakHz: number): boolean {
  const k = Math.round(hz / peakHz);
  return k >= 2 && k <= 8 && Math.abs(hz - k * peakHz) <= 0.3;
}

const specOf = oncePerWindow((w: AnalysisWindow): Spec => {
  const a = w.spectrum();
  const peak = peakLine(w);
  const hz = w.hertzPerLine;
  const peakHz = peak * hz;
  const last = Math.min(a.length - 1, Math.floor(Math.min(20 * peakHz, 100) / hz));
  const floor = FLOOR * a[peak];
  let [whole, moment, below, around, harmonics] = [0, 0, 0, 0, 0];
  for (let k = Math.ceil(0.5 / hz); peak > 0 && k <= last; k++) {
    const v = a[k];
    if (v < floor) continue;
    const f = k * hz;
    whole += v;
    moment += v * f;
    if (f <= peakHz / 2) below += v;
    if (f >= 0.7 * peakHz && f <= 1.4 * peakHz) around += v;
    else if (nearHarmonic(f, peakHz)) harmonics += v;
  }
  // No peak: 0 / 0 is the NaN that says so.
  spec.fsmn = moment / (peakHz * whole);
  spec.a1 = below / whole;
  spec.a2 = around / whole;
  spec.a3 = harmonics / whole;
  return spec;
});

interface Power {
  whole: number;
  /** Sum of power times frequency. */
  first: number;
  /** Sum of power times frequency squared. */
  second: number;
  from2to8: number;
  over12: number;
}

const power: Power = { whole: 0, first: 0, second: 0, from2to8: 0, over12: 0 };

/** Moments of the squared spectrum in 0.5 .. 40 Hz. */
const powerOf = oncePerWindow((w: AnalysisWindow): Power => {
  const a = w.spectrum();
  const hz = w.hertzPerLine;
  const last = Math.min(a.length - 1, Math.floor(40 / hz));
  let [whole, first, second, from2to8, over12] = [0, 0, 0, 0, 0];
  for (let k = Math.ceil(0.5 / hz); k <= last; k++) {
    const p = a[k] * a[k];
    const f = k * hz;
    whole += p;
    first += p * f;
    second += p * f * f;
    if (f >= 2 && f <= 8) from2to8 += p;
    if (f >= 12) over12 += p;
  }
  Object.assign(power, { whole, first, second, from2to8, over12 });
  return power;
});

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
  compute: (w) => specOf(w).fsmn,
};

export const a1: Feature = {
  name: 'a1',
  unit: '',
  what: 'share of the spectrum under half of the peak frequency',
  source,
  compute: (w) => specOf(w).a1,
};

export const a2: Feature = {
  name: 'a2',
  unit: '',
  what: 'share of the spectrum around the peak (0.7 to 1.4 times its frequency)',
  source,
  compute: (w) => specOf(w).a2,
};

export const a3: Feature = {
  name: 'a3',
  unit: '',
  what: 'share of the spectrum at the harmonics 2 to 8 of the peak',
  source,
  compute: (w) => specOf(w).a3,
};

export const power2to8: Feature = {
  name: 'power2to8',
  unit: '',
  what: 'share of the power between 2 and 8 Hz',
  source: bands,
  compute: (w) => powerOf(w).from2to8 / powerOf(w).whole,
};

export const powerHigh: Feature = {
  name: 'powerHigh',
  unit: '',
  what: 'share of the power above 12 Hz',
  source: bands,
  compute: (w) => powerOf(w).over12 / powerOf(w).whole,
};

export const bandwidth: Feature = {
  name: 'bandwidth',
  unit: 'Hz',
  what: 'spread of the power around its mean frequency',
  source: bands,
  compute(w) {
    const { whole, first, second } = powerOf(w);
    const mean = first / whole;
    return Math.sqrt(Math.max(0, second / whole - mean * mean));
  },
};
