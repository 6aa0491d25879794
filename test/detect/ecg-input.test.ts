/** What comes before the detection: mains out from the first sample on, nothing else touched, nothing delayed. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { EcgInput } from '../../src/detect/ecg-input.ts';
import { bytesPerSample } from '../conform/allocation.ts';
import { syntheticEcg } from './synthetic.ts';

const MOST = 256;

function run(
  fs: number,
  x: Float64Array,
  cut: () => number = () => MOST,
): { y: Float64Array; mains: number } {
  const input = new EcgInput(fs, MOST);
  const y = new Float64Array(x.length);
  let made = 0;
  const keep = (n: number): void => {
    y.set(input.out.subarray(0, n), made);
    made += n;
  };
  for (let at = 0; at < x.length;) {
    const n = Math.min(cut(), x.length - at);
    keep(input.take(x, at, n));
    at += n;
  }
  const { mains } = input;
  keep(input.end());
  expect(made).toBe(x.length);
  return { y, mains };
}

const withMains = (
  fs: number,
  hz: number,
  mv: number,
  from = 0,
): { clean: Float64Array; x: Float64Array } => {
  const clean = syntheticEcg({ fs, seconds: 20, bpm: 75 }).x;
  const x = clean.map((v, i) => (i < from * fs ? v : v + mv * Math.sin((2 * Math.PI * hz * i) / fs + 1)));
  return { clean, x };
};

const largest = (a: Float64Array, b: Float64Array, from: number, to: number): number =>
  Math.max(...a.subarray(from, to).map((v, i) => Math.abs(v - b[from + i])));

describe('mains', () => {
  for (const fs of [250, 360, 500, 1000])
    for (const hz of [50, 60])
      test(`of ${hz} Hz and 0.5 mV at ${fs} Hz is gone from the first sample on, but for what the notch bends`, () => {
        const { clean, x } = withMains(fs, hz, 0.5);
        const { y, mains } = run(fs, x);
        expect(mains).toBe(hz);
        expect(largest(y, clean, 0, fs)).toBeLessThan(0.15);
        expect(largest(y, clean, fs, y.length)).toBeLessThan(0.12);
      });

  test('that comes later is gone 5 s after, and switching makes no step', () => {
    const { clean, x } = withMains(500, 50, 0.5, 7);
    const { y } = run(500, x);
    expect(largest(y, clean, 12 * 500, y.length)).toBeLessThan(0.12);
    expect(largest(y, clean, 7 * 500, 12 * 500)).toBeLessThan(0.6);
  });

  test('that drifts by half a hertz is down to a fifth', () => {
    const { clean, x } = withMains(500, 50.5, 0.5);
    const { y } = run(500, x);
    expect(largest(y, clean, 1000, y.length)).toBeLessThan(0.2);
  });
});

test('a signal without mains and pulses passes bit for bit', () => {
  const { x } = syntheticEcg({ fs: 360, seconds: 20, bpm: 75, amplitudeMv: 2 });
  expect(run(360, x).y).toEqual(x);
});

test('the output does not depend on how the input is cut', () => {
  const { x } = withMains(360, 60, 0.3, 4);
  for (let i = 1000; i < x.length; i += 700) x[i] += 8;
  x.fill(NaN, 3000, 3100);
  const { y } = run(360, x);
  const rng = new Rng('cuts');
  expect(run(360, x, () => 1).y).toEqual(y);
  expect(run(360, x, () => rng.int(1, MOST)).y).toEqual(y);
});

test('what is shorter than the first look comes out at the end', () => {
  const x = Float64Array.of(0.1, 0.2, 0.3);
  expect(run(500, x).y).toEqual(x);
});

test('a start without signal is no start: holes pass, and mains behind them is found', () => {
  const { clean, x } = withMains(500, 50, 0.5);
  x.fill(NaN, 0, 900);
  const { y } = run(500, x);
  expect(y.subarray(0, 900).every(Number.isNaN)).toBe(true);
  expect(largest(y, clean, 6 * 500, y.length)).toBeLessThan(0.12);
});

test('allocates nothing per sample, with and without mains', () => {
  for (const mv of [0, 0.5]) {
    const { x } = withMains(500, 50, mv);
    const input = new EcgInput(500, MOST);
    const bytes = bytesPerSample(() => {
      for (let at = 0; at + MOST <= x.length; at += MOST) input.take(x, at, MOST);
    }, x.length);
    expect(bytes).toBeLessThan(0.1);
  }
});
