/** The mains meter: which mains, from what size on, how soon, and what it must not take for mains. */
import { expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { MainsMeter } from '../../src/dsp/mains-meter.ts';
import { syntheticEcg } from '../detect/synthetic.ts';

const SECONDS = 40;

interface Change {
  atS: number;
  hz: number;
}

function changes(fs: number, x: Float64Array, cut: () => number = () => 256): Change[] {
  const meter = new MainsMeter(fs);
  const found: Change[] = [];
  for (let at = 0; at < x.length;) {
    const to = Math.min(x.length, at + cut());
    while (at < to) {
      const before = meter.hz;
      at = meter.scan(x, at, to);
      if (meter.hz !== before) found.push({ atS: at / fs, hz: meter.hz });
    }
  }
  return found;
}

/** Beats, hiss, and mains of `peakMv` between two times. */
function ecgWithMains(fs: number, hz: number, peakMv: number, from = 0, to = SECONDS): Float64Array {
  const { x } = syntheticEcg({ fs, seconds: SECONDS, bpm: 90, amplitudeMv: 1.5 });
  for (let i = Math.round(from * fs); i < to * fs; i++)
    x[i] += peakMv * Math.sin((2 * Math.PI * hz * i) / fs);
  return x;
}

for (const fs of [128, 250, 360, 500, 1000])
  for (const hz of [49.5, 50, 60, 60.5])
    test(`finds ${hz} Hz of 0.05 mV at ${fs} Hz within the first second, and stays with it`, () => {
      const found = changes(fs, ecgWithMains(fs, hz, 0.05));
      expect(found).toEqual(
        [{ atS: 1, hz: Math.round(hz / 10) * 10 }].map((c) => ({ ...c, atS: found[0].atS })),
      );
      expect(found[0].atS).toBeLessThan(1.02);
    });

test('finds mains that comes within 4.5 s, and its end within 14 s', () => {
  const [on, off, ...more] = changes(500, ecgWithMains(500, 50, 0.1, 9.3, 20.2));
  expect(on.hz).toBe(50);
  expect(on.atS).toBeGreaterThan(9.3);
  expect(on.atS - 9.3).toBeLessThan(4.6);
  expect(off.hz).toBe(0);
  expect(off.atS - 20.2).toBeLessThan(14);
  expect(more).toEqual([]);
});

test('does not answer to 0.02 mV, to beats, or to muscle noise of 0.1 mV', () => {
  expect(changes(500, ecgWithMains(500, 50, 0.02))).toEqual([]);
  expect(changes(500, ecgWithMains(500, 50, 0))).toEqual([]);
  const rng = new Rng('muscle');
  expect(
    changes(
      500,
      Float64Array.from({ length: 200_000 }, () => 0.1 * rng.gaussian()),
    ),
  ).toEqual([]);
});

test('does not flicker where the mains is about as strong as its threshold', () => {
  const x = ecgWithMains(500, 60, 0);
  const rng = new Rng('swell');
  for (let i = 0; i < x.length; i++)
    x[i] +=
      0.03 * (1 + 0.3 * Math.sin(i / 3000)) * Math.sin((2 * Math.PI * 60 * i) / 500) + 0.005 * rng.gaussian();
  expect(changes(500, x).length).toBeLessThanOrEqual(1);
});

test('sees nothing at 100 Hz, where 50 Hz cannot be told from nothing', () => {
  expect(changes(100, ecgWithMains(100, 50, 0.2))).toEqual([]);
});

test('changes at the same sample however the input is cut', () => {
  const x = ecgWithMains(360, 60, 0.1, 5, 15);
  const rng = new Rng('cuts');
  const whole = changes(360, x, () => x.length);
  expect(whole.length).toBe(2);
  expect(changes(360, x, () => 1)).toEqual(whole);
  expect(changes(360, x, () => rng.int(1, 700))).toEqual(whole);
});

test('a hole does not poison it', () => {
  const x = ecgWithMains(360, 60, 0.1);
  x.fill(NaN, 100, 300);
  expect(changes(360, x).at(-1)?.hz).toBe(60);
});
