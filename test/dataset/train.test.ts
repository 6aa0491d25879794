import { expect, test } from 'vitest';
import { pushOf, type ScoreModel } from '../../src/advisory/index.ts';
import { BOOST, boost, PARTS, quantileEdges, type TrainingSet } from '../../src/dataset/train/boost.ts';
import { bestShift } from '../../src/dataset/train/cross-validate.ts';
import { Rng } from '../../src/core/rng.ts';

const ROWS = 2000;

/** Class follows the first feature; the second says nothing; a hole (NaN) in the first means shockable. */
function made(): TrainingSet {
  const rng = new Rng('boost');
  const first = Float32Array.from({ length: ROWS }, () => (rng.chance(1, 10) ? NaN : rng.float()));
  const second = Float32Array.from({ length: ROWS }, () => rng.float());
  const target = Uint8Array.from(first, (v) => (Number.isNaN(v) || v > 0.6 ? 1 : 0));
  const weight = new Float64Array(ROWS).fill(1);
  const part = Uint8Array.from(first, (_, i) => i % PARTS);
  return { names: ['told', 'idle'], values: [first, second], target, weight, part };
}

const score = (m: ScoreModel, values: Readonly<Record<string, number>>): number =>
  m.terms.reduce((s, t) => s + pushOf(t, values[t.feature]), m.bias);

test('the score learns the limit, and what a missing value means', () => {
  const model = boost(made(), 4);
  expect(score(model, { told: 0.8, idle: 0.1 })).toBeGreaterThan(1);
  expect(score(model, { told: NaN, idle: 0.1 })).toBeGreaterThan(1);
  expect(score(model, { told: 0.4, idle: 0.9 })).toBeLessThan(-1);
});

test('a feature that says nothing pushes far less than one that tells', () => {
  const most = (name: string): number =>
    Math.max(...(boost(made(), 4).terms.find((t) => t.feature === name)?.pushes ?? [0]).map(Math.abs));
  expect(most('idle')).toBeLessThan(0.35 * most('told'));
});

test('the order of the features does not matter to what is learnt', () => {
  const { names, values, ...rest } = made();
  const turned = { names: [...names].reverse(), values: [...values].reverse(), ...rest };
  const told = (set: TrainingSet): number[] => [
    ...(boost(set, 4).terms.find((t) => t.feature === 'told')?.pushes ?? []),
  ];
  told(turned).forEach((push, k) => expect(push).toBeCloseTo(told(made())[k], 3));
  expect(told(turned).length).toBeGreaterThan(20);
});

test('a feature that never has a value is left out', () => {
  const set = made();
  set.values[1].fill(NaN);
  expect(boost(set, 4).terms.map((t) => t.feature)).toEqual(['told']);
});

test('the same data give the same weights', () => {
  expect(boost(made(), 4)).toEqual(boost(made(), 4));
});

test('a step holds at least the least weight', () => {
  const set = made();
  set.weight.fill(BOOST.leastWeight / ROWS);
  expect(boost(set, 4).terms).toEqual([]);
});

test('what only one part of the records says weighs less than what all of them say', () => {
  const push = (said: (part: number) => boolean): number => {
    const set = made();
    set.target.forEach((_, i) => {
      if (!said(set.part[i])) set.values[0][i] = 0.5;
    });
    return score(boost(set, 4), { told: 0.9, idle: 0.5 });
  };
  const all = push(() => true);
  const one = push((part) => part === 3);
  // Half of the ten sub-models have never seen that part, and know nothing of values that only it has.
  expect(one).toBeLessThan(0.75 * all);
});

test('edges are rising quantiles without NaN', () => {
  expect(quantileEdges(Float32Array.from([4, 3, NaN, 2, 1]), 4)).toEqual([2, 3, 4]);
  expect(quantileEdges(Float32Array.from([1, 1, 1, 1]), 4)).toEqual([1]);
});

test('the shift puts zero where the balanced accuracy is best', () => {
  const scores = [-3, -2, -1, 1, 2];
  const shockable = [false, false, true, true, true];
  const shift = bestShift(scores, shockable);
  expect(scores.map((s) => s + shift > 0)).toEqual(shockable);
});
