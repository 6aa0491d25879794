/** `rwave summary` as its user meets it: files by their ending, losses told, one clear line for what is wrong. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { lineOf } from '../../src/app/black-box/format.ts';
import { summaryCommand } from '../../src/app/commands/summary.ts';
import { HEADER, STORY } from '../guidance/story.ts';

let folder: string;
let box: string;
let out = '';
let err = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rwave-summary-'));
  box = join(folder, 'a.box');
  const second = { ...HEADER, seed: '8' };
  const lines = [HEADER, ...STORY].map((r, n) => lineOf(n, r)).join('');
  writeFileSync(box, `${lines}${lineOf(0, second)}${lineOf(1, STORY[0]).slice(0, -9)}`);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  out = err = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
  return () => vi.restoreAllMocks();
});

function summary(...args: string[]): void {
  const program = new Command().exitOverride();
  summaryCommand.register(program);
  program.parse(['node', 'rwave', 'summary', ...args]);
}

test('prints the last run, and says on stderr how much of it was torn', () => {
  summary(box);
  expect(out).toContain('seed 8');
  expect(out).toContain('the log was cut here');
  expect(err).toMatch(/torn tail of \d+ bytes kept out/);
});

test('--run chooses another; --json is one object', () => {
  summary(box, '--run', '1', '--json');
  expect(JSON.parse(out)).toMatchObject({ run: { seed: '7' }, ended: true, shocks: [{ n: 1 }, { n: 2 }] });
});

test.each([
  ['html', '<!doctype html>'],
  ['pdf', '%PDF-1.4'],
  ['txt', 'rwave code summary'],
  ['json', '{"about"'],
])('-o writes .%s, once; --force again', (ending, start) => {
  const file = join(folder, `out.${ending}`);
  summary(box, '--run', '1', '-o', file);
  expect(readFileSync(file, 'latin1').startsWith(start)).toBe(true);
  expect(existsSync(`${file}.tmp`)).toBe(false);
  expect(out).toBe('');
  expect(() => summary(box, '-o', file)).toThrow(/expected no such file, found one; --force overwrites it/);
  expect(() => summary(box, '-o', file, '--force')).not.toThrow();
});

test.each([
  [['nowhere.box'], /expected a black box, found no such file/],
  [['BOX', '-o', 'x.doc'], /expected an ending of \.html, \.pdf, \.txt, \.json, found "x\.doc"/],
  [['BOX', '--run', '3'], /--run: expected 1 to 2, found 3/],
  [['OTHER'], /expected lines of "<crc> <n> \{json\}"/],
])('%j: one clear line', (args, message) => {
  const other = join(folder, 'other.box');
  writeFileSync(other, 'just some text\n');
  const known: Record<string, string> = { BOX: box, OTHER: other };
  expect(() => summary(...args.map((a) => known[a] ?? a))).toThrow(message);
});
