/** Leads off, saturated, flat: when each comes, when it goes, and what must not be taken for it. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { SignalQuality } from '../../src/detect/index.ts';
import { bytesPerSample } from '../conform/allocation.ts';
import { syntheticEcg } from './synthetic.ts';

const FS = 500;
const RANGE = { lowMv: -10, highMv: 10 };
const ecg = syntheticEcg({ fs: FS, seconds: 30, bpm: 75 }).x;

/** Time (s) and state of each change. */
function changes(
  x: Float64Array,
  cut: () => number = () => 100,
  quality = new SignalQuality(FS, RANGE),
): string[] {
  const found: string[] = [];
  for (let at = 0; at < x.length;) {
    const to = Math.min(x.length, at + cut());
    while (at < to) {
      const before = quality.state;
      at = quality.scan(x, at, to);
      if (quality.state !== before) found.push(`${(at / FS).toFixed(2)} ${quality.state}`);
    }
  }
  return found;
}

function withStretch(value: (i: number) => number, fromS: number, toS: number): Float64Array {
  return ecg.map((v, i) => (i >= fromS * FS && i < toS * FS ? value(i) : v));
}

test('a good lead is good from the first to the last sample', () => {
  expect(changes(ecg)).toEqual([]);
});

describe('leads off', () => {
  test('0.2 s after the last sample, until 0.5 s of signal have come', () => {
    expect(changes(withStretch(() => NaN, 10, 13))).toEqual(['10.20 leadsOff', '13.50 good']);
  });

  test('not for single lost packets of 40 ms', () => {
    expect(changes(ecg.map((v, i) => (i % FS < 20 ? NaN : v)))).toEqual([]);
  });

  test('a contact that comes and goes is off until it stays', () => {
    const x = withStretch((i) => (i % 200 < 120 ? NaN : 0.1 * (i % 3)), 10, 14);
    expect(changes(x).map((c) => c.split(' ')[1])).toEqual(['leadsOff', 'good']);
  });

  test('at once when the box says so; gone when the box takes it back and signal has come', () => {
    const quality = new SignalQuality(FS, RANGE);
    expect(quality.electrodes(true)).toBe(true);
    expect([quality.state, quality.isBlind]).toEqual(['leadsOff', true]);
    quality.scan(ecg, 0, 1000);
    expect(quality.electrodes(false)).toBe(false);
    expect(changes(ecg.subarray(1000, 2000), () => 100, quality)).toEqual(['0.50 good']);
    expect(quality.isBlind).toBe(false);
  });
});

describe('saturated', () => {
  test('0.15 s after the rail was reached, until 0.5 s inside the range', () => {
    for (const rail of [10, -9.95])
      expect(changes(withStretch(() => rail, 10, 15))).toEqual(['10.15 saturated', '15.50 good']);
  });

  test('while a baseline comes back from the rail: until the last touch is 0.5 s ago', () => {
    const x = withStretch((i) => Math.min(10, 14 * Math.exp((10 - i / FS) / 2) + 0.01 * (i % 2)), 10, 20);
    const [on, off, ...more] = changes(x);
    expect(on).toBe('10.15 saturated');
    expect(off).toMatch(/^11\.2\d good/);
    expect(more).toEqual([]);
  });

  test('VF that clips at both ends is not, nor is a pacing pulse', () => {
    const vf = ecg.map((_, i) => Math.max(-10, Math.min(10, 25 * Math.sin((2 * Math.PI * 4 * i) / FS))));
    expect(changes(vf)).toEqual([]);
    expect(changes(ecg.map((v, i) => (i % 400 === 0 ? 10 : v)))).toEqual([]);
  });

  test('nothing is, where the range is not known', () => {
    const quality = new SignalQuality(FS);
    expect(
      changes(
        withStretch((i) => 10 + (i % 2), 10, 15),
        () => 100,
        quality,
      ),
    ).toEqual([]);
  });
});

describe('flat', () => {
  test('after 1 s without a movement, until the first one; it does not blind', () => {
    const quality = new SignalQuality(FS, RANGE);
    expect(
      changes(
        withStretch(() => 0.3, 10, 14),
        () => 100,
        quality,
      ),
    ).toEqual(['11.00 flat', '14.00 good']);
    quality.scan(new Float64Array(1000), 0, 1000);
    expect([quality.state, quality.isBlind]).toEqual(['flat', false]);
  });

  test('asystole with the noise of an amplifier is not', () => {
    const rng = new Rng('hiss');
    expect(changes(ecg.map(() => Math.round(200 * 0.006 * rng.gaussian()) / 200))).toEqual([]);
  });
});

test('the graver state hides the other', () => {
  const x = withStretch((i) => (i < 12 * FS ? 10 : NaN), 10, 14);
  expect(changes(x)).toEqual(['10.15 saturated', '12.20 leadsOff', '14.50 good']);
});

test('changes at the same samples however the input is cut, and is as new after reset', () => {
  const x = withStretch((i) => (i < 12 * FS ? -10 : i < 14 * FS ? NaN : 0), 10, 17);
  const rng = new Rng('cuts');
  const whole = changes(x, () => x.length);
  expect(whole).toHaveLength(5);
  expect(changes(x, () => 1)).toEqual(whole);
  expect(changes(x, () => rng.int(1, 900))).toEqual(whole);
  const used = new SignalQuality(FS, RANGE);
  used.scan(new Float64Array(3000).fill(NaN), 0, 3000);
  used.electrodes(true);
  used.reset();
  expect(changes(x, () => 100, used)).toEqual(whole);
});

test('allocates nothing', () => {
  const quality = new SignalQuality(FS, RANGE);
  const bytes = bytesPerSample(() => {
    for (let at = 0; at < ecg.length;) at = quality.scan(ecg, at, ecg.length);
  }, ecg.length);
  expect(bytes).toBeLessThan(0.1);
});
