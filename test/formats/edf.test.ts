import { copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRecord } from '../../signals/formats/index.ts';
import type { RecordReader } from '../../src/core/record.ts';
import { temporaryFolder } from './folder.ts';

const DATA = process.env['RWAVE_DATA'];
const folder = temporaryFolder();

interface Made {
  /** Samples of each signal in one data record. */
  samples: number[];
  records: { start: number; values: number[][] }[];
  seconds: number;
  kind?: string;
}

/** An EDF file of 16-bit samples in -32768..32767 uV, 1 adu = 1 uV; the last signal is the text of EDF+. */
function makeEdf(name: string, made: Made): string {
  const { samples, records, seconds, kind = 'EDF+C' } = made;
  const text = 20;
  const all = [...samples, text];
  const pad = (value: string | number, width: number) => String(value).padEnd(width);
  const each = (width: number, f: (i: number) => string | number) =>
    all.map((_, i) => pad(f(i), width)).join('');
  const isText = (i: number) => i === samples.length;
  const header = [
    pad('0', 8) + pad('X X X X', 80) + pad('Startdate X', 80) + '24.01.2004.05.56',
    pad(256 * (all.length + 1), 8) +
      pad(kind, 44) +
      pad(records.length, 8) +
      pad(seconds, 8) +
      pad(all.length, 4),
    each(16, (i) => (isText(i) ? 'EDF Annotations' : `ECG ${i}`)) + each(80, () => '') + each(8, () => 'uV'),
    each(8, () => -32768) + each(8, () => 32767) + each(8, () => -32768) + each(8, () => 32767),
    each(80, () => '') + each(8, (i) => all[i]) + each(32, () => ''),
  ].join('');
  const parts = [Buffer.from(header, 'latin1')];
  for (const { start, values } of records) {
    parts.push(Buffer.from(Int16Array.from(values.flat()).buffer));
    parts.push(Buffer.from(`+${start}\x14\x14\0`.padEnd(2 * text, '\0'), 'latin1'));
  }
  const path = join(folder, name);
  writeFileSync(path, Buffer.concat(parts));
  return path;
}

function readAll(reader: RecordReader, lead: number, step = 3): number[] {
  const all: number[] = [];
  const out = [new Float64Array(step)];
  for (let n = reader.read([lead], out, step); n > 0; n = reader.read([lead], out, step))
    all.push(...out[0].subarray(0, n));
  return all;
}

test('the fastest signal sets the rate, a slower one holds its value', () => {
  const records = [
    {
      start: 0,
      values: [
        [1, 2, 3, 4],
        [10, 20],
      ],
    },
    {
      start: 2,
      values: [
        [5, 6, 7, 8],
        [30, 40],
      ],
    },
  ];
  const reader = openRecord(makeEdf('rates.edf', { samples: [4, 2], records, seconds: 2 }));
  expect(reader.header).toMatchObject({
    name: 'rates',
    fs: 2,
    length: 8,
    baseTime: '04:05:56',
    baseDate: '24/01/2020',
  });
  expect(reader.header.signals.map((s) => s.description)).toEqual(['ECG 0', 'ECG 1']);
  expect(readAll(reader, 0)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  reader.seek(1);
  expect(readAll(reader, 1)).toEqual([10, 20, 20, 30, 30, 40, 40]);
});

test('gaps of a discontinuous file are NaN, as long as they lasted', () => {
  const records = [
    { start: 5, values: [[1, 2]] },
    { start: 7.5, values: [[3, 4]] },
  ];
  const reader = openRecord(makeEdf('gaps.edf', { samples: [2], records, seconds: 1, kind: 'EDF+D' }));
  expect(reader.header.length).toBe(7);
  expect(readAll(reader, 0)).toEqual([1, 2, NaN, NaN, NaN, 3, 4]);
  reader.seek(4);
  expect(readAll(reader, 0)).toEqual([NaN, 3, 4]);
});

test('a file that is cut off, or is no EDF, is refused with its name', () => {
  const path = makeEdf('cut.edf', { samples: [2], records: [{ start: 0, values: [[1, 2]] }], seconds: 1 });
  const copy = join(folder, 'cut2.edf');
  copyFileSync(path, copy);
  truncateSync(copy, readFileSync(path).length - 1);
  expect(() => openRecord(copy)).toThrow(`${copy}: expected`);
  writeFileSync(copy, 'hello');
  expect(() => openRecord(copy)).toThrow(`${copy}: expected a header of 256 bytes, found 5`);
});

describe.skipIf(DATA === undefined)('real files (skipped without data: RWAVE_DATA is not set)', () => {
  test('test_generator_2 has the same samples as its WFDB twin', () => {
    const edf = openRecord(`${DATA}/formats/wfdb/test_generator_2.edf`);
    const twin = openRecord(`${DATA}/formats/wfdb/test_generator_2`);
    expect(edf.header.fs).toBe(200);
    const leads = twin.header.signals
      .map((_, k) => k)
      .filter((k) => twin.header.signals[k].samplesPerFrame === 200);
    expect(leads.length).toBeGreaterThan(9);
    const a = leads.map(() => new Int32Array(20_000));
    const b = leads.map(() => new Int32Array(20_000));
    expect(edf.readAdu(leads, a, 20_000)).toBe(20_000);
    expect(twin.readSamplesAdu(leads, b, 100)).toBe(100);
    expect(a).toEqual(b);
  });

  test('ahadb 0201 as EDF is the same ECG as in WFDB', () => {
    const edf = openRecord(`${DATA}/ahadb/0201.edf`);
    const wfdb = openRecord(`${DATA}/ahadb/0201`);
    expect(edf.header.fs).toBe(250);
    const [a, b] = [new Float64Array(50_000), new Float64Array(50_000)];
    edf.read([0], [a], 50_000);
    wfdb.read([0], [b], 50_000);
    const perMv = edf.header.signals[0].units === 'uV' ? 1000 : 1;
    const worst = a.reduce((max, value, i) => Math.max(max, Math.abs(value / perMv - b[i])), 0);
    expect(worst).toBeLessThan(0.0025);
  });

  test('a file with nothing but notes is no record', () => {
    expect(() => openRecord(`${DATA}/formats/wfdb/test_edfann.edf`)).toThrow('found annotations only');
  });

  test.each([
    ['edf/test_generator.edf', 12],
    ['edf/test_generator.bdf', 6],
    ['edf/test_generator_datarec_generator_0_5.bdf', 6],
    ['edf/test_generator_datarec_generator_2.bdf', 6],
    ['edf/test_subsecond.edf', 2],
    ['edf/test_utf8.edf', 2],
    ['edf/cardio_sample.edf', 1],
  ])('%s can be read to its end', (name, atMost) => {
    const reader = openRecord(`${DATA}/formats/${name}`);
    expect(reader.header.signals.length).toBeLessThanOrEqual(Math.max(1, atMost));
    const leads = reader.header.signals.map((_, k) => k);
    const out = leads.map(() => new Float64Array(5000));
    let frames = 0;
    for (let n = reader.read(leads, out, 5000); n > 0; n = reader.read(leads, out, 5000)) frames += n;
    expect(frames).toBe(reader.header.length);
  });
});
