/** Alarms of the other sensors, and what the machine does with any alarm: latching, pause, order. */
import { describe, expect, test } from 'vitest';
import { AlarmMachine } from '../../src/control/alarms.ts';
import type { Vitals } from '../../src/control/alarms.ts';
import type { VitalSigns } from '../../src/core/session-events.ts';

const S = 1_000_000;
const SIGNS: VitalSigns = {
  ...{ spo2Pct: 97, pulsePerMin: 70, etco2MmHg: 38, breathsPerMin: 14, systolicMmHg: 120, diastolicMmHg: 80 },
  ...{ meanMmHg: 93, pressureAgeS: 3, temperatureC: 36.8, compressionMm: NaN, compressionsPerMin: NaN },
  states: [],
};
const WELL: Vitals = {
  ...{ bpm: 70, silenceS: 0.5, shockable: false, leadOff: false, padsOff: false, linkLost: false },
  ...{ batteryPct: 90, faults: [], signs: SIGNS },
};
const signs = (some: Partial<VitalSigns>): Vitals => ({ ...WELL, signs: { ...SIGNS, ...some } });

describe('a sign out of its limits', () => {
  test.each([
    ['spo2Low', { spo2Pct: 89 }, 'medium', 10],
    ['apnoea', { breathsPerMin: 0, etco2MmHg: 0 }, 'high', 20],
    ['co2', { etco2MmHg: 24 }, 'medium', 10],
    ['co2', { etco2MmHg: 51 }, 'medium', 10],
    ['pressure', { systolicMmHg: 89 }, 'medium', 0],
    ['pressure', { systolicMmHg: 161 }, 'medium', 0],
  ] as const)('%s, %j: %s, after %d s, and goes by itself', (alarm, some, priority, delayS) => {
    const alarms = new AlarmMachine();
    if (delayS > 0) expect(alarms.update(signs(some), 0)).toEqual([]);
    if (delayS > 0) expect(alarms.update(signs(some), delayS * S - 1)).toEqual([]);
    expect(alarms.update(signs(some), delayS * S)).toMatchObject([{ alarm, priority, state: 'on' }]);
    expect(alarms.update(WELL, 30 * S)).toMatchObject([{ alarm, state: 'off' }]);
    expect(alarms.active).toEqual([]);
  });

  test.each([
    ['at its limit', { spo2Pct: 90, etco2MmHg: 25, systolicMmHg: 90 }],
    ['at its upper limit', { etco2MmHg: 50, systolicMmHg: 160 }],
    ['that nobody measures', { spo2Pct: NaN, etco2MmHg: NaN, systolicMmHg: NaN, breathsPerMin: NaN }],
  ])('a sign %s is not told', (_, some) => {
    const alarms = new AlarmMachine();
    for (let t = 0; t < 60; t++) expect(alarms.update(signs(some), t * S)).toEqual([]);
  });

  test('without sensors, or without a link, nothing is said of them', () => {
    const alarms = new AlarmMachine();
    for (let t = 0; t < 60; t++) alarms.update({ ...WELL, signs: undefined }, t * S);
    expect(alarms.active).toEqual([]);
    const bad = signs({ spo2Pct: 60, breathsPerMin: 0, systolicMmHg: 40 });
    const worse = signs({ etco2MmHg: 5 });
    for (let t = 60; t < 120; t++) alarms.update({ ...(t % 60 < 30 ? bad : worse), linkLost: true }, t * S);
    expect(alarms.active).toEqual(['linkLost']);
  });
});

describe('a latched alarm', () => {
  const FLAT = { ...WELL, silenceS: 10 };

  test('stays however long all is well', () => {
    const alarms = new AlarmMachine();
    alarms.update(FLAT, 0);
    expect(alarms.update(WELL, S)).toMatchObject([{ alarm: 'asystole', state: 'latched' }]);
    for (let t = 2; t < 20; t++) expect(alarms.update(WELL, t * S)).toEqual([]);
    expect(alarms.shown).toMatchObject([{ alarm: 'asystole', state: 'latched' }]);
  });

  test('is raised again, and sounds again, when its condition comes back', () => {
    const alarms = new AlarmMachine();
    alarms.update(FLAT, 0);
    alarms.update(WELL, S);
    alarms.silence(2 * S);
    expect(alarms.update(FLAT, 3 * S)).toMatchObject([{ alarm: 'asystole', state: 'on' }]);
    expect(alarms.isSilent(3 * S)).toBe(false);
    expect(alarms.update(FLAT, 4 * S)).toEqual([]);
  });
});

describe('a pause', () => {
  const FLAT = { ...WELL, silenceS: 10 };

  test('hides what comes and goes in it: nothing is latched, nothing ends', () => {
    const alarms = new AlarmMachine();
    alarms.pause(0);
    expect(alarms.update(FLAT, S)).toEqual([]);
    expect(alarms.update(WELL, 2 * S)).toEqual([]);
    expect(alarms.active).toEqual([]);
  });

  test('ends after two minutes to the microsecond: what still holds is raised, and the key pauses anew', () => {
    const alarms = new AlarmMachine();
    alarms.pause(0);
    expect(alarms.update(FLAT, 120 * S - 1)).toEqual([]);
    expect(alarms.update(FLAT, 120 * S)).toMatchObject([{ alarm: 'asystole', state: 'on' }]);
    alarms.pause(120 * S);
    expect(alarms.sound(121 * S)).toEqual({ sound: 'paused', until: 240 * S });
  });
});

test('a rate that was out for less than its delay has not begun, so it does not end', () => {
  const alarms = new AlarmMachine();
  alarms.update({ ...WELL, bpm: 130 }, 0);
  expect(alarms.update(WELL, 0.5 * S)).toEqual([]);
});

test('the gravest first, whatever came first; equals in the order of the table', () => {
  const alarms = new AlarmMachine();
  const bad = { ...signs({ breathsPerMin: 0, systolicMmHg: 60 }), bpm: 20, batteryPct: 5, silenceS: 5 };
  for (let t = 0; t <= 30; t++) alarms.update(bad, t * S);
  expect(alarms.active).toEqual(['asystole', 'apnoea', 'rateLow', 'pressure', 'battery']);
});
