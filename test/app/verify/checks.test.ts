/** A good box passes; a box that is wrong in one way fails the check that is about it, and with the right exit code. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Ascii } from '../../../firmware-sim/ascii.ts';
import { DeadMan } from '../../../firmware-sim/dead-man.ts';
import { FrontEnd } from '../../../firmware-sim/front-end.ts';
import { Interlock } from '../../../firmware-sim/interlock.ts';
import { Synchroniser } from '../../../firmware-sim/synchroniser.ts';
import { Therapy } from '../../../firmware-sim/therapy.ts';
import { exitCodeOf } from '../../../src/app/verify/runner.ts';
import { EXIT } from '../../../src/core/errors.ts';
import { HeartRate } from '../../../src/detect/index.ts';
import { failures, verifyIt } from './kit.ts';

afterEach(() => vi.restoreAllMocks());

describe('the simulated box as it is', () => {
  test.each([
    'ascii',
    'permission',
    'energy',
    'charge-time',
    'disarm',
    'link-loss',
    'rate-response',
    'tall-t',
    'ecg-recovery',
  ])('passes %s', async (name) => {
    const report = await verifyIt(name);
    expect(failures(report)).toEqual([]);
    expect(report.verdict).toBe('PASS');
    expect(exitCodeOf(report)).toBe(EXIT.ok);
  });

  test('every value has a limit, and every limit its source and mark', async () => {
    const report = await verifyIt('energy,charge-time,link-loss,r-to-shock');
    for (const { value, limit, verdict } of report.checks.flatMap((c) => c.findings)) {
      expect(verdict).not.toBe('not run');
      expect(value).toBeTypeOf('number');
      expect(limit?.source.length).toBeGreaterThan(10);
      expect(['S', '2', 'K', 'D']).toContain(limit?.mark);
    }
  });

  test('the AED is ready in time for VF, flutter and fast VT, and leaves eight other rhythms alone', async () => {
    const report = await verifyIt('aed-timing', { profile: 'aed' });
    expect(failures(report)).toEqual([]);
    expect(report.counts.PASS).toBe(11);
  });

  test('a model without SYNC is not asked for it: not run is not a PASS', async () => {
    const report = await verifyIt('r-to-shock', { profile: 'aed' });
    expect(report.verdict).toBe('not run');
    expect(report.checks[0].findings[0].note).toBe('the model has no SYNC');
  });
});

describe('broken through the bench channel', () => {
  test.each([
    ['shortPulse', 'energy', '200 J into 50 ohm', EXIT.verdictFailed],
    ['relayWeld', 'energy', 'relayWeld', EXIT.verdictFailed],
    ['weldedRelay', 'energy', 'relayWeld', EXIT.verdictFailed],
    ['weakCharger', 'charge-time', 'chargeFailed', EXIT.verdictFailed],
    ['oldBattery', 'charge-time', 'battery full, first charge', EXIT.verdictFailed],
    ['openDumpResistor', 'link-loss', 'less than 1 J left', EXIT.safety],
    ['noR', 'r-to-shock', 'shocks delivered', EXIT.verdictFailed],
  ])('%s fails %s', async (fault, check, what, code) => {
    const report = await verifyIt(check, { faults: [fault] });
    expect(failures(report).join('; ')).toContain(what);
    expect(exitCodeOf(report)).toBe(code);
  });
});

describe('wrong in a way that no bench channel offers', () => {
  test('an interlock that lets every FIRE through: a safety rule is broken', async () => {
    vi.spyOn(Interlock.prototype, 'judge').mockImplementation((_, box) =>
      box.state === 'ready' ? 'ok' : 'badState',
    );
    const report = await verifyIt('permission');
    expect(failures(report).length).toBeGreaterThan(3);
    expect(exitCodeOf(report)).toBe(EXIT.safety);
  });

  test('no dead man', async () => {
    vi.spyOn(DeadMan.prototype, 'nextUs', 'get').mockReturnValue(Infinity);
    const report = await verifyIt('link-loss');
    expect(failures(report)).toContain('dump relay on');
    expect(exitCodeOf(report)).toBe(EXIT.safety);
  });

  test('pads that come off are not noticed', async () => {
    vi.spyOn(Therapy.prototype, 'padsChanged').mockImplementation(() => undefined);
    expect(failures(await verifyIt('disarm'))).toContain('pads come off: dump relay on');
  });

  test('a trigger that takes every moment for an R', async () => {
    vi.spyOn(Synchroniser.prototype, 'process').mockImplementation((_, first, n, onR) => {
      if (n > 0) onR({ sample: first + n - 1, decidedAt: first + n - 1, sure: true });
    });
    const report = await verifyIt('r-to-shock', { beats: 12 });
    expect(failures(report)).toContain('longest after the R of the reference (sample clock)');
  });

  test('a heart rate meter that counts T waves', async () => {
    const real = Object.getOwnPropertyDescriptor(HeartRate.prototype, 'bpm')?.value as HeartRate['bpm'];
    vi.spyOn(HeartRate.prototype, 'bpm').mockImplementation(function (this: HeartRate, now) {
      return 2 * real.call(this, now);
    });
    const report = await verifyIt('heart-rate,rate-response');
    expect(report.checks.map((c) => c.findings.some((f) => f.verdict === 'FAIL'))).toEqual([true, true]);
  });

  test('amplifiers that stay at the rail after a shock', async () => {
    const real = Object.getOwnPropertyDescriptor(FrontEnd.prototype, 'overload')?.value as () => void;
    vi.spyOn(FrontEnd.prototype, 'overload').mockImplementation(function (this: FrontEnd) {
      real.call(this);
      Object.assign(this, { overloadLeft: 1e9 });
    });
    expect(failures(await verifyIt('ecg-recovery'))).toHaveLength(1);
  });

  test('a line that fires', async () => {
    vi.spyOn(Ascii.prototype, 'answer').mockReturnValue('*');
    const report = await verifyIt('ascii');
    expect(failures(report)).toContain('FIRE: refused');
    expect(exitCodeOf(report)).toBe(EXIT.safety);
  });
});

const data = process.env['RWAVE_DATA'];
test.skipIf(!data)(
  'a recording plays the patient, R of its annotations (skipped: RWAVE_DATA is not set)',
  async () => {
    const report = await verifyIt('r-to-shock', { beats: 60, records: [`${data ?? ''}/mitdb/100`] });
    expect(failures(report)).toEqual([]);
    expect(report.checks[0].findings[0].note).toContain('played: 100');
  },
);
