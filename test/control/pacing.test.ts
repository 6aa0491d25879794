import { describe, expect, test } from 'vitest';
import { PACING, PacingMachine } from '../../src/control/pacing.ts';
import { reachable } from '../../src/control/table.ts';

const S = 1_000_000;

function pacing(): PacingMachine {
  const pacer = new PacingMachine();
  pacer.conditions.link = true;
  pacer.set({ ratePpm: 70, currentMa: 60 }, 0);
  pacer.handle('start', 0);
  return pacer;
}

describe('the pacer', () => {
  test('starts with its settings, changes them while it runs, stops', () => {
    const pacer = new PacingMachine();
    pacer.conditions.link = true;
    expect(pacer.set({ ratePpm: 80, currentMa: 70, mode: 'fixed' }, 0)).toEqual([]);
    expect(pacer.handle('start', 0)).toEqual([
      { type: 'pace', on: true, settings: { mode: 'fixed', ratePpm: 80, currentMa: 70, widthMs: 40 } },
    ]);
    expect(pacer.set({ currentMa: 75 }, S)).toMatchObject([
      { type: 'pace', on: true, settings: { currentMa: 75 } },
    ]);
    expect(pacer.handle('stop', 2 * S)).toMatchObject([{ type: 'pace', on: false }]);
  });

  test.each([
    [{ ratePpm: 29 }, /30 to 180/],
    [{ ratePpm: 181 }, /30 to 180/],
    [{ currentMa: 201 }, /0 to 200/],
    [{ widthMs: NaN }, /5 to 40/],
  ])('%j is refused with the limits, and nothing changes', (settings, words) => {
    const pacer = pacing();
    const before = { ...pacer.settings };
    const [effect] = pacer.set(settings, S);
    expect(effect).toMatchObject({ type: 'refused', action: 'set' });
    expect((effect as { why: string }).why).toMatch(words);
    expect(pacer.settings).toEqual(before);
  });

  test.each([
    ['syncOn', /SYNC is on/],
    ['padsOff', /pads are off/],
    ['charged', /press DISARM/],
  ] as const)('does not start while %s', (condition, words) => {
    const pacer = new PacingMachine();
    pacer.conditions.link = true;
    pacer.conditions[condition] = true;
    expect(pacer.whyNot('start')).toMatch(words);
    expect(pacer.handle('start', 0)).toMatchObject([{ type: 'refused' }]);
    expect(pacer.state).toBe('off');
  });

  test('a pause ends by itself after 10 s', () => {
    const pacer = pacing();
    expect(pacer.handle('pause', S)).toMatchObject([{ type: 'pace', on: false }]);
    expect(pacer.poll(11 * S - 1)).toEqual([]);
    expect(pacer.poll(11 * S)).toMatchObject([{ type: 'pace', on: true }]);
    expect(pacer.nextDeadline).toBeUndefined();
  });

  test('new settings during a pause do not pace, and do not prolong it', () => {
    const pacer = pacing();
    pacer.handle('pause', S);
    expect(pacer.set({ currentMa: 90 }, 5 * S)).toEqual([]);
    expect(pacer.nextDeadline).toBe(11 * S);
  });

  test.each(['padsOff', 'fault', 'charge'] as const)('%s stops it', (event) => {
    expect(pacing().handle(event, S)).toMatchObject([{ type: 'pace', on: false }]);
    expect(
      reachable(PACING, 'pacing', { avoidingEvents: ['stop', 'padsOff', 'fault', 'charge'] }).has('off'),
    ).toBe(false);
  });

  test('after a lost link: taken over with the settings, or stopped, as chosen; a stranger is stopped', () => {
    expect(pacing().linkIsBack(true, S)).toMatchObject([{ type: 'pace', on: true }]);
    const stops = pacing();
    stops.onLinkLoss = 'stop';
    expect(stops.linkIsBack(true, S)).toMatchObject([{ type: 'pace', on: false }]);
    expect(stops.state).toBe('off');
    expect(new PacingMachine().linkIsBack(true, S)).toMatchObject([{ type: 'pace', on: false }]);
  });
});
