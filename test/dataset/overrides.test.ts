/** The written rules of protocol P2, on signals made for them and on recordings (RWAVE_DATA). */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { RecordReader } from '../../src/core/record.ts';
import { Rng } from '../../src/core/rng.ts';
import { overridesText } from '../../src/dataset/overrides/file.ts';
import { measureOverrides } from '../../src/dataset/overrides/measure.ts';
import type { RhythmSpan } from '../../src/score/advice-reference.ts';

const DATA = process.env['RWAVE_DATA'];
const why = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';
const FS = 250;

/** A record of one signal in mV. */
function recordOf(seconds: number, at: (t: number) => number): RecordReader {
  const x = Float64Array.from({ length: seconds * FS }, (_, i) => at(i / FS));
  let position = 0;
  const read = (_leads: readonly number[], out: readonly Float64Array[], most: number): number => {
    const n = Math.min(most, x.length - position);
    out[0].set(x.subarray(position, position + n));
    position += n;
    return n;
  };
  return { header: { fs: FS, signals: [{ units: 'mV' }] }, read } as unknown as RecordReader;
}

function found(seconds: number, rhythm: string, at: (t: number) => number): string[] {
  const spans: RhythmSpan[] = [{ from: 0, to: seconds * FS, rhythm }];
  return measureOverrides(recordOf(seconds, at), 0, spans).map((o) => `${o.what} ${o.fromS}-${o.toS}`);
}

const sine = (hz: number, mv: number) => (t: number) => mv * Math.sin(2 * Math.PI * hz * t);
const rng = new Rng('overrides');
const hiss = (mv: number) => () => mv * rng.gaussian();

describe('the rules', () => {
  test('VF with its power in 2-8 Hz and over 0.2 mV is left alone', () => {
    expect(found(20, 'VF', sine(4.5, 0.5))).toEqual([]);
  });

  test('VF ruled by 1.5-Hz compressions is told, two seconds at a time', () => {
    const wave = (t: number): number => sine(4.5, 0.5)(t) + (t >= 20 && t < 40 ? sine(1.5, 2)(t) : 0);
    expect(found(60, 'VF', wave)).toEqual(['compressions 19-41']);
    expect(found(60, 'VT', wave).filter((o) => o.startsWith('compressions'))).toEqual([]);
  });

  test('VF under 0.2 mV is fine, VF over it is not', () => {
    expect(found(12, 'VF', sine(5, 0.09))).toEqual(['fineVF 1-11']);
    expect(found(12, 'VF', sine(5, 0.11))).toEqual([]);
  });

  test('asystole of 0.15 mV is not flat', () => {
    expect(found(12, 'ASYS', hiss(0.005))).toEqual([]);
    // The high-pass has forgotten the start after some seconds.
    expect(found(12, 'ASYS', sine(3, 0.09))).toEqual(['notFlat 1-11']);
  });

  test('a VT is slow by the rate of its whole episode', () => {
    const vt = (perMinute: number) => (t: number) =>
      Math.exp(-60 * ((((t * perMinute) / 60) % 1) - 0.5) ** 2);
    expect(found(30, 'VT', vt(140))).toEqual(['slowVT 0-30']);
    expect(found(30, 'VT', vt(170))).toEqual([]);
  });

  test('one value for a second is no signal; peaks that are clipped are', () => {
    const held = (t: number): number => (t >= 5 && t < 6.5 ? 2 : sine(5, 0.5)(t) + 0.001 * Math.sin(31 * t));
    expect(found(20, 'N', held)).toEqual(['saturation 5-6.5']);
    expect(found(20, 'VF', (t) => Math.max(-0.4, Math.min(0.4, sine(4.5, 1)(t))))).toEqual([]);
  });
});

describe.skipIf(DATA === undefined)(`the committed file${why}`, () => {
  test('is what the rules give for cu09, cu15, cu26 and 424', () => {
    const records = ['vfdb/424', 'cudb/cu09', 'cudb/cu15', 'cudb/cu26'];
    const file = resolve(import.meta.dirname, '..', '..', 'docs', 'advice', 'p2-overrides.tsv');
    const committed = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => records.some((r) => line.startsWith(`${r}\t`)));
    const now = overridesText(records.map((r) => join(DATA ?? '', r)));
    expect(now.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual(committed);
  });
});
