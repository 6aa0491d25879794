/** What must hold on real recordings, with the shipped weights. Needs RWAVE_DATA. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openRecord } from '../../signals/formats/index.ts';
import type { Advice } from '../../src/core/advice.ts';
import { adviseRecord } from '../../src/dataset/advise.ts';
import { capture } from '../../src/dataset/explain/capture.ts';
import { explanationPage } from '../../src/dataset/explain/page.ts';

const DATA = process.env['RWAVE_DATA'];
const why = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';

function decisionsOf(record: string): { fs: number; decisions: Advice[] } {
  const reader = openRecord(join(DATA ?? '', record));
  const decisions: Advice[] = [];
  adviseRecord(
    reader,
    { lead: 0 },
    () => undefined,
    (a) => decisions.push(a),
  );
  reader.close();
  return { fs: reader.header.fs, decisions };
}

describe.skipIf(DATA === undefined)(`on recordings${why}`, () => {
  test('cudb/cu01: no shock before VF begins at 214.2 s, and a shock within 8 s after', () => {
    const { fs, decisions } = decisionsOf('cudb/cu01');
    const first = decisions.find((a) => a.verdict === 'shock');
    expect((first?.to ?? 0) / fs).toBeGreaterThan(214.2);
    expect((first?.to ?? Infinity) / fs).toBeLessThan(222.2);
  });

  test.each(['mitdb/100', 'mitdb/104', 'mitdb/107'])('%s: never a shock', (record) => {
    expect(decisionsOf(record).decisions.filter((a) => a.verdict === 'shock')).toEqual([]);
  });

  test('a page explains one decision: self-contained, with every gate and push that was used', () => {
    const reader = openRecord(join(DATA ?? '', 'cudb/cu01'));
    const captured = capture(reader, 0, 225, 4);
    reader.close();
    const page = explanationPage({ record: 'cu01', lead: 0, leadName: 'ECG', captured, reference: [] });
    for (const e of captured.advice.evidence.filter((x) => x.name !== 'bias')) expect(page).toContain(e.name);
    expect(page).not.toMatch(/<script|href=|src=/);
    expect(captured.advice.to / captured.fs).toBe(225);
  });
});
