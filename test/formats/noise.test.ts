import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isNoisy, NoiseMixer, noiseGain, rms, trimmedMean } from '../../signals/artifacts/noise-stress.ts';
import { openRecord, readAnnotations } from '../../signals/formats/index.ts';
import { noiseCommand } from '../../src/app/commands/noise.ts';
import { qrsAmplitudes } from '../../src/app/records/amplitudes.ts';
import { Rng } from '../../src/core/rng.ts';
import { temporaryFolder } from './folder.ts';
import { outputOf } from './stdout.ts';

const DATA = process.env['RWAVE_DATA'];
const folder = temporaryFolder();
const plan = { fs: 10, cleanSeconds: 5, halfSeconds: 2 };

test('noise begins after the clean start and comes and goes', () => {
  const noisy = Array.from({ length: 130 }, (_, i) => i).filter((i) => isNoisy(i, plan));
  expect(noisy.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => 50 + i));
  expect(noisy.slice(20, 40)).toEqual(Array.from({ length: 20 }, (_, i) => 90 + i));
  expect(noisy).toHaveLength(40);
});

test('the SNR is that of a sine of the same height: 0 dB is RMS noise of height / (2 sqrt 2)', () => {
  expect(noiseGain(0, 100, 100 / (2 * Math.SQRT2))).toBeCloseTo(1);
  expect(noiseGain(6, 100, 10) / noiseGain(-6, 100, 10)).toBeCloseTo(10 ** (-12 / 20));
});

test('the mean leaves out a twentieth on each side, and the RMS is around the mean', () => {
  expect(trimmedMean([...Array.from({ length: 18 }, () => 5), -1000, 1000])).toBe(5);
  expect(rms(Int32Array.of(90, 110, 90, 110), 4)).toBe(10);
});

test('switching makes no step, and the noise has its gain while it is on', () => {
  const rng = new Rng('mix');
  const noise = Int32Array.from({ length: 130 }, () => 500 + rng.int(-50, 50));
  const out = new Int32Array(130).fill(1034);
  new NoiseMixer({ ...plan, gains: [2] }, [1024]).process([out], [noise], 130);
  const clean = Array.from({ length: 50 }, () => 1034);
  expect([...out.subarray(0, 50)]).toEqual(clean);
  for (let i = 50; i < 70; i++) expect(out[i] - out[49]).toBe(2 * (noise[i] - noise[49]));
  for (let i = 71; i < 90; i++) expect(out[i]).toBe(out[70]);
  expect(out[70]).toBe(out[69]);
});

test.skipIf(DATA === undefined)(
  'QRS are measured as sigamp does (skipped without data: RWAVE_DATA is not set)',
  () => {
    const check = `${DATA}/reference/wfdb-checkpkg`;
    const found = qrsAmplitudes(openRecord(`${check}/data/100s`), readAnnotations(`${check}/data/100s.atr`));
    const wanted = readFileSync(`${check}/expected/sigamp.out`, 'utf8').trim().split('\t').map(Number);
    expect(found.map((value) => Number(value.toPrecision(6)))).toEqual(wanted);
  },
);

test.skipIf(DATA === undefined)(
  '118 with em at 6 dB is the record 118e06 of the NSTDB, sample by sample (skipped without data: RWAVE_DATA is not set)',
  async () => {
    await outputOf(
      noiseCommand,
      ...`noise ${DATA}/mitdb/118 --add ${DATA}/nstdb/em --snr 6 -o ${folder}`.split(' '),
    );
    const csv = readFileSync(`${DATA}/formats/csv/118e06.csv`, 'utf8').trim().split('\n').map(Number);
    const reader = openRecord(join(folder, '118e06'));
    const out = new Int32Array(csv.length);
    reader.seek(500 * 360);
    expect(reader.readAdu([0], [out], csv.length)).toBe(csv.length);
    // Ours keeps the zero of the converter (1024) and says so in its header; the published one took it out.
    const wrong = csv.filter((mv, i) => Math.round(mv * 200) !== out[i] - 2 * 1024);
    expect(wrong).toEqual([]);
    expect(readAnnotations(join(folder, '118e06.atr'))).toEqual(readAnnotations(`${DATA}/mitdb/118.atr`));
  },
);
