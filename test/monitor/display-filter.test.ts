/** The band of the screen: what the eye gets, and that a hole or an offset in the signal draws no step. */
import { describe, expect, test } from 'vitest';
import { DisplayFilter } from '../../src/app/server/display-filter.ts';

const FS = 500;

function filtered(x: Float64Array, cuts: readonly number[] = [x.length]): Float64Array {
  const filter = new DisplayFilter();
  const y = new Float64Array(x.length);
  let at = 0;
  for (const n of cuts) {
    const [lead] = filter.process({ fs: FS, n, leads: [x.slice(at, at + n)] });
    y.set(lead.subarray(0, n), at);
    at += n;
  }
  return y;
}

function gainAt(hz: number): number {
  const x = Float64Array.from({ length: 20 * FS }, (_, i) => Math.sin((2 * Math.PI * hz * i) / FS));
  const settled = filtered(x).subarray(10 * FS);
  return Math.max(...settled);
}

describe('the screen shows 0.5 to 40 Hz', () => {
  test.each([
    [0.5, -3, 0.2],
    [5, 0, 0.1],
    [10, 0, 0.1],
    [40, -3, 0.2],
  ])('%d Hz comes at %d dB', (hz, dB, within) => {
    expect(Math.abs(20 * Math.log10(gainAt(hz)) - dB)).toBeLessThan(within);
  });

  test('an offset of the electrodes draws no step at the start', () => {
    const y = filtered(new Float64Array(1000).fill(3));
    expect(Math.max(...y.map(Math.abs))).toBeLessThan(1e-9);
  });

  test('a hole stays a hole, and what follows is whole', () => {
    const x = new Float64Array(300).fill(1);
    x.fill(NaN, 100, 120);
    const y = filtered(x);
    expect(y.findIndex(Number.isNaN)).toBe(100);
    expect(y.subarray(120).every(Number.isFinite)).toBe(true);
  });

  test('the picture does not depend on how the stream was cut', () => {
    const x = Float64Array.from({ length: 400 }, (_, i) => Math.sin(i / 7) + (i % 90 === 0 ? 1 : 0));
    const whole = filtered(x);
    for (const cuts of [new Array<number>(400).fill(1), [20, 3, 177, 100, 100]]) {
      expect([...filtered(x, cuts)]).toEqual([...whole]);
    }
  });
});
