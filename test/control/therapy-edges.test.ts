/** The host's therapy machine where two things meet: a key and a lost link, a new model and SYNC, two reasons to disarm. */
import { describe, expect, test } from 'vitest';
import { HOST_PROFILES, profileOfModel } from '../../src/control/host-profile.ts';
import type { HostProfile } from '../../src/control/host-profile.ts';
import { WHY } from '../../src/control/refusals.ts';
import { TherapyMachine } from '../../src/control/therapy.ts';
import type { TherapyEvent } from '../../src/control/therapy.ts';

const S = 1_000_000;
const [ALS, AED] = HOST_PROFILES;
const CHARGED: TherapyEvent = { type: 'charged', armId: 7, energyJ: 200, expiryMs: 60_000 };

function machine(profile: HostProfile = ALS): TherapyMachine {
  const m = new TherapyMachine(profile);
  m.conditions.link = 'good';
  return m;
}

/** A shock that waits for its R. */
function waiting(): TherapyMachine {
  const m = machine();
  m.handle({ type: 'sync', on: true }, 0);
  m.handle({ type: 'syncConfirmed', on: true }, 0);
  m.handle({ type: 'charge' }, 0);
  m.handle(CHARGED, 4 * S);
  for (const t of [3, 4, 5]) m.gate.marker(t * S, true);
  m.handle({ type: 'shock' }, 5 * S);
  expect(m.state).toBe('awaitingR');
  return m;
}

describe('before a device is there', () => {
  test('CHARGE is refused: there is no connection', () => {
    expect(new TherapyMachine(ALS).whyNot('charge', 0)).toBe(WHY.linkDown);
  });

  test('no fault is known', () => {
    expect(machine().whyNot('charge', 0)).toBeUndefined();
  });
});

describe('letting go of SHOCK is obeyed, whatever else is wrong', () => {
  test.each([
    ['no link', (m: TherapyMachine) => (m.conditions.link = 'none')],
    ['a stale link', (m: TherapyMachine) => (m.conditions.link = 'stale')],
    ['a fault', (m: TherapyMachine) => (m.conditions.faults = true)],
  ])('%s', (_, spoil) => {
    const m = waiting();
    spoil(m);
    expect(m.handle({ type: 'release' }, 5.5 * S)[0]).toEqual({ type: 'cancelFire', armId: 7 });
    expect(m.state).toBe('ready');
  });
});

describe('a model', () => {
  test('without SYNC charges like any other', () => {
    expect(machine(AED).whyNot('charge', 0)).toBeUndefined();
  });

  test('that has SYNC too leaves it on, one that has none does not', () => {
    const m = machine();
    m.handle({ type: 'sync', on: true }, 0);
    m.useProfile({ ...ALS, model: 'another' });
    expect(m.syncOn).toBe(true);
    m.useProfile(AED);
    expect(m.syncOn).toBe(false);
  });

  test('is known by its name, and a stranger is used by hand', () => {
    for (const profile of HOST_PROFILES) expect(profileOfModel(profile.model)).toBe(profile);
    expect(profileOfModel('nobody knows').model).toBe('rwave ALS');
  });
});

test('the first reason to disarm is the one that is told', () => {
  const m = machine();
  m.handle({ type: 'charge' }, 0);
  m.handle(CHARGED, 4 * S);
  m.handle({ type: 'disarm', why: 'no shock advised' }, 5 * S);
  m.handle({ type: 'disarm', why: 'operator' }, 5.1 * S);
  expect(m.handle({ type: 'dumped', why: 'host', leftJ: 0 }, 6 * S)).toContainEqual({
    type: 'tell',
    event: { type: 'disarmed', why: 'no shock advised', leftJ: 0 },
  });
});

test('the R that the box saw makes the shock its own: what comes next is delivery, not a wait', () => {
  const m = waiting();
  m.handle({ type: 'rWave' }, 5.2 * S);
  expect(m.state).toBe('delivering');
  expect(m.nextDeadline).toBe(7.2 * S);
});
