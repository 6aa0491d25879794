import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAnnotations } from '../../signals/formats/index.ts';
import { temporaryFolder } from '../formats/folder.ts';
import { detect, writeHeader, writeRecord } from './detect-run.ts';

const DATA = process.env['RWAVE_DATA'];
const ROOT = resolve(import.meta.dirname, '..', '..');
const why = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';

interface Line {
  record: string;
  lead: number;
  type: 'beat' | 'sync';
  sample: number;
  decidedAt: number;
  class?: string;
  rrMs?: number | null;
}

const linesOf = (text: string): Line[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);

const folder = temporaryFolder();
const at = (...names: string[]) => join(folder, ...names);
const A = at('a');
const B = at('b');
writeRecord(A, 20);
writeRecord(B, 12);
const FS = 360;
/** R peaks of lead 0 of `a`. */
const PEAKS = Array.from({ length: 25 }, (_, k) => Math.round((0.5 + 0.8 * k) * FS));
const close = (samples: readonly number[]) =>
  samples.map((s) => PEAKS.findIndex((p) => Math.abs(p - s) <= 4));

describe('rwave detect', () => {
  test('--json prints both streams with every field; -a writes the same beats', async () => {
    const { code, out, err } = await detect(A, '--json', '-a', 'qrs', '-o', at('both'));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const lines = linesOf(out);
    const beats = lines.filter((l) => l.type === 'beat');
    expect(Object.keys(beats[0])).toEqual(['record', 'lead', 'type', 'sample', 'decidedAt', 'class', 'rrMs']);
    const syncs = lines.filter((l) => l.type === 'sync');
    expect(Object.keys(syncs[0])).toEqual([...Object.keys(beats[0]), 'sure']);
    expect([syncs[0].class, syncs[0].rrMs]).toEqual([null, null]);
    expect(syncs[5].rrMs).toBeCloseTo(800, -1);
    expect(lines.every((l) => l.record === 'a' && l.lead === 0)).toBe(true);
    expect(close(beats.map((b) => b.sample))).toEqual(PEAKS.map((_, k) => k));
    expect(beats[5].rrMs).toBeCloseTo(800, -1);
    const written = readAnnotations(at('both', 'a.qrs'), { fs: FS });
    expect(written.map((a) => a.sample)).toEqual(beats.map((b) => b.sample));
  });

  test('--json alone writes no file, -a alone prints nothing', async () => {
    const before = readdirSync(folder);
    expect(linesOf((await detect(A, '--json')).out).length).toBeGreaterThan(25);
    expect(readdirSync(folder)).toEqual(before);
    expect(await detect(A, '-a', 'alone', '-o', folder)).toEqual({ code: 0, out: '', err: '' });
    expect(readAnnotations(at('a.alone'), { fs: FS }).length).toBe(25);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('--lead N looks at that signal, and says so in the annotations', async () => {
    const { out } = await detect(A, '--json', '-a', 'lead1', '-o', folder, '--lead', '1');
    const beats = linesOf(out).filter((l) => l.type === 'beat');
    expect(beats.every((b) => b.lead === 1)).toBe(true);
    expect(close(beats.map((b) => b.sample - 0.2 * FS)).includes(-1)).toBe(false);
    expect(readAnnotations(at('a.lead1'), { fs: FS }).every((a) => a.chan === 1)).toBe(true);
  });

  test('--from and --to cut, samples count from the start of the record', async () => {
    const { out } = await detect(A, '--json', '--from', '0:05', '--to', '10.5');
    const samples = linesOf(out).map((l) => l.sample);
    expect(Math.min(...samples)).toBeGreaterThanOrEqual(5 * FS);
    expect(Math.max(...samples)).toBeLessThan(10.5 * FS);
    const beats = linesOf(out).filter((l) => l.type === 'beat');
    expect(close(beats.map((b) => b.sample))).toEqual([6, 7, 8, 9, 10, 11, 12]);
  });

  test('an annotation file is not overwritten without --force, and then nothing at all is done', async () => {
    writeFileSync(at('b.kept'), 'mine');
    const refused = await detect(A, B, '-a', 'kept', '-o', folder);
    expect(refused).toEqual({
      code: 2,
      out: '',
      err: `rwave: ${at('b.kept')}: expected no such file, found one; --force overwrites it\n`,
    });
    expect(existsSync(at('a.kept'))).toBe(false);
    expect(readFileSync(at('b.kept'), 'utf8')).toBe('mine');
    expect((await detect(A, B, '-a', 'kept', '-o', folder, '--force')).code).toBe(0);
    expect(readAnnotations(at('b.kept'), { fs: FS }).length).toBe(15);
  });
});

describe('rwave detect with several records', () => {
  const many = [A, B, at('nosuch'), B, A, at('short'), B];
  writeRecord(at('short'), 5);
  truncateSync(at('short.dat'), 1000);

  test('an unreadable one is told in its place, the others are done, the exit code is 2', async () => {
    const { code, out, err } = await detect(...many, '--json');
    expect(code).toBe(2);
    expect(
      linesOf(out)
        .map((l) => l.record)
        .filter((r, i, all) => r !== all[i - 1]),
    ).toEqual(['a', 'b', 'a', 'b']);
    expect(err).toBe(
      `rwave: ${at('nosuch')}: expected a record (${at('nosuch')}.hea), found no such file\n` +
        `rwave: ${at('short.dat')}: expected 5400 bytes (1800 frames of 2 samples in format 212, as the header says), ` +
        `found 1000 bytes (333 frames)\n`,
    );
  });

  test('--jobs N: the same bytes on both outputs and in the files', async () => {
    writeRecord(at('c'), 8);
    const records = [A, at('nosuch'), B, at('short'), at('c')];
    const one = await detect(...records, '--json', '-a', 'qrs', '-o', at('jobs1'));
    const two = await detect(...records, '--json', '-a', 'qrs', '-o', at('jobs2'), '--jobs', '2');
    expect(two).toEqual(one);
    expect(readdirSync(at('jobs2'))).toEqual(['a.qrs', 'b.qrs', 'c.qrs']);
    for (const name of readdirSync(at('jobs2')))
      expect(readFileSync(at('jobs2', name))).toEqual(readFileSync(at('jobs1', name)));
  });

  test('a folder means the records that its RECORDS lists', async () => {
    mkdirSync(at('db'));
    writeRecord(at('db', 'x'), 5);
    writeRecord(at('db', 'y'), 5);
    writeFileSync(at('db', 'RECORDS'), 'y\r\nx\r\n');
    const { out } = await detect(at('db'), '--json');
    expect([...new Set(linesOf(out).map((l) => l.record))]).toEqual(['y', 'x']);
  });

  test('a wrong checksum is told at the end of its record, and what was written stands', async () => {
    writeRecord(at('sum'), 5);
    const header = readFileSync(at('sum.hea'), 'utf8');
    const wrong = header.replace(/^(sum\.dat 212 \S+ 12 0 -?\d+) (-?\d+)/m, '$1 4711');
    expect(wrong).not.toBe(header);
    writeHeader(at('sum'), wrong);
    const told = await detect(at('sum'), B, '-a', 'qrs', '-o', at('sums'));
    expect(told.code).toBe(2);
    expect(told.err).toMatch(/^rwave: \S*sum\.dat: signal 0 \(II\): expected checksum 4711, found -?\d+\n$/);
    expect(readdirSync(at('sums'))).toEqual(['b.qrs', 'sum.qrs']);
    const silent = await detect(at('sum'), '-a', 'qrs', '-o', at('sums'), '--force', '--no-checksum');
    expect(silent).toEqual({ code: 0, out: '', err: '' });
  });
});

describe('rwave detect refuses in one line, with exit code 2', () => {
  writeHeader(at('slow'), 'slow 1 50 100\nslow.dat 212 200 12 0\n');
  writeFileSync(at('slow.dat'), new Uint8Array(150));
  writeHeader(at('fast'), 'fast 1 20000 100\nfast.dat 212 200 12 0\n');
  writeFileSync(at('fast.dat'), new Uint8Array(150));
  writeHeader(at('none'), 'none 0 360 100\n');
  writeHeader(at('odd'), 'odd 1 360 100\nodd.dat 7 200 12 0\n');
  writeHeader(at('gone'), 'gone 1 360 100\ngone.dat 212 200 12 0\n');
  mkdirSync(at('empty'));
  mkdirSync(at('twin'));
  writeRecord(at('twin', 'a'), 2);
  writeFileSync(at('file'), '');

  test.each<[string, string[], string]>([
    [
      'nothing to do',
      [A],
      'detect: expected -a NAME to write annotations, or --json to print, found neither',
    ],
    ['a lead that is not there', [A, '--json', '--lead', '2'], `--lead: ${A} has signals 0..1, found 2`],
    ['a start behind the end', [A, '--json', '--from', '21'], `--from: ${A} ends before 21 s`],
    [
      'an end before the start',
      [A, '--json', '--from', '5', '--to', '5'],
      '--to: expected more than --from 5 s, found 5',
    ],
    ['a name with a dot', [A, '-a', 'q.rs'], '-a: expected a name of letters, digits, - and _, found "q.rs"'],
    [
      "the record's own name",
      [A, '-a', 'dat', '--force'],
      `-a: expected a name that is not a record's own, found "dat"`,
    ],
    [
      'a file as folder',
      [A, '-a', 'q', '-o', at('file')],
      `-o: cannot make the folder "${at('file')}": it is a file`,
    ],
    [
      'a folder in a file',
      [A, '-a', 'q', '-o', at('file', 'sub')],
      `-o: cannot make the folder "${at('file', 'sub')}": a part of the path is not a folder`,
    ],
    [
      'two records of one name',
      [A, at('twin', 'a'), '-a', 'q', '-o', at('twins')],
      `${at('twins', 'a.q')}: expected records of different names, found two of this one`,
    ],
    ['too slow', [at('slow'), '--json'], `${at('slow')}: expected 100..5000 Hz, found 50 Hz`],
    ['too fast', [at('fast'), '--json'], `${at('fast')}: expected 100..5000 Hz, found 20000 Hz`],
    ['no signal', [at('none'), '--json'], `${at('none')}: expected a signal, found none`],
    [
      'no signal file',
      [at('gone'), '--json'],
      `${at('gone.dat')}: expected the signal file that the header names, found no such file`,
    ],
    [
      'no list of records',
      [at('empty'), '--json'],
      `${at('empty', 'RECORDS')}: expected a list of the records in this folder, found no such file`,
    ],
  ])('%s', async (_, args, message) => {
    expect(await detect(...args)).toEqual({ code: 2, out: '', err: `rwave: ${message}\n` });
  });

  test.each<[string[], string]>([
    [
      ['--lead', 'II'],
      `option '--lead <n>' argument 'II' is invalid. expected a whole number 0..999, found "II"`,
    ],
    [
      ['--from', '1:2:3:4'],
      `option '--from <time>' argument '1:2:3:4' is invalid. expected seconds or h:mm:ss, found "1:2:3:4"`,
    ],
    [
      ['--profile', 'cat'],
      `option '--profile <name>' argument 'cat' is invalid. expected adult, child or newborn, found "cat"`,
    ],
    [
      ['--jobs', '0'],
      `option '--jobs <n>' argument '0' is invalid. expected a whole number 1..256, found "0"`,
    ],
    [['--jsn'], `unknown option '--jsn'\n(Did you mean --json?)`],
  ])('%j', async (args, message) => {
    expect(await detect(A, '--json', ...args)).toEqual({ code: 2, out: '', err: `error: ${message}\n` });
  });

  test('a format that is not known, with the ones that are', async () => {
    const { code, out, err } = await detect(at('odd'), '--json');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^rwave: \S*odd\.hea: .*expected .* found "?7"?\n$/);
  });
});

test('rwave detect as a person runs it: exit code, one line on stderr, threads from the sources', () => {
  const args = ['--import', 'tsx', 'src/app/main.ts', 'detect', A, at('nosuch'), B, '--json', '--jobs', '2'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toBe(
    `rwave: ${at('nosuch')}: expected a record (${at('nosuch')}.hea), found no such file\n`,
  );
  expect([...new Set(linesOf(stdout).map((l) => l.record))]).toEqual(['a', 'b']);
});

describe.skipIf(DATA === undefined)(`rwave detect --json${why}`, () => {
  test('prints both streams in the order in which they were decided, none before it was known', () => {
    const record = join(DATA ?? '', 'mitdb', '208');
    const text = execFileSync(
      process.execPath,
      ['--import', 'tsx', 'src/app/main.ts', 'detect', record, '--json', '--to', '1:00'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    const lines = linesOf(text);
    expect(lines.filter((l) => l.type === 'beat').length).toBeGreaterThan(80);
    expect(lines.filter((l) => l.type === 'sync').length).toBeGreaterThan(80);
    const decided = lines.map((l) => l.decidedAt);
    expect(decided).toEqual(decided.toSorted((a, b) => a - b));
    expect(lines.every((l) => l.decidedAt >= l.sample)).toBe(true);
  });
});
