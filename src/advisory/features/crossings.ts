/**
 * Threshold crossing intervals (Thakor, Zhu & Pan, IEEE Trans. Biomed. Eng. 37, 1990).
 *
 *   each second: pulses = runs above 0.2 * max of that second; N of them
 *   t1 = silence at the end of the second before, t2 = silence before the first pulse, t3 = silence after the last
 *   pulse, t4 = silence at the start of the next second
 *   TCI = 1000 / ((N - 1) + t2 / (t1 + t2) + t3 / (t3 + t4)) ms, averaged over the seconds with both neighbours
 */
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';

interface Second {
  pulses: number;
  lead: number;
  tail: number;
}

function read(w: AnalysisWindow, from: number, into: Second): void {
  const { x, fs } = w;
  let max = 0;
  for (let i = from; i < from + fs; i++) if (x[i] > max) max = x[i];
  const limit = 0.2 * max;
  into.pulses = 0;
  into.lead = fs;
  into.tail = fs;
  let above = false;
  for (let i = from; i < from + fs; i++) {
    const now = max > 0 && x[i] > limit;
    if (now && !above) into.pulses++;
    if (now && into.lead === fs) into.lead = i - from;
    if (now) into.tail = from + fs - 1 - i;
    above = now;
  }
}

const part = (own: number, neighbour: number) => (own + neighbour > 0 ? own / (own + neighbour) : 0.5);

export const tci: Feature = {
  name: 'tci',
  unit: 'ms',
  what: 'mean time between pulses above a fifth of the peak',
  source: 'Thakor, Zhu & Pan, IEEE Trans. Biomed. Eng. 37, 1990',
  compute(w) {
    let before: Second = { pulses: 0, lead: 0, tail: 0 };
    let here: Second = { pulses: 0, lead: 0, tail: 0 };
    let after: Second = { pulses: 0, lead: 0, tail: 0 };
    let sum = 0;
    let seconds = 0;
    read(w, 0, here);
    read(w, w.fs, after);
    for (let s = 1; s + 1 < Math.floor(w.n / w.fs); s++) {
      [before, here, after] = [here, after, before];
      read(w, (s + 1) * w.fs, after);
      const count = here.pulses - 1 + part(here.lead, before.tail) + part(here.tail, after.lead);
      if (here.pulses === 0 || count <= 0) continue;
      sum += 1000 / count;
      seconds++;
    }
    return seconds > 0 ? sum / seconds : NaN;
  },
};
