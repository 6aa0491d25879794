/**
 * Features on signals whose values are known: W = 5 s through the causal 1-30 Hz front end. Expected numbers are from an
 * independent implementation (facts, section C), or follow from the formula.
 */
import { describe, expect, test } from 'vitest';
import { FEATURES, featureNamed, TEACHING_FEATURES } from '../../src/advisory/index.ts';
import { lempelZivWords } from '../../src/advisory/features/complexity.ts';
import { Rng } from '../../src/core/rng.ts';
import { noise, pulses, sine4, twoSines, windowOf } from './known.ts';

const KNOWN: readonly (readonly [
  string,
  ReturnType<typeof windowOf>,
  Readonly<Record<string, readonly [number, number]>>,
])[] = [
  [
    '4-Hz sine',
    windowOf(sine4),
    {
      leakage: [0.013, 0.01],
      a2: [1, 0.01],
      fsmn: [0.994, 0.02],
      tcsc: [80.5, 2],
      count1: [0.664, 0.03],
      count2: [0.56, 0.03],
      count3: [0.48, 0.04],
      slopeQuiet: [0.064, 0.01],
      kurtosis: [-1.5, 0.02],
      complexity: [0.041, 0.02],
      psr: [0.01, 0.005],
      hilb: [0.016, 0.01],
      mav: [0.637, 0.01],
      acMin: [-0.975, 0.03],
      peakFrequency: [4, 0.13],
      waveRate: [240, 12],
    },
  ],
  [
    'two sines, the simple simulators VF',
    windowOf(twoSines),
    {
      leakage: [0.268, 0.04],
      fsmn: [1.17, 0.06],
      tcsc: [61.7, 3],
      count2: [0.424, 0.05],
      kurtosis: [-0.81, 0.06],
      psr: [0.02, 0.01],
      hilb: [0.031, 0.015],
      mav: [0.417, 0.03],
      acMin: [-0.84, 0.06],
    },
  ],
  [
    '60/min pulses',
    windowOf(pulses),
    {
      leakage: [0.842, 0.06],
      tcsc: [12.8, 3],
      count1: [0.048, 0.02],
      count2: [0.176, 0.03],
      slopeQuiet: [0.928, 0.05],
      psr: [0.018, 0.01],
      mav: [0.083, 0.035],
      beatRate: [60, 1],
      rrSpread: [0, 0.02],
      likeness: [1, 0.02],
      explained: [1, 0.05],
    },
  ],
  [
    'white noise of 50 uV',
    windowOf(noise(0.05)),
    {
      leakage: [0.693, 0.06],
      a2: [0.124, 0.06],
      tcsc: [43.1, 6],
      count2: [0.424, 0.03],
      count3: [0.557, 0.05],
      kurtosis: [0.22, 0.5],
      psr: [0.116, 0.02],
      hilb: [0.134, 0.03],
      mav: [0.234, 0.05],
    },
  ],
];

describe.each(KNOWN)('%s', (_name, w, expected) => {
  test.each(Object.entries(expected))('%s is %j (value, tolerance)', (name, [value, tolerance]) => {
    expect(Math.abs(featureNamed(name).compute(w) - value)).toBeLessThanOrEqual(tolerance);
  });
});

test('white noise looks like VF to count2 and PSR, not to leakage: gates come first', () => {
  const w = windowOf(noise(0.05));
  expect(featureNamed('count2').compute(w)).toBeGreaterThan(0.36);
  expect(featureNamed('psr').compute(w)).toBeGreaterThan(0.1);
  expect(featureNamed('leakage').compute(w)).toBeGreaterThan(0.636);
});

test('a silent window has no shape: numbers or NaN, never infinite', () => {
  const w = windowOf(() => 0);
  for (const f of [...FEATURES, ...TEACHING_FEATURES])
    expect([Infinity, -Infinity]).not.toContain(f.compute(w));
});

test('names are unique and every feature says what it is and where it comes from', () => {
  const all = [...FEATURES, ...TEACHING_FEATURES];
  expect(new Set(all.map((f) => f.name)).size).toBe(all.length);
  for (const f of all) expect(f.what.length * f.source.length).toBeGreaterThan(0);
});

/** The definition, quadratic: a word grows while it occurs in all that came before its last letter. */
function wordsByDefinition(s: string): number {
  let words = 0;
  for (let i = 0; i < s.length;) {
    let length = 1;
    while (i + length <= s.length && s.slice(0, i + length - 1).includes(s.slice(i, i + length))) length++;
    words++;
    i += length;
  }
  return words;
}

test('Lempel-Ziv words by suffix automaton are those of the definition', () => {
  expect(lempelZivWords(Float64Array.from('0001101001000101', Number), 16)).toBe(6);
  const rng = new Rng('lz');
  for (let k = 0; k < 60; k++) {
    const s = Array.from({ length: rng.int(1, 200) }, () => (rng.chance(1, rng.int(2, 6)) ? 1 : 0));
    expect(lempelZivWords(Float64Array.from(s), s.length)).toBe(wordsByDefinition(s.join('')));
  }
});

test('sample entropy: a sine is regular, noise is not', () => {
  const [sampleEntropy] = TEACHING_FEATURES;
  expect(sampleEntropy.compute(windowOf(sine4, 2))).toBeLessThan(0.4);
  expect(sampleEntropy.compute(windowOf(noise(0.05), 2))).toBeGreaterThan(0.8);
});
