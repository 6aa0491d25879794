import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRecord, WfdbWriter } from '../../signals/formats/index.ts';
import { rdsampCommand } from '../../src/app/commands/rdsamp.ts';
import type { RecordReader } from '../../src/core/record.ts';
import { temporaryFolder } from './folder.ts';
import { outputOf } from './stdout.ts';

const DATA = process.env['RWAVE_DATA'];
const folder = temporaryFolder();

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

function values(reader: RecordReader, lead = 0): number[] {
  const out = [new Float64Array(7)];
  const all: number[] = [];
  for (let n = reader.read([lead], out, 7); n > 0; n = reader.read([lead], out, 7))
    all.push(...out[0].subarray(0, n));
  return all;
}

test('names, units and the rate come from the heading and the time column', () => {
  const reader = openRecord(
    file('head.csv', 'time,ECG (mV),SpO2 [%]\n0,0.1,98\n0.004,0.2,98\n0.008,-0.3,97\n'),
  );
  expect(reader.header).toMatchObject({ name: 'head', fs: 250, length: 3 });
  expect(reader.header.signals.map((s) => [s.description, s.units])).toEqual([
    ['ECG', 'mV'],
    ['SpO2', '%'],
  ]);
  expect(values(reader)).toEqual([0.1, 0.2, -0.3]);
});

test('without a heading the rate, column and unit stand behind the path', () => {
  const path = file('bare.csv', '1;10\r\n2;20\r\n3;30');
  expect(() => openRecord(path)).toThrow(
    `${path}: expected a column "time" or a rate; say it as ${path}?fs=250`,
  );
  const reader = openRecord(`${path}?fs=360&column=1&unit=uV`);
  expect(reader.header).toMatchObject({ fs: 360, length: 3 });
  expect(reader.header.signals).toMatchObject([{ description: 'column 1', units: 'uV' }]);
  expect(values(reader)).toEqual([10, 20, 30]);
  expect(() => openRecord(`${path}?hz=360`)).toThrow('found "hz=360"');
  expect(() => openRecord(`${path}?fs=360&column=7`)).toThrow(
    'expected a column of column 0, column 1, found "7"',
  );
});

test('cells that are no numbers are no samples, and are counted; a dash says so on purpose', () => {
  const reader = openRecord(`${file('bad.csv', '1\n-\nx\n4\n')}?fs=10`);
  expect(values(reader)).toEqual([1, NaN, NaN, 4]);
  expect(reader.problems()).toEqual([
    `${join(folder, 'bad.csv')}: 1 cells are not numbers, the first in row 3: "x"`,
  ]);
});

test('seek goes anywhere in a long file', () => {
  const rows = Array.from({ length: 20_001 }, (_, i) => `${i},${i + 0.5}`).join('\n');
  const reader = openRecord(`${file('long.csv', rows)}?fs=100`);
  expect(reader.header.length).toBe(20_001);
  const out = [new Float64Array(2)];
  for (const row of [0, 12_345, 4095, 4096, 19_999, 3]) {
    reader.seek(row);
    expect(reader.read([1], out, 2)).toBe(2);
    expect([...out[0]]).toEqual([row + 0.5, row + 1.5]);
  }
});

test('what rdsamp prints as CSV is a record again', async () => {
  const writer = new WfdbWriter(join(folder, 'rec'), {
    fs: 200,
    format: 16,
    signals: [{ description: 'II', units: 'mV', adcGain: 1000, baseline: 0, adcRes: 16, adcZero: 0 }],
  });
  writer.write([Float64Array.of(0.5, NaN, -1.25)], 3);
  writer.close();
  const text = await outputOf(rdsampCommand, 'rdsamp', '-r', join(folder, 'rec'), '-c', '-p', '-v');
  const reader = openRecord(file('back.csv', text));
  expect(reader.header).toMatchObject({ fs: 200, length: 3 });
  expect(reader.header.signals).toMatchObject([{ description: 'II', units: 'mV' }]);
  expect(values(reader)).toEqual([0.5, NaN, -1.25]);
  expect(reader.problems()).toEqual([]);
});

describe.skipIf(DATA === undefined)(
  'files of other tools (skipped without data: RWAVE_DATA is not set)',
  () => {
    test.each([
      ['formats/csv/ecg.txt', 1000, 1],
      ['formats/openbci/OpenBCI-GUI-2024-01-24_16-28-32.txt', 250, 1],
      ['formats/bitalino_opensignals/SampleECG.txt', 1000, 5],
      ['formats/csv/118e06.csv?fs=360', 360, 0],
      ['aami_ec13/aami3a.csv?fs=720', 720, 0],
    ])('%s at %d Hz', (name, fs, lead) => {
      const reader = openRecord(`${DATA}/${name}`);
      expect(reader.header.fs).toBe(fs);
      const lastLead = Math.min(lead, reader.header.signals.length - 1);
      const all = values(reader, lastLead);
      expect(all).toHaveLength(reader.header.length ?? 0);
      expect(all.length).toBeGreaterThan(1000);
      expect(new Set(all).size).toBeGreaterThan(10);
      expect(reader.problems()).toEqual([]);
    });
  },
);
