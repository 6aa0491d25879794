/** The rate changer: right waves, right count, the same for every cut, nothing allocated. */
import { expect, test } from 'vitest';
import { Resampler } from '../../src/dsp/index.ts';
import { Rng } from '../../src/core/rng.ts';
import { bytesPerSample } from '../conform/allocation.ts';
import { testSignal } from '../conform/stage.ts';

function run(from: number, to: number, x: Float64Array, cut: () => number): Float64Array {
  const resampler = new Resampler(from, to);
  const out: number[] = [];
  const y = new Float64Array(resampler.maxOutput(x.length));
  for (let at = 0; at < x.length;) {
    const n = Math.min(cut(), x.length - at);
    const made = resampler.process(x.subarray(at, at + n), n, y);
    out.push(...y.subarray(0, made));
    at += n;
  }
  return Float64Array.from(out);
}

test('a 7-Hz wave stays the same wave, delayed by what it says', () => {
  for (const [from, to] of [
    [360, 250],
    [128, 500],
    [1000, 250],
    [250, 250],
  ] as const) {
    const x = Float64Array.from({ length: 10 * from }, (_, i) => Math.sin((2 * Math.PI * 7 * i) / from));
    const y = run(from, to, x, () => 1e9);
    expect(y.length).toBe(10 * to);
    const late = new Resampler(from, to).delaySamples / from;
    for (let m = 2 * to; m < 3 * to; m++)
      expect(y[m]).toBeCloseTo(Math.sin(2 * Math.PI * 7 * (m / to - late)), 2);
  }
});

test('does not depend on the cuts', () => {
  const x = testSignal('resampler');
  const whole = run(360, 250, x, () => 1e9);
  expect(run(360, 250, x, () => 1)).toEqual(whole);
  const rng = new Rng('resampler/cuts');
  expect(run(360, 250, x, () => rng.int(1, 40))).toEqual(whole);
});

test('takes what would fold out of the band', () => {
  const x = Float64Array.from({ length: 4000 }, (_, i) => Math.sin((2 * Math.PI * 200 * i) / 1000));
  const y = run(1000, 250, x, () => 1e9);
  expect(Math.max(...y.subarray(200).map(Math.abs))).toBeLessThan(0.005);
});

test('refuses rates it cannot join, and bridges a hole', () => {
  expect(() => new Resampler(360, Math.PI * 100)).toThrow('ratio');
  const x = new Float64Array(1000).fill(2);
  x[500] = NaN;
  expect(run(360, 250, x, () => 1e9).at(-1)).toBeCloseTo(2, 9);
});

test('allocates nothing per sample', () => {
  const resampler = new Resampler(360, 250);
  const x = testSignal('allocation');
  const y = new Float64Array(resampler.maxOutput(x.length));
  expect(bytesPerSample(() => void resampler.process(x, x.length, y), x.length)).toBeLessThan(0.1);
});
