/**
 * What every Stage must do, in one suite: one line per implementation in its own test file.
 */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import type { Stage } from '../../src/dsp/stage.ts';
import { bytesPerSample } from './allocation.ts';

const LENGTH = 3000;

export function testSignal(seed: string, n = LENGTH): Float64Array {
  const rng = new Rng(seed);
  return Float64Array.from(
    { length: n },
    (_, i) => Math.sin(i / 9) + 0.3 * rng.gaussian() + (i % 290 < 6 ? 2 : 0),
  );
}

function run(stage: Stage, x: Float64Array, cuts: () => number): Float64Array {
  const y = new Float64Array(x.length);
  for (let at = 0; at < x.length;) {
    const n = Math.min(cuts(), x.length - at);
    const part = y.subarray(at, at + n);
    stage.process(x.subarray(at, at + n), part, n);
    at += n;
  }
  return y;
}

export function stageConforms(name: string, make: () => Stage): void {
  describe(`${name} is a Stage`, () => {
    const x = testSignal(name);
    const whole = run(make(), x, () => LENGTH);

    test('gives the same output bit for bit, however the input is cut', () => {
      expect(run(make(), x, () => 1)).toEqual(whole);
      const rng = new Rng(`${name}/cuts`);
      expect(run(make(), x, () => rng.int(1, 97))).toEqual(whole);
    });

    test('works in place', () => {
      const y = x.slice();
      make().process(y, y, LENGTH);
      expect(y).toEqual(whole);
    });

    test('is as new after reset', () => {
      const stage = make();
      run(stage, testSignal('another'), () => 100);
      stage.reset();
      expect(run(stage, x, () => LENGTH)).toEqual(whole);
    });

    test('a hole gives NaN and leaves the state as it was', () => {
      const stage = make();
      const first = run(stage, x.subarray(0, 1000), () => 1000);
      const hole = run(stage, Float64Array.of(NaN, Infinity, NaN), () => 3);
      const rest = run(stage, x.subarray(1000), () => LENGTH);
      expect(first).toEqual(whole.subarray(0, 1000));
      expect([...hole]).toEqual([NaN, NaN, NaN]);
      expect(rest).toEqual(whole.subarray(1000));
    });

    test('tells a finite delay', () => {
      expect(Number.isFinite(make().delaySamples)).toBe(true);
    });

    test('allocates nothing per sample', () => {
      const stage = make();
      const y = new Float64Array(LENGTH);
      expect(bytesPerSample(() => stage.process(x, y, LENGTH), LENGTH)).toBeLessThan(0.1);
    });
  });
}
