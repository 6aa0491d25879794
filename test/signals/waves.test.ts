import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TEST_WAVES, TEST_WAVE_NAMES, testWaveByName } from '../../signals/patient/waves/index.ts';
import { qrsTrain } from '../../signals/patient/waves/qrs-train.ts';
import { WavePatient } from '../../signals/patient/wave-patient.ts';

/** Lead II at fs. */
function play(name: string, seconds: number, fs = 720): Float64Array {
  const n = Math.round(seconds * fs);
  const out = [0, 1, 2, 3].map(() => new Float64Array(n));
  expect(new WavePatient(testWaveByName(name), fs).render(out, n)).toBe(n);
  expect(out[3].every((v, i) => v === out[2][i] - out[1][i])).toBe(true);
  return out[2];
}

const height = (x: Float64Array): number =>
  x.reduce((m, v) => Math.max(m, v), -99) - x.reduce((m, v) => Math.min(m, v), 99);

/** Steep stretches, 250 ms apart at least: one for each QRS of these waves, whose T waves are slow. */
function qrsTimes(x: Float64Array, fs: number, mvPerS: number): number[] {
  const step = Math.round(0.01 * fs);
  const times: number[] = [];
  for (let i = step; i < x.length; i++) {
    const steep = (Math.abs(x[i] - x[i - step]) * fs) / step > mvPerS;
    if (steep && i / fs - (times.at(-1) ?? -9) > 0.25) times.push(i / fs);
  }
  return times;
}

test.each([
  ['3a', 80, 8],
  ['3b', 60, 10],
  ['3c', 120, 10],
  ['3d', 90, 10],
])('%s has %d QRS a minute', (name, rate, steepness) => {
  const count = qrsTimes(play(name, 60), 720, steepness).length;
  expect(Math.abs(count - rate)).toBeLessThanOrEqual(1);
  const [limit] = testWaveByName(name).limits;
  expect(rate).toBeGreaterThan(limit.min);
  expect(rate).toBeLessThan(limit.max);
});

test.each([
  ['4a', 1, 206],
  ['4ah', 0.5, 206],
  ['4ad', 2, 206],
  ['4b', 2, 195],
  ['4bh', 1, 195],
  ['4bd', 4, 195],
])('%s is %d mV high at %d/min', (name, mv, rate) => {
  const x = play(name, 60, 500);
  expect(height(x)).toBeCloseTo(mv, 1);
  let ups = 0;
  for (let i = 1; i < x.length; i++) if (x[i] > 0.2 * mv && x[i - 1] <= 0.2 * mv) ups++;
  expect(Math.abs(ups - rate)).toBeLessThanOrEqual(1);
});

describe('triangles', () => {
  test('are as high, as wide and as frequent as asked', () => {
    const wave = qrsTrain('t', 't', { mv: 5, widthMs: 40, ratePerMin: 250 });
    const x = Float64Array.from({ length: 60_000 }, (_, i) => wave.at(i / 1000, 0.001));
    expect(height(x)).toBeCloseTo(5, 6);
    const high = x.filter((v) => v > 0).length / 1000;
    expect(high / 0.04).toBeCloseTo(248, -1);
  });
  test('a tall T stands where QT says, 180 ms wide', () => {
    const x = play('tall-t-1200', 2, 1000);
    const r = x.indexOf(1);
    const t = x.subarray(r + 60, r + 400);
    expect(Math.max(...t)).toBeCloseTo(1.2, 3);
    const wide = t.filter((v) => v > 0).length;
    expect(Math.abs(wide - 180)).toBeLessThanOrEqual(2);
    expect(r - 50 + 350 - (r + 60 + t.findLastIndex((v) => v > 0))).toBeLessThanOrEqual(2);
  });
  test('the rate changes when it is said to, without a short beat', () => {
    for (const to of [120, 40]) {
      const rs = qrsTimes(play(`80-to-${to}`, 40, 500), 500, 5);
      const rr = rs.slice(1).map((t, i) => t - rs[i]);
      const before = rr.filter((_, i) => rs[i + 1] < 20);
      const after = rr.filter((_, i) => rs[i] > 20);
      expect(before.every((v) => Math.abs(v - 0.75) < 0.01)).toBe(true);
      expect(after.length).toBeGreaterThan(10);
      expect(after.every((v) => Math.abs(v - 60 / to) < 0.01)).toBe(true);
      expect(Math.min(...rr)).toBeGreaterThan(0.49);
    }
  });
  test.each([250, 500, 1000])(
    'no pacing pulse falls between two samples at %d Hz: its area is there',
    (fs) => {
      const x = play('pace-only-2-0.1', 60, fs);
      const area = x.reduce((s, v) => s + v, 0) / fs;
      expect(area / (2 * 0.0001)).toBeGreaterThan(78);
      expect(area / (2 * 0.0001)).toBeLessThan(81);
    },
  );
});

test('the registry: own names, limits with their source', () => {
  expect(new Set(TEST_WAVE_NAMES).size).toBe(TEST_WAVES.length);
  for (const wave of TEST_WAVES) {
    expect(wave.limits.length).toBeGreaterThan(0);
    expect(wave.limits.every((l) => l.max >= l.min && l.source.length > 10)).toBe(true);
  }
  expect(() => testWaveByName('5a')).toThrow('unknown test wave "5a": expected one of 3a, 3b');
});

const data = process.env['RWAVE_DATA'];
test.skipIf(!data).each([
  ['3a', 'aami3a', 0.045],
  ['3b', 'aami3b', 0.05],
])('%s lies on the recording %s (skipped: RWAVE_DATA is not set)', (name, file, rmsMv) => {
  const text = readFileSync(`${data ?? ''}/aami_ec13/${file}.csv`, 'utf8');
  const recorded = text
    .trim()
    .split(/\s+/)
    .map(Number.parseFloat)
    .slice(0, 720 * 20);
  const ours = play(name, 20);
  const offset = [...recorded].sort((a, b) => a - b)[recorded.length >> 1] - [...ours].sort((a, b) => a - b)[ours.length >> 1]; // prettier-ignore
  const error = recorded.map((v, i) => v - offset - ours[i]);
  const rms = (x: readonly number[]): number => Math.sqrt(x.reduce((s, v) => s + v * v, 0) / x.length);
  expect(rms(error)).toBeLessThan(rmsMv);
  expect(rms(error)).toBeLessThan(0.3 * rms(recorded.map((v) => v - offset)));
});
