/** Stretches that independent readers of the databases called unusable. */
import { readFileSync } from 'node:fs';
import { RecordError } from '../../core/errors.ts';
import type { SampleIndex } from '../../core/units.ts';

export interface Stretch {
  from: SampleIndex;
  /** Not included. */
  to: SampleIndex;
}

function rowsOf(file: string, columns: number): string[][] {
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line, i) => ({ line, i }))
    .filter(({ line }) => line.trim() !== '' && !line.startsWith('#'))
    .map(({ line, i }) => {
      const cells = line.split('\t');
      if (cells.length < columns)
        throw new RecordError(
          `${file}:${i + 1}: expected ${columns} columns with tabs between, found "${line}"`,
        );
      return cells;
    });
}

function add(to: Map<string, Stretch[]>, record: string, stretch: Stretch): void {
  const known = to.get(record) ?? [];
  known.push(stretch);
  to.set(record, known);
}

/** reference/label-corrections-8s.tsv: `record, first sample, label` of 8-s segments at 250 Hz; those labelled "X". */
export function readUnusable(file: string): Map<string, Stretch[]> {
  const found = new Map<string, Stretch[]>();
  for (const [record, first, label] of rowsOf(file, 3))
    if (label.trim() === 'X') add(found, record, { from: Number(first), to: Number(first) + 8 * 250 });
  return found;
}
