/** What the host may ask of the box's therapy: the orders that the approved table (golden/box-cells) does not go through. */
import { describe, expect, test, vi } from 'vitest';
import { als } from '../../firmware-sim/profiles/als.ts';
import { PATIENTS } from '../../src/protocol/messages.ts';
import { TherapyBench } from './therapy-bench.ts';

const ADULT = PATIENTS.indexOf('adult');
const CHILD = PATIENTS.indexOf('child');

describe('SELECT', () => {
  test.each(['dump', 'recharge'] as const)(
    'of the energy that is charged keeps the charge (%s)',
    (change) => {
      const bench = new TherapyBench({ energyChange: change }).ready();
      const { armId } = bench.therapy;
      expect(bench.orders.select(bench.now, 2000)).toBe('ok');
      expect([bench.therapy.state, bench.therapy.armId]).toEqual(['ready', armId]);
    },
  );

  test('in standby charges nothing, on a model that recharges too', () => {
    const bench = new TherapyBench({ energyChange: 'recharge' }).standby();
    expect(bench.orders.select(bench.now, 1500)).toBe('ok');
    expect([bench.therapy.state, bench.therapy.selectedDj]).toEqual(['standby', 1500]);
  });

  test('of another energy while a shock waits: refused by a model that recharges, and the shock goes on waiting', () => {
    const bench = new TherapyBench({ energyChange: 'recharge' }).waiting();
    expect(bench.orders.select(bench.now, 1500)).toBe('badState');
    expect([bench.therapy.state, bench.therapy.selectedDj]).toEqual(['awaitingR', 2000]);
  });
});

test('CHARGE without pads is refused, and so is one for an energy that the model does not have', () => {
  const bench = new TherapyBench().standby();
  bench.chest.padsOn = false;
  expect(bench.orders.charge(bench.now, 2000)).toBe('leadsOff');
  expect(bench.orders.charge(bench.now, 2010)).toBe('badParam');
  expect(bench.therapy.state).toBe('standby');
  bench.chest.padsOn = true;
  expect(bench.orders.charge(bench.now, 2000)).toBe('ok');
});

describe('FIRE', () => {
  test.each([
    [als.minOhm, 'ok'],
    [als.minOhm - 0.1, 'interlock'],
    [als.maxOhm, 'ok'],
    [als.maxOhm + 0.1, 'interlock'],
  ])('through %d ohm: %s', (ohm, reply) => {
    const bench = new TherapyBench().ready();
    bench.chest.loadOhm = ohm;
    expect(bench.fire()).toBe(reply);
  });

  test('that was not permitted is remembered as aborted, and the charge waits under a new id', () => {
    const bench = new TherapyBench().ready();
    const { armId } = bench.therapy;
    expect(bench.fire({ energyDj: 1500 })).toBe('badParam');
    expect(bench.result(armId)).toBe('aborted none');
    expect(bench.result(bench.therapy.armId)).toBe('pending none');
  });
});

describe('SYNC', () => {
  test('takes one of the leads that are there', () => {
    const bench = new TherapyBench().standby();
    const leads = bench.frontEnd.leadNames.length;
    expect(bench.orders.setSync(true, leads)).toBe('badParam');
    expect(bench.synchroniser.on).toBe(false);
    expect(bench.orders.setSync(true, leads - 1)).toBe('ok');
    expect([bench.synchroniser.on, bench.synchroniser.lead]).toEqual([true, leads - 1]);
  });

  test('goes to another lead while it is on, but not under a shock that waits', () => {
    const bench = new TherapyBench().ready();
    bench.orders.setSync(true, 0);
    expect(bench.orders.setSync(true, 1)).toBe('ok');
    expect(bench.synchroniser.lead).toBe(1);
    bench.fire();
    expect(bench.orders.setSync(true, 0)).toBe('badState');
    expect(bench.orders.setSync(true, 1)).toBe('ok');
    expect(bench.synchroniser.lead).toBe(1);
  });

  test('forgets what it learnt while the pacer hid parts of the beats', () => {
    const bench = new TherapyBench().standby();
    const forget = vi.spyOn(bench.synchroniser, 'forget');
    bench.orders.pacingStopped();
    expect(forget).toHaveBeenCalledOnce();
  });
});

describe('another patient', () => {
  test('a child: his first energy is selected, at most 50 J without a weight', () => {
    const bench = new TherapyBench().standby();
    expect(bench.orders.setPatient(bench.now, CHILD, 0)).toBe('ok');
    expect(bench.therapy.selectedDj).toBe(500);
    expect(bench.orders.charge(bench.now, 2000)).toBe('badParam');
    expect(bench.orders.setPatient(bench.now, ADULT, 0)).toBe('ok');
    expect(bench.therapy.selectedDj).toBe(2000);
  });

  test('a charge that is not for him goes, one that is stays and stays selected', () => {
    const bench = new TherapyBench().ready(200);
    expect(bench.orders.setPatient(bench.now, CHILD, 0)).toBe('ok');
    expect(bench.therapy.state).toBe('dumping');
    expect(bench.news.at(-1)).toBe('abort modeChanged');
    expect(bench.therapy.selectedDj).toBe(500);
    const small = new TherapyBench().ready(30);
    expect(small.orders.setPatient(small.now, CHILD, 0)).toBe('ok');
    expect([small.therapy.state, small.therapy.selectedDj]).toEqual(['ready', 300]);
  });

  test('is not chosen in the middle of a shock, nor one that cannot be; nothing changes', () => {
    const bench = new TherapyBench().ready(200);
    expect(bench.orders.setPatient(bench.now, PATIENTS.length, 0)).toBe('badParam');
    expect([bench.therapy.state, bench.therapy.selectedDj]).toEqual(['ready', 2000]);
    bench.fire();
    expect(bench.orders.setPatient(bench.now, CHILD, 0)).toBe('badState');
    bench.wait(5000);
    expect(bench.orders.select(bench.now, 2000)).toBe('ok');
    const poor = new TherapyBench();
    poor.standby().therapy.selectedDj = 1500;
    expect(poor.orders.setPatient(poor.now, CHILD, 999)).toBe('badParam');
    expect(poor.therapy.selectedDj).toBe(1500);
  });
});
