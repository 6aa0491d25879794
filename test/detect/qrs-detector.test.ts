/** The detector on signals whose truth is known: cuts, holes, rates, amplitudes, polarity, allocation. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { emptyBeat, emptyRWave } from '../../src/core/beat.ts';
import { adult, child, newborn, QrsDetector } from '../../src/detect/index.ts';
import { bytesPerSample } from '../conform/allocation.ts';
import { detectAll, match } from './run.ts';
import { syntheticEcg } from './synthetic.ts';

const FS = 360;
const ecg = syntheticEcg({ fs: FS, seconds: 60, bpm: 75 });
const samples = (found: readonly { sample: number }[]): number[] => found.map((b) => b.sample);

describe('the beat stream', () => {
  const whole = detectAll({ fs: FS }, ecg.x);

  test('finds every beat and nothing else, from the first beat of the record on', () => {
    const { matched, missed, extra } = match(ecg.peaks, samples(whole.beats), FS);
    expect({ missed, extra }).toEqual({ missed: [], extra: [] });
    for (const [r, t] of matched) expect(Math.abs(r - t)).toBeLessThanOrEqual(2);
  });

  test('is the same however the input is cut', () => {
    expect(detectAll({ fs: FS }, ecg.x, () => 1)).toEqual(whole);
    const rng = new Rng('cuts');
    expect(detectAll({ fs: FS }, ecg.x, () => rng.int(1, 3000))).toEqual(whole);
  });

  test('decides within 400 ms, or says that it is late; never before the beat', () => {
    for (const beat of whole.beats) {
      expect(beat.decidedAt).toBeGreaterThanOrEqual(beat.sample);
      expect(beat.late).toBe(beat.decidedAt - beat.sample > 0.4 * FS);
      if (beat.sample > 2 * FS) expect(beat.late).toBe(false);
    }
  });

  test('tells RR intervals, and none for the first beat', () => {
    expect(whole.beats[0].rrMs).toBeNaN();
    const [a, b] = whole.beats.slice(10, 12);
    expect(b.rrMs).toBeCloseTo(((b.sample - a.sample) * 1000) / FS, 9);
  });

  test('is as new after reset, and counts from the sample it was told', () => {
    const detector = new QrsDetector({ fs: FS });
    detector.process(ecg.x.subarray(5000, 9000), 4000);
    detector.reset(100_000);
    detector.process(ecg.x, ecg.x.length);
    detector.flush();
    const beat = emptyBeat();
    const found: number[] = [];
    while (detector.beats.take(beat)) found.push(beat.sample - 100_000);
    expect(found).toEqual(samples(whole.beats));
  });
});

describe('works for', () => {
  for (const fs of [100, 128, 200, 250, 300, 360, 500, 720, 1000])
    test(`${fs} Hz`, () => {
      const { x, peaks } = syntheticEcg({ fs, seconds: 40, bpm: 80 });
      const { missed, extra } = match(peaks, samples(detectAll({ fs }, x).beats), fs);
      expect({ missed, extra }).toEqual({ missed: [], extra: [] });
    });

  for (const amplitudeMv of [0.2, 0.5, 2, 6, -0.2, -1, -5])
    test(`an R wave of ${amplitudeMv} mV`, () => {
      const noiseMv = 0.01 * Math.min(1, Math.abs(amplitudeMv));
      const { x, peaks } = syntheticEcg({ fs: 500, seconds: 40, bpm: 70, amplitudeMv, noiseMv });
      const { missed, extra } = match(peaks, samples(detectAll({ fs: 500 }, x).beats), 500);
      expect({ missed, extra }).toEqual({ missed: [], extra: [] });
    });

  for (const [profile, bpm] of [
    [adult, 30],
    [adult, 200],
    [child, 250],
    [newborn, 300],
  ] as const)
    test(`${profile.name} at ${bpm}/min`, () => {
      const { x, peaks } = syntheticEcg({ fs: 500, seconds: 60, bpm, rrJitter: 0.01 });
      const { missed, extra } = match(peaks, samples(detectAll({ fs: 500, profile }, x).beats), 500);
      expect({ missed: missed.length, extra: extra.length }).toEqual({ missed: 0, extra: 0 });
    });
});

describe('is not fooled by', () => {
  test('an R wave of 0.1 mV: that is no QRS', () => {
    const { x } = syntheticEcg({ fs: FS, seconds: 30, bpm: 70, amplitudeMv: 0.1, noiseMv: 0.002 });
    expect(detectAll({ fs: FS }, x).beats).toEqual([]);
  });

  test('flat lines, constants and holes', () => {
    for (const value of [0, 5, NaN, Infinity]) {
      const found = detectAll({ fs: FS }, new Float64Array(20 * FS).fill(value));
      expect(found).toEqual({ beats: [], syncs: [] });
    }
  });

  test('a hole in the middle: beats go on after it, none within', () => {
    const x = ecg.x.slice();
    const from = 20 * FS;
    const to = 25 * FS;
    x.fill(NaN, from, to);
    const expected = ecg.peaks.filter((p) => p < from - 0.1 * FS || p > to + 0.1 * FS);
    const found = samples(detectAll({ fs: FS }, x).beats).filter(
      (s) => s < from - 0.1 * FS || s > to + 0.1 * FS,
    );
    const { missed, extra } = match(expected, found, FS);
    expect({ missed, extra }).toEqual({ missed: [], extra: [] });
  });
});

test('allocates less than 0.1 byte a sample', () => {
  const detector = new QrsDetector({ fs: FS });
  const beat = emptyBeat();
  const sync = emptyRWave();
  const block = new Float64Array(100);
  const bytes = bytesPerSample(() => {
    for (let at = 0; at + 100 <= ecg.x.length; at += 100) {
      for (let i = 0; i < 100; i++) block[i] = ecg.x[at + i];
      detector.process(block, 100);
      while (detector.beats.take(beat));
      while (detector.syncs.take(sync));
    }
  }, ecg.x.length);
  expect(bytes).toBeLessThan(0.1);
});
