/**
 * The window as a string of 0 and 1, and what can be read off it.
 *
 *   Pc = #(0 < x < 0.1 max), Nc = #(0.1 min < x < 0), x less its mean
 *   limit = 0 if Pc + Nc < 0.4 n, else 0.2 max if Pc < Nc, else 0.2 min;   s[i] = x[i] > limit
 *   complexity = c log2(n) / n, c = number of words of Lempel & Ziv 1976      Zhang et al., IEEE Trans. Biomed. Eng. 46, 1999
 *   covBin = variance of s, freqBin = changes of s a second, areaBin = max(mean, 1 - mean)      Jekova 2007
 *
 * The words are counted with a suffix automaton (Blumer et al. 1985): linear in n, where the search of the definition
 * is quadratic.
 */
import type { AnalysisWindow } from '../window.ts';
import type { Feature } from './feature.ts';
import { oncePerWindow } from './once.ts';

function limitOf(w: AnalysisWindow): number {
  const { x, n, mean } = w;
  const high = w.high - mean;
  const low = w.low - mean;
  const upper = mean + 0.1 * high;
  const lower = mean + 0.1 * low;
  let positive = 0;
  let negative = 0;
  for (let i = 0; i < n; i++) {
    const v = x[i];
    if (v > mean && v < upper) positive++;
    else if (v < mean && v > lower) negative++;
  }
  if (positive + negative < 0.4 * n) return mean;
  return mean + (positive < negative ? 0.2 * high : 0.2 * low);
}

/** Fields of a state of the automaton: successor by 0, by 1, suffix link, length of its longest string. */
const LINK = 2;
const LENGTH = 3;
const FIELDS = 4;
let states = new Int32Array(0);

/** Words of the Lempel-Ziv 1976 parsing of s[0..n-1]; s holds 0 and 1. */
export function lempelZivWords(s: Float64Array, n: number): number {
  // A string of n letters has at most 2 n states.
  if (states.length < FIELDS * (2 * n + 2)) states = new Int32Array(FIELDS * (2 * n + 2));
  const a = states;
  a[0] = a[1] = 0;
  a[LINK] = -1;
  a[LENGTH] = 0;
  let size = FIELDS;
  let last = 0;
  let words = 0;
  let state = 0;
  let matched = 0;
  for (let i = 0; i < n; i++) {
    const letter = s[i];
    // Where the word goes on in what came before this letter; 0: nowhere (nothing leads back to the start).
    let to = a[state + letter];

    const added = size;
    size += FIELDS;
    a[added] = a[added + 1] = 0;
    a[added + LENGTH] = a[last + LENGTH] + 1;
    let p = last;
    while (p >= 0 && a[p + letter] === 0) {
      a[p + letter] = added;
      p = a[p + LINK];
    }
    last = added;
    if (p < 0) {
      a[added + LINK] = 0;
    } else {
      const q = a[p + letter];
      const length = a[p + LENGTH] + 1;
      if (length === a[q + LENGTH]) {
        a[added + LINK] = q;
      } else {
        // The shorter strings of q now have other ends than its longer ones: they get a state of their own.
        const clone = size;
        size += FIELDS;
        a[clone] = a[q];
        a[clone + 1] = a[q + 1];
        a[clone + LINK] = a[q + LINK];
        a[clone + LENGTH] = length;
        for (; p >= 0 && a[p + letter] === q; p = a[p + LINK]) a[p + letter] = clone;
        a[q + LINK] = a[added + LINK] = clone;
        if (to === q && matched < length) to = clone;
      }
    }

    if (to === 0) {
      words++;
      matched = 0;
    } else matched++;
    state = to;
  }
  return matched > 0 ? words + 1 : words;
}

interface BinaryString {
  words: number;
  /** Share of ones. */
  mean: number;
  changes: number;
}

const found: BinaryString = { words: 0, mean: 0, changes: 0 };

const readString = oncePerWindow((w: AnalysisWindow): BinaryString => {
  const { x, n, scratch: s } = w;
  const limit = limitOf(w);
  let ones = 0;
  let changes = 0;
  for (let i = 0; i < n; i++) {
    const letter = x[i] > limit ? 1 : 0;
    s[i] = letter;
    ones += letter;
    if (i > 0 && letter !== s[i - 1]) changes++;
  }
  found.words = lempelZivWords(s, n);
  found.mean = ones / n;
  found.changes = changes;
  return found;
});

const jekova = 'Jekova, Biomed. Signal Process. Control 2, 2007';

export const complexity: Feature = {
  name: 'complexity',
  unit: '',
  what: 'Lempel-Ziv complexity of the signal as a string of above and below',
  source: 'Zhang et al., IEEE Trans. Biomed. Eng. 46, 1999',
  compute: (w) => (readString(w).words * Math.log2(w.n)) / w.n,
};

export const covBin: Feature = {
  name: 'covBin',
  unit: '',
  what: 'variance of the above/below string',
  source: jekova,
  compute(w) {
    const { mean } = readString(w);
    return mean * (1 - mean);
  },
};

export const freqBin: Feature = {
  name: 'freqBin',
  unit: '1/s',
  what: 'changes of the above/below string a second',
  source: jekova,
  compute: (w) => (readString(w).changes * w.fs) / w.n,
};

export const areaBin: Feature = {
  name: 'areaBin',
  unit: '',
  what: 'share of the more frequent letter of the above/below string',
  source: jekova,
  compute(w) {
    const { mean } = readString(w);
    return Math.max(mean, 1 - mean);
  },
};
