/**
 * The signal as a reader sees it: 0.5-40 Hz, second order each way, run forwards and backwards so that nothing is shifted
 * against the labels and no wave leans. Holes repeat the last good value: a clipped peak that was stored as invalid stays one.
 */
import { butter, Sos } from '../../src/dsp/index.ts';

const LOW_HZ = 0.5;
const HIGH_HZ = 40;

export function readable(x: Float64Array, fs: number): Float64Array {
  const y = held(x);
  const sections = [...butter(2, 'highpass', fs, LOW_HZ), ...butter(2, 'lowpass', fs, HIGH_HZ)];
  for (let pass = 0; pass < 2; pass++) {
    const first = y[0];
    for (let i = 0; i < y.length; i++) y[i] -= first;
    new Sos(sections, fs).process(y, y, y.length);
    y.reverse();
  }
  return y;
}

function held(x: Float64Array): Float64Array {
  let last = x.find((v) => !Number.isNaN(v)) ?? 0;
  return x.map((v) => (last = Number.isNaN(v) ? last : v));
}

/** The vertical scale of a page: six divisions from `low` up. */
export interface Scale {
  mvPerDivision: number;
  lowMv: number;
}

export const DIVISIONS = 6;
const STEPS = [
  0.01, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5,
];
/** What may leave the lane: the tips of a few artefacts must not flatten a whole page. */
const BEYOND = 0.004;

/** The finest that holds all but `BEYOND` of the samples on either side, with zero on a line of the grid. */
export function scaleFor(samples: readonly Float64Array[]): Scale {
  const sorted = Float64Array.from(samples.flatMap((s) => [...s])).sort();
  const low = Math.min(0, sorted[Math.floor(BEYOND * (sorted.length - 1))] ?? 0);
  const high = Math.max(0, sorted[Math.ceil((1 - BEYOND) * (sorted.length - 1))] ?? 0);
  const mvPerDivision = STEPS.find((d) => Math.ceil(high / d) - Math.floor(low / d) <= DIVISIONS) ?? 10;
  const below = Math.floor(low / mvPerDivision);
  const spare = Math.max(0, DIVISIONS - (Math.ceil(high / mvPerDivision) - below));
  return { mvPerDivision, lowMv: (below - Math.floor(spare / 2)) * mvPerDivision };
}
