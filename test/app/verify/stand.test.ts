/** The simulated box on a bad cable and with a witness, as `rwave verify --faults --trace` asks for. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SimStand } from '../../../src/app/verify/sim-stand.ts';
import { exitCodeOf } from '../../../src/app/verify/runner.ts';
import { parseTrace } from '../../../src/app/trace/trace-line.ts';
import { EXIT } from '../../../src/core/errors.ts';
import { failures, verifyIt } from './kit.ts';

const stand = (faults: string, trace?: string): SimStand =>
  new SimStand({ seed: 1, profile: 'als', cable: { faults, ...(trace !== undefined && { trace }) } });

test('a bad cable costs nothing but packets: the same check passes, and the trace tells of it', async () => {
  const trace = join(mkdtempSync(join(tmpdir(), 'rwave-verify-')), 'run.jsonl');
  const report = await verifyIt('link-loss', { stand: stand('flip=1/3000,jitter=10ms,drop=1/200', trace) });
  expect(failures(report)).toEqual([]);
  const { lines } = parseTrace(readFileSync(trace, 'utf8'), trace);
  expect(lines.length).toBeGreaterThan(100);
  expect(readFileSync(trace, 'utf8')).toContain('"charge"');
});

test('a cable that is pulled is a lost link', async () => {
  const report = await verifyIt('ascii,link-loss,charge-time', { stand: stand('unplug@7s') });
  expect(report.linkLost).toBe(true);
  expect(exitCodeOf(report)).toBe(EXIT.linkLost);
});

test('a part of the box that breaks at a time is found', async () => {
  const report = await verifyIt('charge-time', { stand: stand('weakCharger@1s') });
  expect(failures(report).join()).toContain('chargeFailed');
});
