/** Chest compressions: seen in the ECG where they can be seen, never in VF or in a rhythm, and a channel knows better. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { artifactByName } from '../../signals/artifacts/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { ChestMotion, RhythmAnalyser } from '../../src/advisory/index.ts';
import { openRecord } from '../../signals/formats/index.ts';
import { CompressionWaveMeter, emptyWave } from '../../src/advisory/compression-wave.ts';
import type { Advice } from '../../src/core/advice.ts';
import { adviseRecord } from '../../src/dataset/advise.ts';
import { Rng } from '../../src/core/rng.ts';

const DATA = process.env['RWAVE_DATA'];
const why = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';
const FS = 250;
const S = FS;

function heart(rhythm: string, seconds: number, seed: string): Float64Array {
  const patient = new SimPatient({ fs: FS, rhythm, seed });
  const out = patient.leads.map(() => new Float64Array(seconds * FS));
  patient.render(out, seconds * FS);
  return out[0];
}

/** Adds compressions of 2 mV from `fromS` on. */
function compress(x: Float64Array, name: string, fromS: number, toS: number, seed: string): Float64Array {
  const y = x.slice();
  const run = artifactByName(name).start({ rng: new Rng(seed), startS: fromS, levelMv: 2 });
  for (let i = fromS * S; i < toS * S; i += 50) run.apply(i, FS, y, i, 50);
  return y;
}

function advices(x: Float64Array, tell?: (analyser: RhythmAnalyser, second: number) => void): Advice[] {
  const analyser = new RhythmAnalyser({ fs: FS });
  const heard: Advice[] = [];
  for (let second = 0; second < x.length / S; second++) {
    tell?.(analyser, second);
    analyser.process(x.slice(second * S, (second + 1) * S), S);
    for (let a = analyser.advices.take(); a !== undefined; a = analyser.advices.take()) heard.push(a);
  }
  return heard;
}

const during = (list: readonly Advice[]): Advice[] => list.filter((a) => a.rhythm === 'compressions');

test.each([
  ['cpr', 'sinus'],
  ['cpr', 'tachycardia'],
  ['cpr-machine', 'tachycardia'],
])(
  '%s over %s: advice waits from 3 to 10 s after their begin to 2 to 5 s after their end',
  (name, rhythm) => {
    for (const seed of ['b', 'c', 'd']) {
      const held = during(advices(compress(heart(rhythm, 45, seed), name, 5, 35, seed)));
      expect(held.every((a) => a.verdict === 'inconclusive')).toBe(true);
      const begin = held[0].to / FS - 5;
      const end = (held.at(-1)?.to ?? 0) / FS - 35;
      expect(begin).toBeGreaterThanOrEqual(3);
      expect(begin).toBeLessThanOrEqual(10);
      expect(end).toBeGreaterThanOrEqual(2);
      expect(end).toBeLessThanOrEqual(5);
      expect(held.length).toBeGreaterThan(25);
    }
  },
);

test.each(['vf', 'vfl', 'vt', 'sinus', 'tachycardia', 'af', 'pvcs', 'lbbb', 'paced', 'asystole'])(
  '%s alone is not taken for compressions',
  (rhythm) => {
    for (const seed of ['1', '2', '3']) expect(during(advices(heart(rhythm, 40, seed)))).toHaveLength(0);
  },
);

test('the numbers are told, with their limits', () => {
  const [advice] = during(advices(compress(heart('tachycardia', 20, 'a'), 'cpr-machine', 0, 20, 'b')));
  const rate = advice.evidence.find((e) => e.name === 'gate.compressionRate');
  expect(rate?.value).toBeGreaterThan(96);
  expect(rate?.value).toBeLessThan(108);
  expect(advice.evidence.find((e) => e.name === 'gate.compressions')?.limit).toBe(1.1);
});

test('a channel goes before the ECG: every window that it touches waits, and no other', () => {
  const list = advices(heart('sinus', 20, 'a'), (analyser, second) => {
    analyser.tellCompressions(second >= 8 && second < 10);
  });
  expect(during(list).map((a) => a.to / FS)).toEqual([9, 10, 11, 12]);
  const silent = compress(heart('sinus', 20, 'a'), 'cpr', 0, 20, 'b');
  expect(during(advices(silent)).length).toBeGreaterThan(5);
  expect(during(advices(silent, (analyser) => analyser.tellCompressions(false)))).toHaveLength(0);
});

test('contrast and share of a sine of 100/min are 2 and 1, of one of 240/min below 1', () => {
  const n = 5 * FS;
  const sine = (perMin: number): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * perMin * i) / (60 * FS)));
  const meter = new CompressionWaveMeter(FS, n);
  const wave = emptyWave();
  meter.measure(sine(100), 0.5, wave);
  expect(wave.contrast).toBeGreaterThan(1.9);
  expect(wave.share).toBeGreaterThan(0.85);
  expect(Math.abs(wave.ratePerMin - 100)).toBeLessThan(3);
  meter.measure(sine(240), 0.5, wave);
  expect(wave.share).toBeLessThan(0.05);
});

describe('an accelerometer', () => {
  const motion = (swing: (t: number) => number): (boolean | undefined)[] => {
    const watch = new ChestMotion({ fs: FS, minSwing: 2 });
    return Array.from({ length: 12 }, (_, second) => {
      const x = Float64Array.from({ length: FS }, (_v, i) => 9.8 + swing(second + i / FS));
      watch.process(x, FS);
      return watch.going;
    });
  };

  test('sees pushes within two seconds, and their end', () => {
    const going = motion((t) => (t >= 3 && t < 8 ? 2.5 * Math.sin(2 * Math.PI * 1.8 * t) : 0));
    expect(going[0]).toBeUndefined();
    expect(going.slice(1, 3)).toEqual([false, false]);
    expect(going.slice(5, 8)).toEqual([true, true, true]);
    expect(going.slice(10)).toEqual([false, false]);
  });

  test('small waves and one jolt are not pushes', () => {
    expect(motion((t) => 0.5 * Math.sin(2 * Math.PI * 1.8 * t))).not.toContain(true);
    expect(motion((t) => (t > 5 && t < 5.1 ? 6 : 0))).not.toContain(true);
  });
});

describe.skipIf(DATA === undefined)(`on recordings${why}`, () => {
  test.each(['cudb/cu01', 'cudb/cu10', 'mitdb/209'])('%s: nobody compresses', (record) => {
    const reader = openRecord(join(DATA ?? '', record));
    const list: Advice[] = [];
    adviseRecord(
      reader,
      { lead: 0 },
      (a) => list.push(a),
      () => undefined,
    );
    reader.close();
    expect(list.length).toBeGreaterThan(500);
    expect(during(list)).toEqual([]);
  });
});
