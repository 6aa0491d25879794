/** Filter design: fili behind its door against our own design and against the definition of Butterworth. */
import { describe, expect, test } from 'vitest';
import { butter, isStable, ownButter, responseAt } from '../../src/dsp/index.ts';
import { filiButter } from '../../src/dsp/fili.ts';

const RATES = [100, 250, 360, 1000];
const EDGES = [0.01, 0.05, 0.2, 0.4]; // of fs

describe('fili', () => {
  for (const band of ['lowpass', 'highpass'] as const)
    test(`${band}: the same response as our own design`, () => {
      for (const fs of RATES)
        for (const edge of EDGES)
          for (const order of [2, 4, 8]) {
            const fili = filiButter(order, band, fs, edge * fs);
            const own = ownButter(order, band, fs, edge * fs);
            for (let f = 0.005; f < 0.5; f += 0.05) {
              const a = responseAt(fili, f * fs, fs);
              const b = responseAt(own, f * fs, fs);
              expect(Math.hypot(a.re - b.re, a.im - b.im)).toBeLessThan(1e-7);
            }
          }
    });

  test('refuses what fili would get wrong without a word', () => {
    expect(() => filiButter(3, 'lowpass', 360, 40)).toThrow('expected an even number 2..24, found 3');
    expect(() => filiButter(26, 'lowpass', 360, 40)).toThrow('even number');
    expect(() => filiButter(4, 'lowpass', 360, 180)).toThrow('expected 0 < Hz < fs/2 = 180, found 180');
    expect(() => filiButter(4, 'lowpass', NaN, 40)).toThrow('fs');
  });
});

describe('butter', () => {
  test('is 3 dB down at its edges and stable, in all four bands and any order', () => {
    for (const order of [1, 2, 3, 4, 5, 7]) {
      const designs = [
        [butter(order, 'lowpass', 360, 40), [40], 0.001],
        [butter(order, 'highpass', 360, 5), [5], 179.9],
        [butter(order, 'bandpass', 360, 5, 20), [5, 20], undefined],
        [butter(order, 'bandstop', 360, 45, 65), [45, 65], 0.001],
      ] as const;
      for (const [sections, edges, pass] of designs) {
        expect(isStable(sections)).toBe(true);
        for (const edge of edges) expect(responseAt(sections, edge, 360).gain).toBeCloseTo(Math.SQRT1_2, 6);
        if (pass !== undefined) expect(responseAt(sections, pass, 360).gain).toBeCloseTo(1, 6);
      }
    }
  });

  test('matches scipy.signal.butter(3, [5, 20], "bandpass", fs=360) at three frequencies', () => {
    // |H| of the analogue band-pass after pre-warping: 1 / sqrt(1 + ((w^2 - w1 w2) / (w (w2 - w1)))^6)
    const warp = (f: number): number => Math.tan((Math.PI * f) / 360);
    const gain = (f: number): number => {
      const u = (warp(f) ** 2 - warp(5) * warp(20)) / (warp(f) * (warp(20) - warp(5)));
      return 1 / Math.sqrt(1 + u ** 6);
    };
    const sections = butter(3, 'bandpass', 360, 5, 20);
    for (const f of [2, 10, 35]) expect(responseAt(sections, f, 360).gain).toBeCloseTo(gain(f), 9);
  });

  test('says what it expected and what it found', () => {
    expect(() => butter(0, 'lowpass', 360, 40)).toThrow('order: expected a whole number 1..24, found 0');
    expect(() => butter(2, 'bandpass', 360, 20, 5)).toThrow('0 < f1 < f2 < fs/2 = 180, found 20 and 5 Hz');
    expect(() => butter(2, 'highpass', 360, -1)).toThrow('found -1');
  });
});
