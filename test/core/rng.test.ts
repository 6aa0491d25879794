import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';

const draw = (rng: Rng, n: number): number[] => Array.from({ length: n }, () => rng.float());
const mean = (x: number[]): number => x.reduce((a, b) => a + b, 0) / x.length;

describe('Rng', () => {
  test('the same seed gives the same numbers, another seed gives others', () => {
    expect(draw(new Rng(7), 20)).toEqual(draw(new Rng('7'), 20));
    expect(draw(new Rng(7), 20)).not.toEqual(draw(new Rng(8), 20));
  });

  test('a fork depends on seed and name only, not on what was drawn before', () => {
    const used = new Rng(1);
    draw(used, 100);
    expect(draw(used.fork('link'), 10)).toEqual(draw(new Rng(1).fork('link'), 10));
    expect(draw(new Rng(1).fork('link'), 10)).not.toEqual(draw(new Rng(1).fork('patient'), 10));
  });

  test('goes on from a saved state', () => {
    const rng = new Rng(3);
    draw(rng, 17);
    const { state } = rng;
    const next = draw(rng, 10);
    rng.state = state;
    expect(draw(rng, 10)).toEqual(next);
  });

  test('is uniform and normal to within four standard errors', () => {
    const rng = new Rng('moments');
    const n = 100_000;
    expect(Math.abs(mean(draw(rng, n)) - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / n));
    const g = Array.from({ length: n }, () => rng.gaussian());
    expect(Math.abs(mean(g))).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(mean(g.map((v) => v * v)) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
  });

  test('rates are ratios', () => {
    const rng = new Rng('chance');
    const hits = Array.from({ length: 50_000 }, () => rng.chance(1, 10)).filter(Boolean).length;
    expect(Math.abs(hits - 5000)).toBeLessThan(4 * Math.sqrt(50_000 * 0.09));
    expect(rng.chance(0, 5)).toBe(false);
    expect(rng.chance(5, 5)).toBe(true);
  });
});
