/** The AED where nobody listens, and when its clock is looked at. */
import { describe, expect, test } from 'vitest';
import { AedMachine } from '../../src/control/aed.ts';
import type { AedEventName } from '../../src/control/aed-table.ts';

const S = 1_000_000;

function aed(...way: (AedEventName | 'shock')[]): AedMachine {
  const machine = new AedMachine({ energiesJ: [200, 300], cprMs: 120_000 });
  for (const step of way) {
    if (step === 'shock') machine.decide('shock', 0);
    else machine.handle(step, 0);
  }
  return machine;
}

describe('decisions are not heard', () => {
  test.each([
    ['while AED mode is off', [], 'start'],
    ['while the pads are off', ['start', 'padsOff'], 'padsOn'],
    ['during the compressions', ['start', 'shock', 'shock', 'charged', 'delivered'], 'elapsed'],
  ] as const)('%s, and do not count afterwards', (_, way, back) => {
    for (const verdict of ['shock', 'noShock', 'inconclusive'] as const) {
      const machine = aed(...way);
      const { state } = machine;
      for (let t = 0; t < 6; t++) expect(machine.decide(verdict, t * S)).toEqual([]);
      expect(machine.state).toBe(state);
      machine.handle(back, 10 * S);
      expect(machine.state).toBe('analysing');
      if (verdict !== 'shock') expect(machine.decide(verdict, 11 * S)).toEqual([]);
      else expect(machine.decide(verdict, 11 * S)).toMatchObject([{ type: 'charge' }]);
    }
  });
});

test('nothing is due while it does not count: a look at the clock changes nothing', () => {
  for (const machine of [aed(), aed('start'), aed('start', 'shock')]) {
    const { state } = machine;
    expect(machine.nextDeadline).toBeUndefined();
    expect(machine.poll(9e12)).toEqual([]);
    expect(machine.state).toBe(state);
  }
});

test('shock advised, still charging: a delay is told and not said, for the operator hears to stand clear', () => {
  const machine = aed('start', 'shock', 'shock');
  expect(machine.state).toBe('advisedCharging');
  machine.decide('inconclusive', S, 'motion');
  expect(machine.decide('inconclusive', 2 * S, 'motion')).toEqual([{ type: 'delay', why: 'motion' }]);
});
