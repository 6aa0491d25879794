/**
 * Reads the lines of `rwave advise --json` again, whoever wrote them, and scores them against a reference.
 *
 *   {"record": "cu01", "from": 0, "to": 4, "verdict": "noShock"}      from, to in seconds; other fields are not looked at
 *
 * P1, P1X and P2 count windows that do not overlap: a line that begins before the last counted one ended is passed over.
 */
import type { Verdict } from '../core/advice.ts';
import { RecordError } from '../core/errors.ts';
import { labelOf, type Protocol, type Reference } from './advice-protocol.ts';
import type { AdviceTable } from './advice-table.ts';

export interface DecisionLine {
  record: string;
  from: number;
  to: number;
  verdict: Verdict;
}

const VERDICTS: ReadonlySet<unknown> = new Set(['shock', 'noShock', 'inconclusive']);

function isDecision(value: unknown): value is DecisionLine {
  if (typeof value !== 'object' || value === null) return false;
  const line = value as Partial<Record<keyof DecisionLine, unknown>>;
  return (
    typeof line.record === 'string' &&
    typeof line.from === 'number' &&
    typeof line.to === 'number' &&
    line.to > line.from &&
    VERDICTS.has(line.verdict)
  );
}

/** `file` is named in errors. Lines of other types (with a `type` that is not advice) are passed over. */
export function parseDecisions(text: string, file: string): DecisionLine[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw new RecordError(`${file}:${i + 1}: expected a JSON object, found "${line.slice(0, 40)}"`);
    }
    if (!isDecision(value))
      throw new RecordError(
        `${file}:${i + 1}: expected record, from, to (seconds) and verdict, found "${line.slice(0, 60)}"`,
      );
    return [value];
  });
}

/** Adds the decisions about one record to the table; returns how many the protocol counted. */
export function scoreDecisions(
  table: AdviceTable,
  record: string,
  decisions: readonly DecisionLine[],
  reference: Reference,
  protocol: Protocol,
): number {
  let counted = 0;
  let end = -Infinity;
  for (const { from, to, verdict } of decisions) {
    if (protocol !== 'P0' && from < end - 1e-9) continue;
    const { fs } = reference;
    const label = labelOf(protocol, reference, Math.round(from * fs), Math.round(to * fs));
    if (label === undefined) continue;
    end = to;
    counted++;
    table.add(record, label, verdict);
  }
  return counted;
}

/** The length that most decisions looked at, s. */
export function usualSpan(decisions: readonly DecisionLine[]): number {
  const counts = new Map<number, number>();
  for (const { from, to } of decisions) {
    const span = Math.round((to - from) * 1000) / 1000;
    counts.set(span, (counts.get(span) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 1;
}
