/**
 * Every WFDB signal format against the text that the original tools print for it. The commands are those of the data
 * README; each record went through `cut -f 2-`. Two of the expected files had -32768 ("no sample") replaced.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { rdannCommand } from '../../src/app/commands/rdann.ts';
import { rdsampCommand } from '../../src/app/commands/rdsamp.ts';
import { showCommand } from '../../src/app/commands/show.ts';
import { openRecord } from '../../signals/formats/index.ts';
import { outputOf } from './stdout.ts';

const DATA = process.env['RWAVE_DATA'];
const WFDB = `${DATA}/formats/wfdb`;
const EXPECTED = `${DATA}/formats/wfdb-expected`;
const CHECK = `${DATA}/reference/wfdb-checkpkg`;

function expected(name: string): string {
  if (['record-1f', 'record-flac', 'record-multi-fixed-d'].includes(name)) {
    return gunzipSync(readFileSync(`${EXPECTED}/${name}.gz`)).toString();
  }
  return readFileSync(`${EXPECTED}/${name}`, 'utf8');
}

function withoutTime(text: string): string {
  return text.replace(/^[^\t]*\t/gm, '');
}

/** Which line differs first: a whole file in a failure message helps nobody. */
function firstDifference(found: string, wanted: string): string {
  if (found === wanted) return '';
  const [a, b] = [found.split('\n'), wanted.split('\n')];
  const line = b.findIndex((text, i) => text !== a[i]);
  return `line ${line + 1}: expected "${b[line]}", found "${a[line]}"`;
}

describe.skipIf(DATA === undefined)(
  'the original tools (skipped without data: RWAVE_DATA is not set)',
  () => {
    test.each([
      ['1a', 'format 16', 'test01_00s'],
      ['1b', 'a byte offset', 'a103l -f 50 -t 160 -s 2 0 -P'],
      ['1c', 'a byte offset, adu', 'a103l -f 80 -s 0 1'],
      ['1d', 'format 80', '3000003_0003 -f 1 -t 8 -s 1 -P'],
      ['1f', 'formats 8 to 311', 'binformats'],
      ['flac', 'formats 508, 516, 524', 'flacformats'],
      ['2b', 'format 212', '100 -f 0.002 -t 30 -s 1'],
      ['2c', 'format 212 with an odd number of samples', '100_3chan -P'],
      ['2d', 'format 310', '310derive -f 0.007'],
      ['2e', 'format 311', '311derive -f 0.005 -t 3.91 -P'],
      ['3b', 'two signal files', 's0010_re -f 5 -t 38 -P -s 13 0 4 8 3'],
      ['4a', 'skew and several samples a frame', 'test01_00s_skewframe'],
      ['4b', 'several samples a frame, averaged', '03700181'],
      ['4c', 'the same in physical units', '03700181 -f 8 -t 128 -s 0 2 -P'],
      ['4d', 'every sample of a frame', 'test01_00s_skewframe -P -H'],
      [
        'multi-fixed-c',
        'segments of a fixed layout',
        'multi-segment/fixed1/v102s -f s70000 -t s80000 -s 1 0 3 -P',
      ],
      [
        'multi-fixed-d',
        'segments with several samples a frame',
        'multi-segment/041s/041s -s 3 2 1 -H',
        '-2048',
      ],
      [
        'multi-variable-a',
        'segments of a variable layout',
        'multi-segment/s00001/s00001-2896-10-10-00-31 -f s14428365 -t s14428375 -P',
      ],
      [
        'multi-variable-d',
        'gaps between segments',
        'multi-segment/p000878/p000878-2137-10-26-16-57 -f s3550 -t s7500 -s 0 1',
        '  -128',
      ],
    ])('rdsamp %s: %s', async (name, _what, line, invalid?: string) => {
      const [record, ...args] = line.split(' ');
      const found = withoutTime(await outputOf(rdsampCommand, 'rdsamp', '-r', `${WFDB}/${record}`, ...args));
      const shown = invalid === undefined ? found : found.replaceAll('-32768', invalid);
      expect(firstDifference(shown, expected(`record-${name}`))).toBe('');
    });

    test('rdsamp with headings', async () => {
      const found = await outputOf(
        rdsampCommand,
        'rdsamp',
        '-r',
        `${CHECK}/data/100s`,
        ...'-f 10 -t 11 -p -v'.split(' '),
      );
      expect(firstDifference(found, readFileSync(`${CHECK}/expected/rdsamp.out`, 'utf8'))).toBe('');
    });

    test.each([
      ['ann-1', '100', 'atr'],
      ['ann-2', '12726', 'anI'],
      ['ann-3', '1003', 'atr'],
    ])('rdann %s', async (name, record, annotator) => {
      const found = await outputOf(rdannCommand, 'rdann', '-r', `${WFDB}/${record}`, '-a', annotator);
      expect(firstDifference(found, expected(name))).toBe('');
    });

    test('rdann of the check package', async () => {
      const found = await outputOf(rdannCommand, 'rdann', '-r', `${CHECK}/data/100s`, '-a', 'atr');
      expect(firstDifference(found, readFileSync(`${CHECK}/expected/rdann.out`, 'utf8'))).toBe('');
    });

    test('show prints what wfdbdesc prints', async () => {
      const found = await outputOf(showCommand, 'show', `${CHECK}/data/100s`);
      expect(firstDifference(found, readFileSync(`${CHECK}/expected/wfdbdesc.out`, 'utf8'))).toBe('');
    });

    test.each(['n8_evoked_raw_95_F1_R9', 'n16', 'wave_4', 'drive02'])(
      '%s lacks its signal file, and says so',
      (name) => {
        expect(() => openRecord(`${WFDB}/${name}`)).toThrow(
          `${WFDB}/${name}.dat: expected the signal file that the header names, found no such file`,
        );
      },
    );

    test.each([
      '100-no-len',
      'a103l-no-len',
      '310derive_2',
      '311derive_2',
      '311derive_3',
      'p10143',
      'v102s',
      'test_generator_2',
      '100skew',
    ])('%s can be read to its end, and its checksums are right', (name) => {
      const reader = openRecord(`${WFDB}/${name}`);
      const leads = reader.header.signals.map((_, k) => k);
      const out = leads.map(() => new Float64Array(4096));
      let frames = 0;
      for (let n = reader.read(leads, out, 4096); n > 0; n = reader.read(leads, out, 4096)) frames += n;
      expect(frames).toBe((reader.header.length ?? 0) - (name === '100skew' ? 3 : 0));
      expect(reader.problems()).toEqual([]);
      reader.close();
    });
  },
);
