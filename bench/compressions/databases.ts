/** Seconds told as compressions in databases where nobody marked any, by the rhythm of the second. */
import { basename } from 'node:path';
import { rhythmSpans } from '../../src/score/advice-reference.ts';
import { marksOf, readLead, recordsOf } from '../lib/records.ts';
import { toldSeconds } from './told.ts';

interface Tally {
  records: Set<string>;
  seconds: number;
  told: Map<string, number>;
}

function groupOf(rhythm: string): string {
  if (rhythm === 'VF' || rhythm === 'VFL') return 'VF, VFL';
  return ['VT', 'NOISE', 'ASYS'].includes(rhythm) ? rhythm : 'other rhythms';
}

/** One row for each group of rhythms. */
export function falseSeconds(folder: string, database: string): string[][] {
  const tallies = new Map<string, Tally>();
  for (const path of recordsOf(folder, database)) addRecord(path, tallies);
  return [...tallies]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([group, t]) => rowOf(`${database}, ${group}`, t));
}

function addRecord(path: string, tallies: Map<string, Tally>): void {
  const { x, fs } = readLead(path, 0);
  const spans = rhythmSpans(marksOf(path), x.length);
  const record = basename(path);
  toldSeconds(x, fs).forEach(({ going }, second) => {
    const rhythm = spans.find((s) => s.to > second * fs)?.rhythm ?? '';
    const group = groupOf(rhythm);
    const tally = tallies.get(group) ?? { records: new Set(), seconds: 0, told: new Map<string, number>() };
    tallies.set(group, tally);
    tally.records.add(record);
    tally.seconds++;
    if (going) tally.told.set(record, (tally.told.get(record) ?? 0) + 1);
  });
}

function rowOf(name: string, { records, seconds, told }: Tally): string[] {
  const total = [...told.values()].reduce((a, b) => a + b, 0);
  const most = [...told].sort((a, b) => b[1] - a[1]).slice(0, 4);
  return [
    name,
    `${records.size}`,
    `${seconds}`,
    `${total}`,
    ((100 * total) / seconds).toFixed(2),
    most.map(([record, n]) => `${record} ${n}`).join(', '),
  ];
}
