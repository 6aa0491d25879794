import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { openRecord } from '../../signals/formats/index.ts';
import type { SessionEvent } from '../../src/core/session-events.ts';
import { jsonLine } from '../../src/app/treat-log.ts';
import type { TreatOptions } from '../../src/app/treat-run.ts';
import { treatRecord } from '../../src/app/treat-run.ts';

/** Minutes of simulated time, on a machine that has other things to do. */
vi.setConfig({ testTimeout: 60_000 });

const DATA = process.env['RWAVE_DATA'];
const skip = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';
const withData = describe.skipIf(DATA === undefined);

/** A process of its own, on a machine that has other things to do. */
const SLOW = { timeout: 60_000 };

function treat(record: string, options: Partial<TreatOptions> = {}): SessionEvent[] {
  const reader = openRecord(join(DATA ?? '', record));
  const events: SessionEvent[] = [];
  treatRecord(reader, {
    mode: 'aed',
    seed: '1',
    lead: 0,
    operatorDelayS: 1,
    energyJ: undefined,
    cprS: undefined,
    maxShocks: Infinity,
    toS: Infinity,
    onEvent: (event) => events.push(event),
    ...options,
  });
  reader.close();
  return events;
}

function of<T extends SessionEvent['type']>(
  events: SessionEvent[],
  type: T,
): Extract<SessionEvent, { type: T }>[] {
  return events.filter((e): e is Extract<SessionEvent, { type: T }> => e.type === type);
}

function cli(...args: string[]): { status: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'src/app/main.ts', 'treat', ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
  });
  return { status: run.status, out: run.stdout, err: run.stderr };
}

withData(`treat on recordings${skip}`, () => {
  test('cu01: no shock before VF at 214.2 s; advised, charged and delivered within 20 s after it', () => {
    const events = treat('cudb/cu01', { toS: 300 });
    const [shock] = of(events, 'shock');
    expect(shock.t).toBeGreaterThan(214.2);
    expect(shock.t).toBeLessThan(234.2);
    expect(shock.sample).toBe(Math.round(shock.t * 250));
    expect(shock).toMatchObject({ synchronized: false, selectedJ: 200, deliveredJ: 200 });
    const [charged] = of(events, 'charged');
    expect(charged.t).toBeGreaterThan(214.2);
    expect(shock.t - charged.t).toBeGreaterThan(0.99);
    expect(of(events, 'advice').some((e) => e.verdict === 'shock' && e.t < 214.2)).toBe(false);
  });

  test.each([
    ['vfdb/426', 645.7, 700],
    ['vfdb/430', 398.2, 480],
  ])('%s: shocks the VF', (record, onset, to) => {
    const shocks = of(treat(record, { toS: to }), 'shock');
    // Labels of rhythm changes are good to some seconds.
    expect(shocks.filter((e) => e.t > onset - 5 && e.t < onset + 30)).not.toEqual([]);
    expect(shocks.filter((e) => e.t <= onset - 5)).toEqual([]);
  });

  test.each(['100', '101', '102', '103', '104', '106', '107', '109'])(
    'mitdb/%s, 4 minutes: a shock is never advised, nothing is charged',
    (record) => {
      const events = treat(`mitdb/${record}`, { toS: 240 });
      expect(of(events, 'advice').length).toBeGreaterThan(200);
      expect(of(events, 'advice').filter((e) => e.verdict === 'shock')).toEqual([]);
      expect(of(events, 'charged')).toEqual([]);
    },
  );

  test('sync: one shock, on an R wave, after three markers of the box', () => {
    const events = treat('mitdb/103', { mode: 'sync', toS: 40, maxShocks: 1, energyJ: 100 });
    const [shock, ...more] = of(events, 'shock');
    expect(more).toEqual([]);
    expect(shock).toMatchObject({ synchronized: true, selectedJ: 100 });
    expect(shock.rToShockMs).toBeLessThan(60);
    expect(of(events, 'sync').filter((e) => e.t < shock.t).length).toBeGreaterThanOrEqual(3);
  });

  test('the same seed prints the same bytes; NaN is null', () => {
    const print = (): string => treat('cudb/cu01', { toS: 240 }).map(jsonLine).join('\n');
    const out = print();
    expect(print()).toBe(out);
    expect(out).not.toContain('NaN');
    for (const line of out.split('\n')) {
      expect(Object.keys(JSON.parse(line) as object).slice(0, 3)).toEqual(['t', 'sample', 'type']);
    }
  });

  test(
    'a wrong checksum is known at the end: what was printed stands, exit 2; --no-checksum skips it',
    SLOW,
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'rwave-treat-'));
      const from = join(DATA ?? '', 'cudb', 'cu01');
      copyFileSync(`${from}.dat`, join(folder, 'cu01.dat'));
      const header = readFileSync(`${from}.hea`, 'utf8');
      const fields = header.split('\n')[1].trim().split(/\s+/);
      const wrong = header.replace(` ${fields[6]} `, ` ${Number(fields[6]) + 1} `);
      expect(wrong).not.toBe(header);
      writeFileSync(join(folder, 'cu01.hea'), wrong);
      const bad = cli(join(folder, 'cu01'), '--json');
      expect(bad.status).toBe(2);
      expect(bad.out).toContain('"type":"shock"');
      expect(bad.err).toMatch(/checksum/);
      expect(bad.err.trim().split('\n')).toHaveLength(1);
      const fine = cli(join(folder, 'cu01'), '--json', '--no-checksum');
      expect(fine.status).toBe(0);
      expect(fine.out).toBe(bad.out);
    },
  );
});

describe('treat, used wrongly', () => {
  test.each([
    [['nowhere/none'], /nowhere\/none/],
    [['x', '--energy', '199'], /200/],
    [['x', '--unknown'], /--unknown/],
  ])('%j: one line, exit 2, no stack trace', SLOW, (args, message) => {
    const { status, err, out } = cli(...args);
    expect(status).toBe(2);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n\s+at /);
    expect(out).toBe('');
  });
});
