import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const DATA = process.env['RWAVE_DATA'];
const ROOT = resolve(import.meta.dirname, '..', '..');
const why = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';

interface Line {
  type: 'beat' | 'sync';
  sample: number;
  decidedAt: number;
}

describe.skipIf(DATA === undefined)(`rwave detect --json${why}`, () => {
  test('prints both streams in the order in which they were decided, none before it was known', () => {
    const record = join(DATA ?? '', 'mitdb', '208');
    const text = execFileSync(
      process.execPath,
      ['--import', 'tsx', 'src/app/main.ts', 'detect', record, '--json', '--to', '1:00'],
      { cwd: ROOT, encoding: 'utf8' },
    );
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines.filter((l) => l.type === 'beat').length).toBeGreaterThan(80);
    expect(lines.filter((l) => l.type === 'sync').length).toBeGreaterThan(80);
    const decided = lines.map((l) => l.decidedAt);
    expect(decided).toEqual(decided.toSorted((a, b) => a - b));
    expect(lines.every((l) => l.decidedAt >= l.sample)).toBe(true);
  });
});
