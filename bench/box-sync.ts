/**
 * The box's synchroniser on recordings: when its marker comes, measured from the annotated R.
 *
 *   RWAVE_DATA=... tsx bench/box-sync.ts [mitdb] [--from 300]
 *
 * Lead 0, from 5:00. A marker belongs to the nearest annotated beat within 150 ms; `early` and `late` are more than 60 ms
 * away from it on the sample clock, `stray` belongs to none, `missed` are beats without a marker.
 */
import { join } from 'node:path';
import { isQrs } from '../src/core/annotations.ts';
import { UsageError } from '../src/core/errors.ts';
import { FrontEnd } from '../firmware-sim/front-end.ts';
import { Synchroniser } from '../firmware-sim/synchroniser.ts';
import { openRecord, readAnnotations, recordPaths } from '../signals/formats/index.ts';
import { RecordPatient } from '../signals/patient/record-patient.ts';

const MATCH_MS = 150;
const WINDOW_MS = 60;
const FROM_S = 300;

interface Row {
  record: string;
  beats: number;
  missed: number;
  stray: number;
  outside: number;
}
const delaysMs: number[] = [];

function measure(path: string): Row {
  const reader = openRecord(path);
  const [signal] = reader.header.signals;
  const frontEnd = new FrontEnd(new RecordPatient(reader, { lead: 0 }), {
    adcGain: signal.adcGain,
    rangeMv: 30,
  });
  const synchroniser = new Synchroniser(frontEnd.fs);
  const markers: number[] = [];
  for (let first = 0, n = 0; (n = frontEnd.acquire(50, 0)) > 0; first += n) {
    synchroniser.process(frontEnd.mv, first, n, (r) => markers.push(r.decidedAt));
  }
  reader.close();
  const { fs } = frontEnd;
  const beats = readAnnotations(`${path}.atr`)
    .filter((a) => isQrs(a.code) && a.sample >= FROM_S * fs)
    .map((a) => a.sample);
  const row: Row = {
    record: path.split('/').at(-1) ?? path,
    beats: beats.length,
    missed: 0,
    stray: 0,
    outside: 0,
  };
  const marked = new Set<number>();
  let at = 0;
  for (const marker of markers.filter((m) => m >= FROM_S * fs)) {
    while (at + 1 < beats.length && Math.abs(beats[at + 1] - marker) <= Math.abs(beats[at] - marker)) at++;
    const ms = ((marker - beats[at]) * 1000) / fs;
    if (Math.abs(ms) > MATCH_MS || marked.has(at)) {
      row.stray++;
      continue;
    }
    marked.add(at);
    delaysMs.push(ms);
    if (Math.abs(ms) > WINDOW_MS) row.outside++;
  }
  row.missed = beats.length - marked.size;
  return row;
}

const data = process.env['RWAVE_DATA'];
if (data === undefined)
  throw new UsageError('RWAVE_DATA: expected the folder with the recordings, found nothing');
const set = process.argv[2] ?? 'mitdb';
const rows = recordPaths(join(data, set)).map(measure);
for (const row of rows) {
  if (row.missed + row.stray + row.outside > 0) console.log(JSON.stringify(row));
}
const sum = (key: 'beats' | 'missed' | 'stray' | 'outside'): number =>
  rows.reduce((s, row) => s + row[key], 0);
const sorted = delaysMs.toSorted((a, b) => a - b);
const at = (share: number): number => Math.round(sorted[Math.floor(share * (sorted.length - 1))] * 10) / 10;
console.log(
  JSON.stringify({
    set,
    records: rows.length,
    beats: sum('beats'),
    markers: delaysMs.length + sum('stray'),
    missed: sum('missed'),
    stray: sum('stray'),
    outside60ms: sum('outside'),
    within60msPercent: Math.round(1e4 * (1 - sum('outside') / delaysMs.length)) / 100,
    delayMs: { min: at(0), p1: at(0.01), p50: at(0.5), p99: at(0.99), max: at(1) },
  }),
);
