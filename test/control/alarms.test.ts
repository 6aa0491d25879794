import { describe, expect, test } from 'vitest';
import { AlarmMachine, ALARMS } from '../../src/control/alarms.ts';
import type { Vitals } from '../../src/control/alarms.ts';

const S = 1_000_000;
const WELL: Vitals = {
  bpm: 70,
  silenceS: 0.5,
  shockable: false,
  leadOff: false,
  padsOff: false,
  linkLost: false,
  batteryPct: 90,
  faults: [],
};

describe('alarms', () => {
  test('all is well: silence', () => {
    const alarms = new AlarmMachine();
    for (let t = 0; t < 20; t++) expect(alarms.update(WELL, t * S)).toEqual([]);
    expect(alarms.active).toEqual([]);
  });

  test('asystole at 4 s at once and grave; it stays until somebody acknowledges it', () => {
    const alarms = new AlarmMachine();
    expect(alarms.update({ ...WELL, silenceS: 3.9 }, 0)).toEqual([]);
    expect(alarms.update({ ...WELL, silenceS: 4 }, S)).toMatchObject([
      { alarm: 'asystole', priority: 'high', state: 'on' },
    ]);
    expect(alarms.acknowledge()).toEqual([]);
    expect(alarms.update(WELL, 2 * S)).toMatchObject([{ alarm: 'asystole', state: 'latched' }]);
    expect(alarms.active).toEqual(['asystole']);
    expect(alarms.acknowledge()).toMatchObject([{ alarm: 'asystole', state: 'off' }]);
    expect(alarms.active).toEqual([]);
  });

  test.each([
    [{ bpm: 121 }, 'rateHigh'],
    [{ bpm: 49 }, 'rateLow'],
  ])('%j has to last 1 s, and goes by itself', (value, alarm) => {
    const alarms = new AlarmMachine();
    expect(alarms.update({ ...WELL, ...value }, 0)).toEqual([]);
    expect(alarms.update({ ...WELL, ...value }, 0.9 * S)).toEqual([]);
    expect(alarms.update({ ...WELL, ...value }, 1 * S)).toMatchObject([{ alarm, state: 'on' }]);
    expect(alarms.update(WELL, 4 * S)).toMatchObject([{ alarm, state: 'off' }]);
  });

  test('a rate that dips out of its limits for a moment raises nothing', () => {
    const alarms = new AlarmMachine();
    alarms.update({ ...WELL, bpm: 130 }, 0);
    alarms.update(WELL, 2 * S);
    expect(alarms.update({ ...WELL, bpm: 130 }, 3.5 * S)).toEqual([]);
  });

  test('with a lead off nothing is said of the heart', () => {
    const alarms = new AlarmMachine();
    const off = { ...WELL, leadOff: true, silenceS: 30, bpm: NaN };
    alarms.update(off, 0);
    expect(alarms.update(off, S)).toMatchObject([{ alarm: 'leadOff', priority: 'low' }]);
    expect(alarms.active).toEqual(['leadOff']);
  });

  test('the gravest comes first; silence lasts two minutes and ends with something new', () => {
    const alarms = new AlarmMachine();
    alarms.update({ ...WELL, batteryPct: 10 }, 0);
    alarms.silence(S);
    expect(alarms.isSilent(100 * S)).toBe(true);
    expect(alarms.isSilent(121 * S)).toBe(false);
    alarms.update({ ...WELL, batteryPct: 10, shockable: true }, 2 * S);
    expect(alarms.isSilent(3 * S)).toBe(false);
    expect(alarms.active).toEqual(['shockable', 'battery']);
  });

  test('every text says what to do', () => {
    for (const { text } of Object.values(ALARMS))
      expect(text).toMatch(/[a-z]+ (the|both) |charge|see|have|connect/);
  });
});
