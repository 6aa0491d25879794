/** Recordings for benchmarks and training: samples of one lead, reference marks, and counting as bxb does. */
import { join } from 'node:path';
import { openRecord, readAnnotations, recordPaths } from '../../signals/formats/index.ts';
import { type Annotation, CODE, isQrs } from '../../src/core/annotations.ts';

export interface Lead {
  x: Float64Array;
  fs: number;
}

export function dataFolder(): string | undefined {
  const folder = process.env['RWAVE_DATA'];
  return folder === undefined || folder === '' ? undefined : folder;
}

/** Paths of the records of a database; ahadb has no list. */
export function recordsOf(folder: string, database: string): string[] {
  if (database === 'ahadb') return [join(folder, 'ahadb', '0201')];
  return recordPaths(join(folder, database));
}

export function readLead(path: string, lead: number): Lead {
  const reader = openRecord(path);
  const x = new Float64Array(reader.header.length ?? 0);
  for (let at = 0; at < x.length;) {
    const n = reader.read([lead], [x.subarray(at)], x.length - at);
    if (n === 0) break;
    at += n;
  }
  reader.close();
  return { x, fs: reader.header.fs };
}

export function marksOf(path: string): readonly Annotation[] {
  return readAnnotations(`${path}.atr`);
}

export const isBeat = (a: Annotation): boolean => isQrs(a.code);

/** Stretches of ventricular flutter and fibrillation, where beats do not count. */
export function flutterSpans(marks: readonly Annotation[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const { code, sample } of marks) {
    if (code === CODE.VFON) spans.push([sample, Infinity]);
    if (code === CODE.VFOFF && spans.length > 0) spans[spans.length - 1][1] = sample;
  }
  return spans;
}

export function within(spans: readonly [number, number][], sample: number): boolean {
  return spans.some(([from, to]) => sample >= from && sample <= to);
}
