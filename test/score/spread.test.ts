import { expect, test } from 'vitest';
import { spreadOf } from '../../src/app/records/spread.ts';

test('the spread of known numbers, records without the figure left out', async () => {
  const s = await spreadOf([99, 100, NaN, 98, 100, 95]);
  expect(s.n).toBe(5);
  expect(s.mean).toBeCloseTo(98.4, 10);
  expect(s.sd).toBeCloseTo(Math.sqrt(17.2 / 4), 10);
  expect([s.min, s.q1, s.median, s.q3, s.max]).toEqual([95, 98, 99, 100, 100]);
});

test('one record has no standard deviation, no record has nothing', async () => {
  expect(await spreadOf([97])).toMatchObject({ n: 1, mean: 97, sd: NaN, median: 97 });
  expect(await spreadOf([NaN])).toMatchObject({ n: 0, mean: NaN });
});
