/** What the box's therapy does at its borders: to the microsecond, to the tenth of an ohm, and after things went wrong. */
import { describe, expect, test } from 'vitest';
import { Delivery } from '../../firmware-sim/delivery.ts';
import { EnergyChecks } from '../../firmware-sim/energy-checks.ts';
import { FaultBoard } from '../../firmware-sim/fault-board.ts';
import type { HighVoltage, Shot } from '../../firmware-sim/high-voltage.ts';
import { Interlock } from '../../firmware-sim/interlock.ts';
import { als } from '../../firmware-sim/profiles/als.ts';
import { Rng } from '../../src/core/rng.ts';
import { TherapyBench } from './therapy-bench.ts';

describe('power on', () => {
  test('the self-test takes its time, then the model is in standby with its first energy', () => {
    const bench = new TherapyBench();
    bench.runTo(als.selfTestMs * 1000 - 1);
    expect(bench.therapy.state).toBe('selfTest');
    bench.runTo(als.selfTestMs * 1000);
    expect(bench.therapy.state).toBe('standby');
    expect(bench.therapy.selectedDj).toBe(2000);
  });

  test('so it does after a restart', () => {
    const bench = new TherapyBench().standby();
    bench.therapy.restart(bench.now);
    bench.runTo(bench.now + als.selfTestMs * 1000 - 1);
    expect(bench.therapy.state).toBe('selfTest');
    bench.runTo(bench.now + 1);
    expect(bench.therapy.state).toBe('standby');
  });

  test('a restart in the middle of a shock waits for its end and for the dump, and is made once', () => {
    const bench = new TherapyBench().ready();
    bench.fire();
    bench.therapy.restart(bench.now);
    expect(bench.therapy.state).toBe('delivering');
    bench.next();
    expect(bench.therapy.state).toBe('dumping');
    bench.next();
    expect(bench.therapy.state).toBe('selfTest');
    bench.wait(1000).orders.charge(bench.now, 2000);
    bench.next();
    bench.therapy.dump(bench.now, 'host');
    bench.next();
    expect(bench.therapy.state).toBe('standby');
  });

  test('idle is where no energy can be', () => {
    const bench = new TherapyBench();
    const seen: string[] = [];
    const look = (): void => void seen.push(`${bench.therapy.state} ${bench.therapy.isIdle}`);
    look();
    bench.standby();
    look();
    bench.orders.charge(bench.now, 2000);
    look();
    bench.next();
    look();
    bench.orders.setSync(true, 0);
    bench.fire();
    look();
    bench.therapy.rWave(bench.now + 2, bench.now + 1);
    look();
    bench.next();
    look();
    bench.therapy.fault(bench.now, 'relayWeld');
    bench.next();
    look();
    expect(seen).toEqual([
      'selfTest true',
      'standby true',
      'charging false',
      'ready false',
      'awaitingR false',
      'delivering false',
      'dumping false',
      'failed true',
    ]);
  });
});

describe('a shock that waits for its R', () => {
  const MOST_US = als.maxRToShockMs * 1000;
  const WAIT_US = 4_000_000;

  /** The R at `rUs` after FIRE is decided on `us` after FIRE. */
  function afterR(rUs: number, us: number): string {
    const bench = new TherapyBench().waiting();
    bench.therapy.rWave(bench.now + us, bench.now + rUs);
    return bench.therapy.state;
  }

  test.each([
    ['an R from before the press is let pass', 0, 10, 'awaitingR'],
    ['the first microsecond after it counts', 1, 10, 'delivering'],
    ['a trigger as late as the model allows', 10, 10 + MOST_US, 'delivering'],
    ['a trigger that is later is let pass', 10, 11 + MOST_US, 'awaitingR'],
    ['at the very end of the wait', WAIT_US, WAIT_US, 'delivering'],
    ['after the end of the wait', WAIT_US, WAIT_US + 1, 'awaitingR'],
  ])('%s', (_, rUs, us, state) => {
    expect(afterR(rUs, us)).toBe(state);
  });

  test.each([
    [als.minOhm, 'delivering'],
    [als.minOhm - 0.1, 'ready'],
    [als.maxOhm, 'delivering'],
    [als.maxOhm + 0.1, 'ready'],
  ])('through %d ohm at the R: %s', (ohm, state) => {
    const bench = new TherapyBench().waiting();
    const { armId } = bench.therapy;
    bench.chest.loadOhm = ohm;
    bench.therapy.rWave(bench.now + 2, bench.now + 1);
    expect(bench.therapy.state).toBe(state);
    if (state === 'delivering') return;
    expect(bench.result(armId)).toBe('aborted padsOff');
    expect(bench.therapy.armId).not.toBe(armId);
  });

  test('given up at its end: the result says why, the charge stays under a new id that is pending', () => {
    const bench = new TherapyBench().waiting();
    const { armId } = bench.therapy;
    bench.runTo(bench.now + WAIT_US - 1);
    expect(bench.therapy.state).toBe('awaitingR');
    bench.runTo(bench.now + 1);
    expect(bench.result(armId)).toBe('aborted noRWave');
    expect(bench.result(bench.therapy.armId)).toBe('pending none');
    expect(bench.ledger.of(bench.therapy.armId).selectedDj).toBe(2000);
  });

  test.each([
    ['keeps SYNC', false],
    ['leaves SYNC', true],
  ])('a model that %s after the shock', (_, syncOffAfterShock) => {
    const bench = new TherapyBench({ syncOffAfterShock }).waiting();
    bench.therapy.rWave(bench.now + 2, bench.now + 1);
    bench.next();
    expect(bench.synchroniser.on).toBe(!syncOffAfterShock);
  });
});

describe('the charge', () => {
  test('stays when the pads are looked at and stick', () => {
    const bench = new TherapyBench().ready();
    bench.therapy.padsChanged(bench.now);
    expect(bench.therapy.state).toBe('ready');
    bench.chest.padsOn = false;
    bench.therapy.padsChanged(bench.now);
    expect(bench.therapy.state).toBe('dumping');
  });

  test('is taken away after its minute, and a FIRE in the last microsecond is still carried out', () => {
    const unused = new TherapyBench().ready();
    unused.runTo(unused.now + als.autoDisarmMs * 1000);
    expect(unused.news.at(-1)).toBe('abort timeout');
    const bench = new TherapyBench().ready();
    bench.runTo(bench.now + als.autoDisarmMs * 1000 - 1);
    expect(bench.fire()).toBe('ok');
    bench.wait(5000);
    expect(bench.shocks).toBe(1);
    expect(bench.news.filter((n) => n.startsWith('abort'))).toEqual([]);
    expect(bench.therapy.state).toBe('standby');
  });

  test('is for nothing once it is gone, in standby and out of service', () => {
    const bench = new TherapyBench().ready();
    expect(bench.therapy.chargeDj).toBe(2000);
    bench.therapy.dump(bench.now, 'host');
    bench.next();
    expect(bench.therapy.chargeDj).toBe(0);
    bench.orders.charge(bench.now, 1500);
    bench.next();
    bench.therapy.fault(bench.now, 'watchdog');
    bench.next();
    expect([bench.therapy.state, bench.therapy.chargeDj]).toEqual(['failed', 0]);
  });

  test('that cannot get down to a lower one in the time of a dump: the dump has failed', () => {
    const bench = new TherapyBench({ energyChange: 'recharge', dumpMs: 100 }).ready(360);
    bench.orders.select(bench.now, 50);
    expect(bench.therapy.state).toBe('charging');
    bench.wait(100);
    expect(bench.faults.active).toContain('dumpFailed');
    expect(bench.news).toContain('abort chargeTimeout');
  });

  test('a shock through an arc: told, no further charge, and the energy that is left is dumped', () => {
    const bench = new TherapyBench().ready();
    bench.chest.arcs = true;
    bench.fire();
    bench.next();
    expect(bench.told.at(-1)).toMatchObject({ code: 'shock', why: 'impedance' });
    expect(bench.faults.active).toEqual(['contactLost']);
    expect(bench.therapy.state).toBe('dumping');
  });

  test('a relay that welds in the shock puts the box out of service', () => {
    const bench = new TherapyBench().ready();
    bench.highVoltage.defects.weldedRelay = true;
    bench.fire();
    bench.next();
    expect(bench.faults.active).toEqual(['relayWeld']);
    bench.next();
    expect(bench.therapy.state).toBe('failed');
  });
});

describe('the pulse', () => {
  test('is over when both its phases are', () => {
    const bench = new TherapyBench().ready();
    bench.fire();
    const shot = bench.therapy.delivery.lastShot;
    const phasesUs = ((shot?.firstPhaseMs ?? NaN) + (shot?.secondPhaseMs ?? NaN)) * 1000;
    const lastsUs = bench.therapy.nextUs - bench.now;
    expect(lastsUs).toBeGreaterThanOrEqual(phasesUs);
    expect(lastsUs).toBeLessThan(phasesUs + 2000);
  });

  test.each([
    [1499, true],
    [1500, false],
  ])('of %d V and 20 A through a chest of 50 ohm is as measured: %s', (peakV, asMeasured) => {
    const bench = new TherapyBench().ready();
    const real = bench.highVoltage.shoot(bench.now, 200, 50, 50);
    const shot: Shot = { ...real, peakV, peakA: 20, impedanceOhm: 50 };
    const highVoltage = { shoot: () => shot } as unknown as HighVoltage;
    const { chest, frontEnd, ledger } = bench;
    const news = { event: () => undefined, stateChanged: () => undefined };
    const delivery = new Delivery({ highVoltage, chest, frontEnd, ledger, news });
    delivery.shoot(bench.now, 2000, 5, 0, 0);
    expect(delivery.report()).toBe(asMeasured);
    expect(bench.result(5)).toBe(asMeasured ? 'delivered none' : 'delivered impedance');
  });

  test('is told in the units of the wire, and GET_RESULT has the same figures', () => {
    const bench = new TherapyBench().ready();
    const { armId } = bench.therapy;
    bench.fire();
    const atUs = bench.now;
    bench.next();
    const fields = bench.told.at(-1)?.fields;
    expect(fields?.tUs).toBe(atUs);
    expect(fields?.sample).toBe(Math.floor((atUs * 250) / 1e6));
    expect(fields?.deliveredDj).toBeCloseTo(2000, 6);
    expect(fields?.impedanceDohm).toBe(500);
    const phases = [fields?.firstPhaseUs, fields?.secondPhaseUs];
    for (const us of phases) expect(us).toBeGreaterThan(2000);
    for (const us of phases) expect(us).toBeLessThan(15_000);
    expect(fields?.tiltPm).toBeGreaterThan(100);
    expect(fields?.tiltPm).toBeLessThan(950);
    const { selectedDj, storedDj, deliveredDj, tiltPm, tShockUs } = bench.ledger.of(armId);
    expect({ selectedDj, storedDj, deliveredDj, tiltPm }).toEqual({
      selectedDj: fields?.selectedDj,
      storedDj: fields?.storedDj,
      deliveredDj: fields?.deliveredDj,
      tiltPm: fields?.tiltPm,
    });
    expect(tShockUs).toBe(atUs);
  });

  test('before the first one there is nothing to report', () => {
    const bench = new TherapyBench().standby();
    expect(bench.therapy.delivery.report()).toBe(true);
    expect(bench.told).toEqual([]);
  });
});

describe('what the box finds out about its high voltage', () => {
  interface Side {
    leftJ: number;
    patientRelayOpen: boolean;
    percent: number;
    degrees: number;
  }

  function looked(side: Partial<Side>, look: (checks: EnergyChecks) => void, known: FaultBoard): FaultBoard {
    const { leftJ = 0, patientRelayOpen = true, percent = 90, degrees = 0 } = side;
    const highVoltage = {
      energyAt: () => leftJ,
      patientRelayOpen,
      battery: { percentAt: () => percent },
      thermometer: { isTooHot: () => degrees > 45, hasCooled: () => degrees < 35 },
    } as unknown as HighVoltage;
    look(new EnergyChecks(highVoltage, known));
    return known;
  }

  test.each([
    [0.99, []],
    [1, ['dumpFailed']],
  ])('%d J left after a dump: %j', (leftJ, faults) => {
    expect(looked({ leftJ }, (c) => c.empty(0), new FaultBoard()).active).toEqual(faults);
  });

  test('a dump that works again takes its fault back', () => {
    const known = looked({ leftJ: 300 }, (c) => c.empty(0), new FaultBoard());
    expect(looked({ leftJ: 0 }, (c) => c.empty(0), known).active).toEqual([]);
  });

  test.each([
    [true, []],
    [false, ['relayWeld']],
  ])('the patient relay is open: %s, %j', (patientRelayOpen, faults) => {
    expect(looked({ patientRelayOpen }, (c) => c.relay(), new FaultBoard()).active).toEqual(faults);
  });

  test.each([
    [15, []],
    [14.9, ['lowBattery']],
  ])('a charge with the battery at %d %%: %j', (percent, faults) => {
    expect(looked({ percent }, (c) => c.charged(0), new FaultBoard()).active).toEqual(faults);
  });

  test('a charge that came to its end takes back that the last one failed', () => {
    const known = new FaultBoard();
    known.raise('chargeFailed');
    expect(looked({}, (c) => c.charged(0), known).active).toEqual([]);
  });

  test('too hot at 46 degrees, still so at 40, well again at 34', () => {
    const known = new FaultBoard();
    const at = (degrees: number): boolean =>
      looked({ degrees }, (c) => c.heat(0), known).has('overTemperature');
    expect([40, 46, 40, 34, 40].map(at)).toEqual([false, true, true, false, false]);
  });
});

test('nothing is armed: a FIRE with the id 0 is a FIRE with an unknown id', () => {
  const nothing = new Interlock(new Rng('nothing'));
  const fire = { type: 'fire', armId: 0, energyDj: 2000, sync: 0, validUntilUs: 9e9, waitRMs: 0 } as const;
  const box = {
    state: 'ready',
    energyDj: 2000,
    padsOn: true,
    impedanceInRange: true,
    faultFree: true,
  } as const;
  const rest = { nowUs: 0, syncOn: false, syncLeadOff: false, pacing: false };
  expect(nothing.judge(fire, { ...box, ...rest })).toBe('unknownArmId');
});
