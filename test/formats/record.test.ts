import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openRecord, recordPaths, WfdbWriter, type WriteSignal } from '../../signals/formats/index.ts';
import type { RecordReader } from '../../src/core/record.ts';
import { Rng } from '../../src/core/rng.ts';
import { temporaryFolder } from './folder.ts';

const DATA = process.env['RWAVE_DATA'];
const folder = temporaryFolder();
const at = (name: string) => join(folder, name);

const MV: WriteSignal = {
  description: 'II',
  units: 'mV',
  adcGain: 200,
  baseline: 100,
  adcRes: 12,
  adcZero: 0,
};

function write(name: string, format: 16 | 212, leadCount: number, frames: number): Int32Array[] {
  const rng = new Rng(name);
  const leads = Array.from({ length: leadCount }, () =>
    Int32Array.from({ length: frames }, () => rng.int(-2047, 2047)),
  );
  const writer = new WfdbWriter(at(name), { fs: 250, format, signals: leads.map(() => MV) });
  writer.writeAdu(leads, frames);
  writer.close();
  return leads;
}

function readAll(reader: RecordReader, lead: number, step: () => number): number[] {
  const out = new Float64Array(5000);
  const all: number[] = [];
  for (let n = reader.read([lead], [out], step()); n > 0; n = reader.read([lead], [out], step())) {
    all.push(...out.subarray(0, n));
  }
  return all;
}

describe.each([
  [16, 1],
  [16, 3],
  [212, 1],
  [212, 2],
  [212, 3],
] as const)('format %i with %i leads', (format, leadCount) => {
  const name = `f${format}x${leadCount}`;
  const frames = 70_001;
  const leads = write(name, format, leadCount, frames);

  test('what is written is read back, however the reads are cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(leadCount - 1), (step, lead) => {
        const reader = openRecord(at(name));
        const values = readAll(reader, lead, () => step);
        expect(values.length).toBe(frames);
        const wrong = values.findIndex((value, i) => value !== (leads[lead][i] - 100) / 200);
        expect(wrong).toBe(-1);
        expect(reader.problems()).toEqual([]);
        reader.close();
      }),
      { numRuns: 8 },
    );
  });

  test('all leads together and after a jump, in adu', () => {
    const reader = openRecord(at(name));
    const wanted = leads.map((_, k) => k).reverse();
    const out = wanted.map(() => new Int32Array(frames));
    for (const from of [0, 65_537, 33, frames - 1]) {
      reader.seek(from);
      const n = reader.readAdu(wanted, out, 4000);
      expect(n).toBe(Math.min(4000, frames - from));
      wanted.forEach((lead, k) =>
        expect(out[k].subarray(0, n)).toEqual(leads[lead].subarray(from, from + n)),
      );
      expect(reader.position).toBe(from + n);
    }
    reader.close();
  });
});

describe('invalid samples', () => {
  test('-2048 in format 212 is a value, unless NaN is asked for; -32768 in format 16 is NaN', () => {
    for (const format of [212, 16] as const) {
      const writer = new WfdbWriter(at('inv'), { fs: 100, format, signals: [MV] });
      writer.write([Float64Array.of(NaN, 0.5)], 2);
      writer.close();
      const first = (options: object) => {
        const reader = openRecord(at('inv'), options);
        const out = new Float64Array(1);
        reader.read([0], [out], 1);
        reader.close();
        return out[0];
      };
      expect(first({})).toBe(format === 212 ? (-2048 - 100) / 200 : NaN);
      expect(first({ invalid: 'nan' })).toBeNaN();
    }
  });

  test('a value out of range is clipped and counted', () => {
    const writer = new WfdbWriter(at('clip'), { fs: 100, format: 212, signals: [MV] });
    writer.write([Float64Array.of(100, -100, 1)], 3);
    expect(writer.clipped).toBe(2);
    writer.close();
  });
});

describe('bad records', () => {
  test('a wrong checksum is told at the end, and not after a jump', () => {
    write('sum', 16, 2, 100);
    const text = readFileSync(at('sum.hea'), 'utf8');
    const good = /(-?\d+) 0 II\n$/.exec(text)?.[1] ?? '';
    writeFileSync(at('sum.hea'), text.replace(/-?\d+ 0 II\n$/, '7 0 II\n'));
    const reader = openRecord(at('sum'));
    const out = [new Float64Array(100), new Float64Array(100)];
    reader.read([0, 1], out, 60);
    expect(reader.problems()).toEqual([]);
    reader.read([0, 1], out, 100);
    expect(reader.problems()).toEqual([
      `${at('sum.dat')}: signal 1 (II): expected checksum 7, found ${good}`,
    ]);
    const other = openRecord(at('sum'));
    other.seek(50);
    other.read([1], out, 100);
    expect(other.problems()).toEqual([]);
  });

  test('a file that is too short for its header is refused', () => {
    write('short', 212, 2, 1000);
    truncateSync(at('short.dat'), 2000);
    expect(() => openRecord(at('short'))).toThrow(
      `${at('short.dat')}: expected 3000 bytes (1000 frames of 2 samples in format 212, as the header says), found 2000 bytes (666 frames)`,
    );
  });

  test('a file that is longer than its header says is explained when its checksum is wrong', () => {
    write('long', 16, 1, 100);
    writeFileSync(at('long.hea'), readFileSync(at('long.hea'), 'utf8').replace('250 100', '250 90'));
    const reader = openRecord(at('long'));
    expect(reader.read([0], [new Float64Array(200)], 200)).toBe(90);
    expect(reader.problems()[0]).toContain('(the file holds 100 frames, the header says 90)');
  });

  test('a missing length is taken from the file', () => {
    write('nolen', 212, 1, 77);
    writeFileSync(at('nolen.hea'), readFileSync(at('nolen.hea'), 'utf8').replace('250 77', '250'));
    expect(openRecord(at('nolen')).header.length).toBe(77);
  });

  test('a missing header, a missing signal file and an unknown format are told with their names', () => {
    expect(() => openRecord(at('nothing'))).toThrow(`${at('nothing')}: expected a record`);
    writeFileSync(at('lost.hea'), 'lost 1 250 10\nlost.dat 16\n');
    expect(() => openRecord(at('lost'))).toThrow(
      `${at('lost.dat')}: expected the signal file that the header names, found no such file`,
    );
    writeFileSync(at('odd.hea'), 'odd 1 250 10\nodd.dat 99\n');
    expect(() => openRecord(at('odd'))).toThrow('expected a signal format of 8, 16');
  });

  test('a folder needs a list of its records', () => {
    expect(() => recordPaths(folder)).toThrow(
      `${join(folder, 'RECORDS')}: expected a list of the records in this folder, found no such file`,
    );
    writeFileSync(at('RECORDS'), 'a\r\nb\n\n');
    expect(recordPaths(folder)).toEqual([at('a'), at('b')]);
    expect(recordPaths(at('a'))).toEqual([at('a')]);
  });
});

describe.skipIf(DATA === undefined)('real records (skipped without data: RWAVE_DATA is not set)', () => {
  test.each(['mitdb/100', 'cudb/cu01', 'vfdb/418', 'svdb/805', 'nstdb/em', 'cinc2015/a109l', 'ahadb/0201'])(
    '%s: every checksum is right',
    (name) => {
      const reader = openRecord(`${DATA}/${name}`);
      const leads = reader.header.signals.map((_, k) => k);
      const out = leads.map(() => new Float64Array(8192));
      while (reader.read(leads, out, 8192) > 0);
      expect(reader.position).toBe(reader.header.length);
      expect(reader.problems()).toEqual([]);
      reader.close();
    },
  );
});
