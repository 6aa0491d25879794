/** The code summary as text for a terminal or a mail. */
import type { CodeSummary } from './summary.ts';
import { facts, shockTable, timelineTable, TITLE, vitalsTable, WARNING } from './tables.ts';
import type { Table } from './tables.ts';

export function summaryText(summary: CodeSummary): string {
  const rows = facts(summary);
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    `${TITLE} (${WARNING})`,
    '',
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...[shockTable(summary), vitalsTable(summary), timelineTable(summary)].flatMap(tableLines),
    '',
  ].join('\n');
}

function tableLines({ title, note, head, numeric, rows }: Table): string[] {
  const widths = head.map((text, k) => Math.max(text.length, ...rows.map((row) => row[k].length)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, k) => (numeric[k] ? cell.padStart(widths[k]) : cell.padEnd(widths[k])))
      .join('  ')
      .trimEnd();
  const body = rows.length === 0 ? ['none'] : [line(head), ...rows.map(line)];
  return ['', title, ...(note === '' ? [] : [note]), ...body];
}
