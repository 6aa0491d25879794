/** The bars on recorded data: lead 0, one setting for everything, from the very first sample and from 5:00. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRecord, readAnnotations, recordPaths } from '../../signals/formats/index.ts';
import { type Annotation, CODE } from '../../src/core/annotations.ts';
import { detectAll, match } from './run.ts';

const DATA = process.env['RWAVE_DATA'] || undefined;
const why = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';

function lead0(path: string): { x: Float64Array; fs: number } {
  const reader = openRecord(path);
  const x = new Float64Array(reader.header.length ?? 0);
  for (let at = 0; at < x.length;) {
    const n = reader.read([0], [x.subarray(at)], x.length - at);
    if (n === 0) break;
    at += n;
  }
  reader.close();
  return { x, fs: reader.header.fs };
}

/** VF spans are left out, as in bxb. */
function spansOf(marks: readonly Annotation[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const { code, sample } of marks) {
    if (code === CODE.VFON) spans.push([sample, Infinity]);
    if (code === CODE.VFOFF) spans[spans.length - 1][1] = sample;
  }
  return spans;
}

/** What bxb counts as a beat: ecgmap.h of WFDB, without the flutter waves. */
const BEATS = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 25, 30, 34, 35, 38, 41]);

interface Counts {
  name: string;
  tp: number;
  fn: number;
  fp: number;
}

function score(path: string, fromSeconds: number): Counts {
  const { x, fs } = lead0(path);
  const marks = readAnnotations(`${path}.atr`);
  const spans = spansOf(marks);
  const counts = (s: number): boolean => s >= fromSeconds * fs && !spans.some(([a, b]) => s >= a && s <= b);
  const reference = marks.filter((a) => BEATS.has(a.code) && counts(a.sample)).map((a) => a.sample);
  const found = detectAll({ fs }, x).beats.map((b) => b.sample);
  const { matched, missed, extra } = match(reference, found.filter(counts), fs);
  return { name: path.split('/').at(-1) ?? path, tp: matched.length, fn: missed.length, fp: extra.length };
}

const gross = (all: readonly Counts[]): { se: number; p: number } => {
  const [tp, fn, fp] = (['tp', 'fn', 'fp'] as const).map((k) => all.reduce((sum, c) => sum + c[k], 0));
  return { se: (100 * tp) / (tp + fn), p: (100 * tp) / (tp + fp) };
};

describe.skipIf(DATA === undefined)(`on recordings${why}`, () => {
  for (const from of [0, 300])
    test(
      `mitdb lead 0 from ${from} s: gross Se >= 99.93, +P >= 99.95, no record below 99.5`,
      { timeout: 60_000 },
      () => {
        const all = recordPaths(join(DATA ?? '', 'mitdb')).map((path) => score(path, from));
        expect(gross(all).se).toBeGreaterThanOrEqual(99.93);
        expect(gross(all).p).toBeGreaterThanOrEqual(99.95);
        for (const c of all) {
          const { se, p } = gross([c]);
          // 116 loses its electrode: about 15 annotated beats have no signal
          expect(se, `Se of ${c.name}`).toBeGreaterThanOrEqual(c.name === '116' ? 98.9 : 99.5);
          expect(p, `+P of ${c.name}`).toBeGreaterThanOrEqual(c.name === '104' ? 99 : 99.5);
        }
      },
    );
});
