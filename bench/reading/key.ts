/** The key of the pages: which row is which stretch of which record. Readers do not get it. */
import { RecordError } from '../../src/core/errors.ts';
import type { OpenStretch } from './open-time.ts';

export interface KeyRow {
  page: number;
  row: number;
  /** 'vfdb/426' */
  record: string;
  /** Seconds from the start of the record; `to` is not included. */
  from: number;
  to: number;
  /** What P2 counts, in seconds from the start of the row. */
  open: readonly OpenStretch[];
}

const COLUMNS = ['page', 'row', 'record', 'from', 'to', 'open'];

export function keyText(rows: readonly KeyRow[]): string {
  const lines = rows.map(({ page, row, record, from, to, open }) =>
    [page, row, record, from, to, open.map((o) => `${o.from}-${o.to} ${o.rhythm}`).join(', ')].join('\t'),
  );
  return `${[COLUMNS.join('\t'), ...lines].join('\n')}\n`;
}

/** `file` is named in errors. */
export function parseKey(text: string, file: string): KeyRow[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === '' || line.startsWith('#') || line === COLUMNS.join('\t')) return [];
    const cells = line.split('\t');
    const [page, row, from, to] = [cells[0], cells[1], cells[3], cells[4]].map(Number);
    const open = cells[5]?.split(', ').map(openOf) ?? [];
    if (
      cells.length !== COLUMNS.length ||
      !(page > 0 && row > 0 && to > from) ||
      open.some((o) => !(o.to > o.from))
    )
      throw new RecordError(
        `${file}:${i + 1}: expected ${COLUMNS.join(', ')} with tabs between, found "${line.slice(0, 60)}"`,
      );
    return [{ page, row, record: cells[2], from, to, open }];
  });
}

function openOf(text: string): OpenStretch {
  const [span, rhythm = ''] = text.split(' ');
  const [from, to] = span.split('-').map(Number);
  return { from, to, rhythm };
}
