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

function limitOf(w: AnalysisWindow): number {
  const { x, n, mean } = w;
  let high = 0;
  let low = 0;
  for (let i = 0; i < n; i++) {
    high = Math.max(high, x[i] - mean);
    low = Math.min(low, x[i] - mean);
  }
  let positive = 0;
  let negative = 0;
  for (let i = 0; i < n; i++) {
    const v = x[i] - mean;
    if (v > 0 && v < 0.1 * high) positive++;
    else if (v < 0 && v > 0.1 * low) negative++;
  }
  if (positive + negative < 0.4 * n) return mean;
  return mean + (positive < negative ? 0.2 * high : 0.2 * low);
}

/** Suffix automaton over {0, 1}; grows by one letter at a time. */
class SuffixAutomaton {
  private next = new Int32Array(0);
  private link = new Int32Array(0);
  private length = new Int32Array(0);
  private size = 1;
  private last = 0;
  /** State that was split by the newest letter, and the state that took over its shorter strings; -1 for none. */
  splitOld = -1;
  splitNew = -1;

  start(letters: number): void {
    if (this.link.length < 2 * letters + 2) {
      this.next = new Int32Array(2 * (2 * letters + 2));
      this.link = new Int32Array(2 * letters + 2);
      this.length = new Int32Array(2 * letters + 2);
    }
    this.size = 1;
    this.last = 0;
    this.link[0] = -1;
    this.length[0] = 0;
    this.next[0] = this.next[1] = 0;
  }

  /** The state after `letter`, 0 where the string does not go on so (nothing leads back to the start). */
  follow(state: number, letter: number): number {
    return this.next[2 * state + letter];
  }

  lengthOf(state: number): number {
    return this.length[state];
  }

  add(letter: number): void {
    const { next, link, length } = this;
    this.splitOld = this.splitNew = -1;
    const state = this.size++;
    next[2 * state] = next[2 * state + 1] = 0;
    length[state] = length[this.last] + 1;
    let p = this.last;
    for (; p >= 0 && next[2 * p + letter] === 0; p = link[p]) next[2 * p + letter] = state;
    this.last = state;
    if (p < 0) {
      link[state] = 0;
      return;
    }
    const q = next[2 * p + letter];
    if (length[p] + 1 === length[q]) {
      link[state] = q;
      return;
    }
    const clone = this.size++;
    next[2 * clone] = next[2 * q];
    next[2 * clone + 1] = next[2 * q + 1];
    link[clone] = link[q];
    length[clone] = length[p] + 1;
    for (; p >= 0 && next[2 * p + letter] === q; p = link[p]) next[2 * p + letter] = clone;
    link[q] = link[state] = clone;
    this.splitOld = q;
    this.splitNew = clone;
  }
}

const automaton = new SuffixAutomaton();

/** Words of the Lempel-Ziv 1976 parsing of s[0..n-1]; s holds 0 and 1. */
export function lempelZivWords(s: Float64Array, n: number): number {
  automaton.start(n);
  let words = 0;
  let state = 0;
  let matched = 0;
  for (let i = 0; i < n; i++) {
    const letter = s[i];
    const to = automaton.follow(state, letter);
    automaton.add(letter);
    if (to === 0) {
      words++;
      state = 0;
      matched = 0;
      continue;
    }
    matched++;
    state =
      to === automaton.splitOld && matched <= automaton.lengthOf(automaton.splitNew)
        ? automaton.splitNew
        : to;
  }
  return matched > 0 ? words + 1 : words;
}

function fillString(w: AnalysisWindow): Float64Array {
  const limit = limitOf(w);
  for (let i = 0; i < w.n; i++) w.scratch[i] = w.x[i] > limit ? 1 : 0;
  return w.scratch;
}

function meanOf(s: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += s[i];
  return sum / n;
}

const jekova = 'Jekova, Biomed. Signal Process. Control 2, 2007';

export const complexity: Feature = {
  name: 'complexity',
  unit: '',
  what: 'Lempel-Ziv complexity of the signal as a string of above and below',
  source: 'Zhang et al., IEEE Trans. Biomed. Eng. 46, 1999',
  compute: (w) => (lempelZivWords(fillString(w), w.n) * Math.log2(w.n)) / w.n,
};

export const covBin: Feature = {
  name: 'covBin',
  unit: '',
  what: 'variance of the above/below string',
  source: jekova,
  compute(w) {
    const mean = meanOf(fillString(w), w.n);
    return mean * (1 - mean);
  },
};

export const freqBin: Feature = {
  name: 'freqBin',
  unit: '1/s',
  what: 'changes of the above/below string a second',
  source: jekova,
  compute(w) {
    const s = fillString(w);
    let changes = 0;
    for (let i = 1; i < w.n; i++) if (s[i] !== s[i - 1]) changes++;
    return (changes * w.fs) / w.n;
  },
};

export const areaBin: Feature = {
  name: 'areaBin',
  unit: '',
  what: 'share of the more frequent letter of the above/below string',
  source: jekova,
  compute(w) {
    const mean = meanOf(fillString(w), w.n);
    return Math.max(mean, 1 - mean);
  },
};
