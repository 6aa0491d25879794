/** The detector as a user meets it: after shocks, gaps and pulses, at every rate and size, either way up, from the first beat. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isBeat, marksOf, readLead } from '../../bench/lib/records.ts';
import { Rng } from '../../src/core/rng.ts';
import { adult, child, newborn } from '../../src/detect/index.ts';
import { disturbed, wrongBeats } from './disturbed.ts';
import { detectAll, match } from './run.ts';
import { syntheticEcg } from './synthetic.ts';

const DATA = process.env['RWAVE_DATA'] || undefined;
const why = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';

const NONE = { missed: [], extra: [] };
const RATES = [250, 360, 500] as const;

/** QRS of this size from the highest to the lowest point: what EC13 and IEC 60601-2-27 mean by amplitude. */
function ofPeakToPeak(fs: number, mv: number, seconds = 40): ReturnType<typeof syntheticEcg> {
  // the synthetic S wave is 0.18 of its R wave below the line
  return syntheticEcg({
    fs,
    seconds,
    bpm: 75,
    amplitudeMv: mv / 1.18,
    noiseMv: Math.min(0.01, 0.015 * Math.abs(mv)),
  });
}

describe('recovers', () => {
  for (const fs of RATES)
    for (const [rail, tauS] of [
      [10, 0.3],
      [-10, 0.3],
      [10, 1],
    ] as const)
      test(`after 5 s at ${rail} mV and a baseline with ${tauS} s at ${fs} Hz: all is right 2 s after the rail`, () => {
        const held = (v: number): number => Math.max(-10, Math.min(10, v));
        const signal = disturbed(fs, [20, 27], (v, t) =>
          t < 25 ? rail : held(v + rail * Math.exp(-(t - 25) / tauS)),
        );
        expect(wrongBeats(signal)).toEqual(NONE);
      });

  for (const seconds of [0.05, 0.3, 1, 5, 20])
    for (const [what, value] of [
      ['hole', NaN],
      ['flat line', 0.2],
    ] as const)
      test(`after a ${what} of ${seconds} s, from the next beat on`, () => {
        const signal = disturbed(360, [20, 20.1 + seconds], (v, t) => (t < 20 + seconds ? value : v));
        expect(wrongBeats(signal)).toEqual(NONE);
      });

  // After 5 s of such noise its levels have been taken for the heart's: of 20 seeds 9 miss beats, the last one 5.8 s after.
  for (const [seconds, rightAfterS] of [
    [1, 1],
    [5, 7],
  ] as const)
    test(`after ${seconds} s of white noise of 3 mV, ${rightAfterS} s later at most`, () => {
      for (let seed = 0; seed < 8; seed++) {
        const rng = new Rng(`burst ${seed}`);
        const signal = disturbed(360, [20, 20 + seconds + rightAfterS], (v, t) =>
          t < 20 + seconds ? v + 3 * rng.gaussian() : v,
        );
        expect(wrongBeats(signal)).toEqual(NONE);
      }
    });

  test('after samples that are infinite', () => {
    const signal = disturbed(360, [20, 20.2], (v, t) => (t < 20.1 ? Infinity : v));
    expect(wrongBeats(signal)).toEqual(NONE);
  });
});

describe('finds each beat', () => {
  for (const fs of [100, 125, 200, 250, 360, 500, 1000])
    for (const mv of [0.2, -0.2, 1, -1, 3.5, -3.5])
      test(`of ${mv} mV, peak to peak, at ${fs} Hz`, () => {
        const { x, peaks } = ofPeakToPeak(fs, mv);
        const { missed, extra } = match(peaks, detectAll({ fs }, x).beats.map((b) => b.sample), fs); // prettier-ignore
        expect({ missed, extra }).toEqual(NONE);
      });

  for (const fs of [250, 500])
    for (const [profile, bpm] of [
      [newborn, 120],
      [newborn, 240],
      [newborn, 300],
      [child, 270],
      [adult, 250],
      [adult, 25],
    ] as const)
      test(`of a ${profile.name} at ${bpm}/min and ${fs} Hz`, () => {
        const { x, peaks } = syntheticEcg({ fs, seconds: 40, bpm, amplitudeMv: 0.8, rrJitter: 0.01 });
        const found = detectAll({ fs, profile }, x).beats.map((b) => b.sample);
        const { missed, extra } = match(peaks, found, fs);
        expect({ missed, extra }).toEqual(NONE);
      });
});

describe('with mains', () => {
  for (const [fs, hz] of [
    [250, 50],
    [250, 60],
    [360, 60],
    [500, 50],
    [1000, 60],
  ] as const)
    test(`of ${hz} Hz, as high as half the QRS, at ${fs} Hz: right from the first beat to the last`, () => {
      const mains = (i: number): number => 0.5 * Math.sin((2 * Math.PI * hz * i) / fs);
      expect(wrongBeats(disturbed(fs, [0, 0], (v, _, i) => v + mains(i)))).toEqual(NONE);
    });

  test('that comes later: right all the time', () => {
    const signal = disturbed(500, [20, 20.1], (v, _, i) => v + 0.3 * Math.sin((2 * Math.PI * 50 * i) / 500));
    expect(wrongBeats(signal)).toEqual(NONE);
  });
});

describe('with pacing pulses', () => {
  for (const fs of [250, 500, 1000])
    for (const mv of [2, -10, 700]) {
      const width = Math.max(1, Math.round(0.001 * fs));
      /** A pulse at sample 0 and its tail. */
      const pulse = (i: number): number =>
        i < 0 || i > 0.3 * fs
          ? 0
          : i < width
            ? mv
            : -Math.sign(mv) * Math.min(2, 0.1 * Math.abs(mv)) * Math.exp(-(i - width) / fs / 0.02);

      test(`of ${mv} mV before each beat at ${fs} Hz: each beat once, no pulse`, () => {
        const { x, peaks } = syntheticEcg({ fs, seconds: 60, bpm: 75 });
        for (const p of peaks)
          for (let k = 0; k < 0.3 * fs; k++) x[p - Math.round(0.06 * fs) + k] += pulse(k);
        expect(wrongBeats({ fs, x, peaks, from: 0, to: 0 })).toEqual(NONE);
      });

      test(`of ${mv} mV that capture nothing at ${fs} Hz: no beat, no trigger`, () => {
        const rng = new Rng('no capture');
        const every = Math.round(0.857 * fs);
        const x = Float64Array.from(
          { length: 40 * fs },
          (_, i) => 0.01 * rng.gaussian() + pulse((i + (every >> 1)) % every),
        );
        expect(detectAll({ fs }, x)).toEqual({ beats: [], syncs: [] });
      });
    }
});

describe.skipIf(DATA === undefined)(`on recordings${why}`, () => {
  const minutes = (name: string): { x: Float64Array; fs: number; peaks: number[] } => {
    const path = join(DATA ?? '', 'mitdb', name);
    const { x, fs } = readLead(path, 0);
    const n = 180 * fs;
    const peaks = marksOf(path).filter((a) => isBeat(a) && a.sample < n - fs); // prettier-ignore
    return { x: x.slice(0, n), fs, peaks: peaks.map((a) => a.sample) };
  };
  for (const name of ['103', '119', '234']) {
    test(`${name} with mains of 0.3 mV: every beat from the first on, and no other`, () => {
      const { x, fs, peaks } = minutes(name);
      for (let i = 0; i < x.length; i++) x[i] += 0.3 * Math.sin((2 * Math.PI * 50 * i) / fs);
      const { missed, extra } = wrongBeats({ fs, x, peaks, from: 179, to: 180 });
      expect({ missed, extra }).toEqual(NONE);
    });

    test(`${name} after 5 s at the rail, and after 10 s without signal: right within 2 s`, () => {
      for (const [value, tauS, seconds] of [
        [5, 0.3, 5],
        [NaN, 0.3, 10],
      ] as const) {
        const { x, fs, peaks } = minutes(name);
        const [from, to] = [60 * fs, (60 + seconds) * fs];
        x.fill(value, from, to);
        for (let i = to; i < to + 3 * fs && value === value; i++)
          x[i] = Math.min(5, x[i] + value * Math.exp(-(i - to) / fs / tauS));
        const wrong = wrongBeats({ fs, x, peaks, from: 60, to: 60 + seconds + 2 });
        // the last second of the record has no marks here
        expect(wrong.missed).toEqual([]);
        expect(wrong.extra.filter((t) => t < 179)).toEqual([]);
      }
    });
  }
});

describe('counts nothing', () => {
  for (const fs of RATES)
    test(`of 0.15 mV, peak to peak, at ${fs} Hz`, () => {
      expect(detectAll({ fs }, ofPeakToPeak(fs, 0.15).x)).toEqual({ beats: [], syncs: [] });
    });
});
