import { describe, expect, test } from 'vitest';
import { HOST_PROFILES } from '../../src/control/host-profile.ts';
import type { HostProfile } from '../../src/control/host-profile.ts';
import { TherapyMachine } from '../../src/control/therapy.ts';
import type { TherapyEffect, TherapyEvent } from '../../src/control/therapy.ts';
import type { ShockReport } from '../../src/core/session-events.ts';

const S = 1_000_000;
const [ALS] = HOST_PROFILES;

function machine(profile: HostProfile = ALS): TherapyMachine {
  const m = new TherapyMachine(profile);
  m.conditions.link = 'good';
  return m;
}

const CHARGED = { type: 'charged', armId: 7, energyJ: 200, expiryMs: 60_000 } as const satisfies TherapyEvent;

function charged(profile: HostProfile = ALS): TherapyMachine {
  const m = machine(profile);
  m.handle({ type: 'charge' }, 0);
  m.handle({ ...CHARGED, energyJ: profile.startJ }, 4 * S);
  return m;
}

function names(effects: readonly TherapyEffect[]): string[] {
  return effects.map((e) => (e.type === 'tell' ? `tell ${e.event.type}` : e.type));
}

function report(armId: number, synchronized = false): ShockReport {
  return {
    armId,
    synchronized,
    selectedJ: 200,
    storedJ: 240,
    deliveredJ: 200,
    peakV: 1500,
    peakA: 20,
    impedanceOhm: 75,
    firstPhaseMs: 6,
    secondPhaseMs: 4,
    tiltPct: 60,
    rToShockMs: NaN,
  };
}

/** Three markers, SYNC on and confirmed, charged. */
function syncCharged(): TherapyMachine {
  const m = machine();
  m.handle({ type: 'sync', on: true }, 0);
  m.handle({ type: 'syncConfirmed', on: true }, 0);
  m.handle({ type: 'charge' }, 0);
  m.handle(CHARGED, 4 * S);
  for (const t of [3, 4, 5]) m.gate.marker(t * S, true);
  return m;
}

describe('manual', () => {
  test('charge, ready, shock: FIRE once with the arm id and the selected energy', () => {
    const m = machine();
    expect(m.handle({ type: 'charge' }, 0)).toContainEqual({ type: 'charge', energyJ: 200 });
    expect(names(m.handle(CHARGED, 4 * S))).toEqual(['tell state', 'tell charged']);
    const fired = m.handle({ type: 'shock' }, 5 * S);
    expect(fired[0]).toEqual({ type: 'fire', armId: 7, energyJ: 200, sync: false, waitRMs: 0 });
    expect(m.state).toBe('delivering');
    expect(names(m.handle({ type: 'shock' }, 5 * S))).toEqual(['tell refused']);
    expect(names(m.handle({ type: 'delivered', report: report(7) }, 5.1 * S))).toEqual([
      'tell shock',
      'tell state',
    ]);
    m.handle({ type: 'dumped', why: 'delivered', leftJ: 0 }, 6 * S);
    expect(m.state).toBe('standby');
  });

  test('SHOCK when nothing is charged: refused with a reason, nothing changes', () => {
    const m = machine();
    const effects = m.handle({ type: 'shock' }, 0);
    expect(effects).toEqual([
      {
        type: 'tell',
        event: {
          type: 'refused',
          action: 'shock',
          state: 'standby',
          why: 'nothing is charged: press CHARGE first',
          by: 'host',
        },
      },
    ]);
    expect(m.state).toBe('standby');
    expect(m.nextDeadline).toBeUndefined();
  });

  test('an arm id is good for one FIRE, also when READY is repeated', () => {
    const m = charged();
    m.handle({ type: 'shock' }, 5 * S);
    m.handle(CHARGED, 5 * S);
    expect(m.state).toBe('delivering');
    expect(names(m.handle({ type: 'shock' }, 5 * S))).toEqual(['tell refused']);
  });

  test('a charge that is not used is taken away after 60 s, and the time is known', () => {
    const m = charged();
    expect(m.nextDeadline).toBe(64 * S);
    expect(m.poll(64 * S - 1)).toEqual([]);
    expect(names(m.poll(64 * S))).toEqual(['disarm', 'tell state']);
    expect(m.state).toBe('disarming');
  });

  test('a box that says less than 60 s is believed', () => {
    const m = machine();
    m.handle({ type: 'charge' }, 0);
    m.handle({ ...CHARGED, expiryMs: 30_000 }, 4 * S);
    expect(m.nextDeadline).toBe(34 * S);
  });

  test('charging that takes too long is given up', () => {
    const m = machine();
    m.handle({ type: 'charge' }, 0);
    expect(names(m.poll(ALS.chargeTimeoutMs * 1000))).toEqual(['disarm', 'tell state']);
  });

  test('a charge for another energy than the selected one is dumped', () => {
    const m = machine();
    m.handle({ type: 'charge' }, 0);
    expect(names(m.handle({ ...CHARGED, energyJ: 360 }, 4 * S))).toContain('disarm');
    expect(m.state).toBe('disarming');
  });

  test('another energy dumps the charge, or charges on, as the model does', () => {
    const dumps = charged();
    expect(names(dumps.handle({ type: 'energy', energyJ: 300 }, 5 * S))).toContain('disarm');
    expect(dumps.state).toBe('disarming');
    const recharges = charged({ ...ALS, energyChange: 'recharge' });
    expect(recharges.handle({ type: 'energy', energyJ: 300 }, 5 * S)).toContainEqual({
      type: 'charge',
      energyJ: 300,
    });
    expect(recharges.state).toBe('charging');
    // The old charge must not be fired as the new one.
    expect(names(recharges.handle({ type: 'shock' }, 5 * S))).toEqual(['tell refused']);
  });

  test('an energy that is not on the ladder is refused and named', () => {
    const m = machine();
    const [effect] = m.handle({ type: 'energy', energyJ: 199 }, 0);
    expect(effect).toMatchObject({
      event: { type: 'refused', why: expect.stringContaining('199 J') as string },
    });
    expect(m.energyJ).toBe(200);
  });

  test.each([
    ['no link', (m: TherapyMachine) => (m.conditions.link = 'none')],
    ['a stale link', (m: TherapyMachine) => (m.conditions.link = 'stale')],
    ['a fault', (m: TherapyMachine) => (m.conditions.faults = true)],
  ])('with %s SHOCK is refused and DISARM works', (_, spoil) => {
    const m = charged();
    spoil(m);
    expect(names(m.handle({ type: 'shock' }, 5 * S))).toEqual(['tell refused']);
    expect(m.state).toBe('ready');
    expect(names(m.handle({ type: 'disarm' }, 5 * S))).toEqual(['disarm', 'tell state']);
  });

  test('pads off while charged: disarmed, and CHARGE is refused until they are on', () => {
    const m = charged();
    expect(names(m.handle({ type: 'pads', off: true }, 5 * S))).toEqual(['disarm', 'tell state']);
    m.handle({ type: 'dumped', why: 'padsOff', leftJ: 0 }, 6 * S);
    expect(names(m.handle({ type: 'charge' }, 7 * S))).toEqual(['tell refused']);
    m.handle({ type: 'pads', off: false }, 8 * S);
    expect(m.handle({ type: 'charge' }, 9 * S)[0]).toEqual({ type: 'charge', energyJ: 200 });
  });

  test('a shock that nobody reports: disarmed after 2 s, and the late report is still told', () => {
    const m = charged();
    m.handle({ type: 'shock' }, 5 * S);
    expect(names(m.poll(7 * S))).toEqual(['disarm', 'tell state']);
    expect(names(m.handle({ type: 'delivered', report: report(7) }, 8 * S))).toEqual(['tell shock']);
  });

  test('what is left after a shock is dumped without a word; a charge that was dumped is told', () => {
    const m = charged();
    m.handle({ type: 'disarm' }, 5 * S);
    const told = m.handle({ type: 'dumped', why: 'host', leftJ: 0.4 }, 6 * S);
    expect(told).toContainEqual({ type: 'tell', event: { type: 'disarmed', why: 'operator', leftJ: 0.4 } });
  });
});

describe('SYNC', () => {
  test('SHOCK waits for the R of the box: FIRE says so, and the wait is limited', () => {
    const m = syncCharged();
    const [fire] = m.handle({ type: 'shock' }, 5 * S);
    expect(fire).toEqual({ type: 'fire', armId: 7, energyJ: 200, sync: true, waitRMs: ALS.waitRMs });
    expect(m.state).toBe('awaitingR');
    expect(m.nextDeadline).toBe(5 * S + (ALS.waitRMs + 1000) * 1000);
  });

  test('without three markers SHOCK is refused', () => {
    const m = syncCharged();
    m.gate.reset();
    m.gate.marker(5 * S, true);
    m.gate.marker(6 * S, true);
    expect(names(m.handle({ type: 'shock' }, 6 * S))).toEqual(['tell refused']);
    expect(m.state).toBe('ready');
  });

  test('until the box has confirmed SYNC, SHOCK is refused: never asynchronous by accident', () => {
    const m = charged();
    m.handle({ type: 'sync', on: true }, 5 * S);
    for (const t of [5, 6, 7]) m.gate.marker(t * S, true);
    expect(names(m.handle({ type: 'shock' }, 7 * S))).toEqual(['tell refused']);
    m.handle({ type: 'syncConfirmed', on: true }, 7 * S);
    expect(m.handle({ type: 'shock' }, 7 * S)[0]).toMatchObject({ type: 'fire', sync: true });
  });

  test('release withdraws; the next SHOCK needs the new arm id', () => {
    const m = syncCharged();
    m.handle({ type: 'shock' }, 5 * S);
    expect(m.handle({ type: 'release' }, 5.5 * S)[0]).toEqual({ type: 'cancelFire', armId: 7 });
    expect(m.state).toBe('ready');
    m.gate.marker(6 * S, true);
    expect(names(m.handle({ type: 'shock' }, 6 * S))).toEqual(['tell refused']);
    m.handle({ ...CHARGED, armId: 8 }, 6 * S);
    expect(m.handle({ type: 'shock' }, 6 * S)[0]).toMatchObject({ armId: 8 });
  });

  test('a box that gives no new arm id after a release is disarmed', () => {
    const m = syncCharged();
    m.handle({ type: 'shock' }, 5 * S);
    m.handle({ type: 'release' }, 6 * S);
    expect(names(m.poll(8 * S))).toEqual(['disarm', 'tell state']);
  });

  test('no R in time: told, charge kept, nothing delivered', () => {
    const m = syncCharged();
    m.handle({ type: 'shock' }, 5 * S);
    expect(names(m.handle({ type: 'withdrawn', why: 'noRWave' }, 15 * S))).toEqual([
      'tell aborted',
      'tell state',
    ]);
    expect(m.state).toBe('ready');
  });

  test('SYNC stays on after the shock or goes off, as the model does', () => {
    const after = (profile: HostProfile): TherapyMachine => {
      const m = syncCharged();
      m.profile = profile;
      m.handle({ type: 'shock' }, 5 * S);
      m.handle({ type: 'delivered', report: report(7, true) }, 6 * S);
      return m;
    };
    expect(after(ALS).syncOn).toBe(true);
    expect(after({ ...ALS, syncOffAfterShock: true }).syncOn).toBe(false);
  });

  test('a model without SYNC says so', () => {
    const m = machine({ ...ALS, hasSync: false });
    expect(m.whyNot('sync', 0)).toMatch(/^this model has no SYNC: use /);
  });
});
