/** Where a delivery lies against the annotated R waves. */
import { expect, test } from 'vitest';
import { rToShock } from '../../src/score/r-to-shock.ts';

const FS = 1000;
const RS = [1000, 1800, 2200, 2600];
const at = (sample: number) => rToShock(RS, sample, FS);

test('within 60 ms of the nearest R, either way', () => {
  expect(at(1060)).toEqual({ placed: 'within', r: 0, ms: 60, onT: false });
  expect(at(1740)).toEqual({ placed: 'within', r: 1, ms: -60, onT: false });
});

test('an early one belongs to the R that follows, not to the one before', () => {
  expect(at(1735)).toEqual({ placed: 'early', r: 1, ms: -65, onT: false });
  expect(at(940)).toMatchObject({ placed: 'within', r: 0 });
});

test('late, and stray from 150 ms on', () => {
  expect(at(1061)).toMatchObject({ placed: 'late', r: 0, ms: 61 });
  expect(at(1150)).toMatchObject({ placed: 'late', ms: 150, onT: false });
  expect(at(1151)).toEqual({ placed: 'stray', r: -1, ms: NaN, onT: false });
  expect(at(700)).toMatchObject({ placed: 'stray', onT: false });
});

test('on T: 160 to 360 ms after an R; in a fast rhythm that is not one that comes with its R', () => {
  expect(at(1159).onT).toBe(false);
  expect(at(1160)).toMatchObject({ placed: 'stray', onT: true });
  expect(at(1360).onT).toBe(true);
  expect(at(1361).onT).toBe(false);
  expect(at(2145)).toMatchObject({ placed: 'within', ms: -55, onT: false });
  expect(at(2139)).toMatchObject({ placed: 'early', ms: -61, onT: true });
});

test('without an R everything is stray', () => {
  expect(rToShock([], 5, FS)).toEqual({ placed: 'stray', r: -1, ms: NaN, onT: false });
});
