import { expect, test } from 'vitest';
import { ballot, pushOf, stepOf, vote } from '../../src/advisory/index.ts';
import { VOTE } from '../../src/advisory/index.ts';

test('one artifact among three windows does not move the decision', () => {
  expect(vote([3, -1, 3]).verdict).toBe('shock');
  expect(vote([-3, 2, -3]).verdict).toBe('noShock');
});

test('two clear windows decide without the third', () => {
  expect(vote([2, 2, -4])).toEqual({ verdict: 'shock', score: 2, voters: 2 });
  expect(vote([-2, -2, 4]).verdict).toBe('noShock');
});

test('no decision from one window, nor while the newest has no opinion', () => {
  expect(vote([4]).verdict).toBe('inconclusive');
  expect(vote([NaN, 4, 4]).verdict).toBe('inconclusive');
  expect(vote([4, NaN, 4]).verdict).toBe('shock');
  expect(vote([]).verdict).toBe('inconclusive');
});

test('what every window calls a slow VT is not shocked; one that does not makes it a shock again', () => {
  expect(vote([3, 3, 3], VOTE, [true, true, true])).toEqual({ verdict: 'noShock', score: 3, voters: 2 });
  expect(vote([3, NaN, 3], VOTE, [true, false, true]).verdict).toBe('noShock');
  expect(vote([3, 3, 3], VOTE, [true, true, false]).verdict).toBe('shock');
});

test('a ballot is the score held within limits; a gate is as sure as can be', () => {
  expect(ballot('shock', 9, VOTE)).toBe(VOTE.clip);
  expect(ballot('noShock', NaN, VOTE)).toBe(-VOTE.clip);
  expect(ballot('shock', NaN, VOTE)).toBe(VOTE.clip);
  expect(ballot('inconclusive', 3, VOTE)).toBeNaN();
});

test('a term looks its value up; an edge belongs to the step above it; NaN has its own', () => {
  const term = { feature: 'count2', edges: [1, 2], pushes: [9, 10, 20, 30] };
  expect([NaN, 0.9, 1, 1.9, 2, 5].map((v) => pushOf(term, v))).toEqual([9, 10, 20, 20, 30, 30]);
  expect(stepOf([], 3)).toBe(1);
});
