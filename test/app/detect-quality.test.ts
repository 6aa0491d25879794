/** `rwave detect --json --quality` on recordings with a lost electrode and with a pacemaker. */
import { describe, expect, test } from 'vitest';
import { detect } from './detect-run.ts';

const DATA = process.env['RWAVE_DATA'] || undefined;
const why = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';

interface Line {
  type: string;
  sample: number;
  quality?: string;
  sizeMv?: number;
}

async function linesOf(record: string, ...options: string[]): Promise<Line[]> {
  const { out, err, code } = await detect(`${DATA}/${record}`, '--json', ...options);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

describe.skipIf(DATA === undefined)(`rwave detect --quality${why}`, () => {
  test('tells where 116 loses its electrode, at the samples of the record, and leaves the other lines as they are', async () => {
    const lines = await linesOf('mitdb/116', '--quality', '--from', '23:00', '--to', '23:20');
    const [on, off] = lines.filter((l) => l.type === 'quality');
    // mitdb 116, lead 0: lost from 1391 to 1396 s, the converter at its end
    expect(on.quality).toBe('saturated');
    expect(on.sample / 360).toBeCloseTo(1391, 0);
    expect(off.quality).toBe('good');
    const plain = await linesOf('mitdb/116', '--from', '23:00', '--to', '23:20');
    expect(lines.filter((l) => l.type === 'beat' || l.type === 'sync')).toEqual(plain);
  });

  test("finds the pulses of cu32's pacemaker, each just before its beat", async () => {
    const lines = await linesOf('cudb/cu32', '--quality', '--from', '0:05', '--to', '0:25');
    const of = (type: string): number[] => lines.filter((l) => l.type === type).map((l) => l.sample);
    const beats = of('beat');
    expect(of('pacePulse').length).toBeGreaterThan(15);
    for (const pulse of of('pacePulse'))
      expect(beats.some((b) => b > pulse - 5 && b - pulse < 0.15 * 250)).toBe(true);
  });
});

test('--quality without --json is refused', async () => {
  const { code, err } = await detect('nowhere', '-a', 'qrs', '--quality');
  expect(code).toBe(2);
  expect(err).toContain('--quality: expected --json beside it, found none');
});
