import { describe, expect, test } from 'vitest';
import { LIMIT_FIELDS, outOfRange } from '../../src/control/alarm-limits.ts';
import { AlarmMachine } from '../../src/control/alarms.ts';
import type { Vitals } from '../../src/control/alarms.ts';
import { PATIENTS } from '../../src/control/patients.ts';
import type { AlarmLimits, VitalSigns } from '../../src/core/session-events.ts';

const S = 1_000_000;
const LIMITS = PATIENTS.adult.limits;
const SIGNS: VitalSigns = {
  ...{ spo2Pct: 97, pulsePerMin: 70, etco2MmHg: 38, breathsPerMin: 14, systolicMmHg: 120, diastolicMmHg: 80 },
  ...{ meanMmHg: 93, pressureAgeS: 3, temperatureC: 36.8, compressionMm: NaN, compressionsPerMin: NaN },
  states: [],
};
const WELL: Vitals = {
  ...{ bpm: 70, silenceS: 0.5, shockable: false, leadOff: false, padsOff: false, linkLost: false },
  ...{ batteryPct: 90, faults: [], signs: SIGNS },
};

/** What is raised within a minute. */
function raised(limits: Partial<AlarmLimits>, vitals: Partial<Vitals>): string[] {
  const alarms = new AlarmMachine();
  alarms.setLimits(limits);
  for (let t = 0; t <= 60; t++) alarms.update({ ...WELL, ...vitals }, t * S);
  return alarms.active;
}
const withSigns = (signs: Partial<VitalSigns>): Partial<Vitals> => ({ signs: { ...SIGNS, ...signs } });

describe('limits of the other sensors are the operator’s', () => {
  test.each([
    ['spo2Low', withSigns({ spo2Pct: 93 }), { spo2Low: 94 }, { spo2Low: 93 }],
    ['pressure', withSigns({ systolicMmHg: 120 }), { systolicHigh: 119 }, { systolicHigh: 120 }],
    ['pressure', withSigns({ systolicMmHg: 100 }), { systolicLow: 101 }, { systolicLow: 100 }],
    ['co2', withSigns({ etco2MmHg: 40 }), { etco2High: 39 }, { etco2High: 40 }],
    ['co2', withSigns({ etco2MmHg: 30 }), { etco2Low: 31 }, { etco2Low: 30 }],
  ] as const)('%s: a value beyond it is told, one at it is not', (alarm, vitals, beyond, at) => {
    const expected = alarm === 'spo2Low' ? 'spo2Low' : alarm;
    expect(raised(beyond, vitals)).toEqual([expected]);
    expect(raised(at, vitals)).toEqual([]);
  });

  test('a child has other ones: 75 mmHg is low for an adult alone, 130 mmHg is high for a child alone', () => {
    expect(raised(PATIENTS.adult.limits, withSigns({ systolicMmHg: 75 }))).toEqual(['pressure']);
    expect(raised(PATIENTS.child.limits, { ...withSigns({ systolicMmHg: 75 }), bpm: 100 })).toEqual([]);
    expect(raised(PATIENTS.adult.limits, withSigns({ systolicMmHg: 130 }))).toEqual([]);
    expect(raised(PATIENTS.child.limits, { ...withSigns({ systolicMmHg: 130 }), bpm: 100 })).toEqual([
      'pressure',
    ]);
  });
});

describe('what may be set', () => {
  test.each(Object.entries(LIMIT_FIELDS))('%s has both ends', (key, { least, most }) => {
    const wide: AlarmLimits = {
      ...{ bpmLow: 20, bpmHigh: 300, spo2Low: 90, systolicLow: 30, systolicHigh: 250 },
      ...{ etco2Low: 5, etco2High: 100, batteryPct: 20 },
    };
    const words = (value: number): string => outOfRange({ ...wide, [key]: value }) ?? '';
    expect(words(least - 1)).toMatch(new RegExp(`out of range: choose ${least} to ${most}$`));
    expect(words(most + 1)).toMatch(/out of range/);
    expect(words(NaN)).toMatch(/out of range/);
    expect(words(least)).not.toMatch(/out of range/);
    expect(words(most)).not.toMatch(/out of range/);
  });

  test.each([
    [{ bpmLow: 60, bpmHigh: 64 }, { bpmLow: 60, bpmHigh: 65 }, /leave 5 \/min/],
    [{ systolicLow: 90, systolicHigh: 99 }, { systolicLow: 90, systolicHigh: 100 }, /leave 10 mmHg/],
    [{ etco2Low: 30, etco2High: 34 }, { etco2Low: 30, etco2High: 35 }, /leave 5 mmHg/],
  ])('%j is too close, %j is not', (close, apart, words) => {
    expect(outOfRange({ ...LIMITS, ...close })).toMatch(words);
    expect(outOfRange({ ...LIMITS, ...apart })).toBeUndefined();
  });
});

describe('the pacer and the charge', () => {
  test('no capture and capture without a pulse are grave; a heart of its own, and a pulse, are not told', () => {
    expect(raised({}, { capture: 'none' })).toEqual(['noCapture']);
    expect(raised({}, { capture: 'captured', pacedPulse: 'absent' })).toEqual(['pacedNoPulse']);
    for (const pacedPulse of ['present', 'notMeasured', 'other'] as const)
      expect(raised({}, { capture: 'captured', pacedPulse })).toEqual([]);
    expect(raised({}, { capture: 'ownRhythm', pacedPulse: 'absent' })).toEqual([]);
    expect(raised({}, { capture: 'none', leadOff: true })).toEqual(['leadOff']);
  });

  test('they wait: 2 s for capture, 3 s for the pulse', () => {
    const alarms = new AlarmMachine();
    const at = (t: number, v: Partial<Vitals>) => alarms.update({ ...WELL, ...v }, t * S).map((c) => c.alarm);
    expect([at(0, { capture: 'none' }), at(1.9, { capture: 'none' })]).toEqual([[], []]);
    expect(at(2, { capture: 'none' })).toEqual(['noCapture']);
    const bare = { capture: 'captured', pacedPulse: 'absent' } as const;
    expect(at(10, bare)).toEqual(['noCapture']);
    expect(at(12.9, bare)).toEqual([]);
    expect(at(13, bare)).toEqual(['pacedNoPulse']);
  });

  test('a failed charge is told by its own alarm and not by the one for faults', () => {
    expect(raised({}, { faults: ['chargeFailed'] })).toEqual(['chargeFailed']);
    expect(raised({}, { faults: ['chargeFailed', 'relayWeld'] })).toEqual(['chargeFailed', 'fault']);
  });
});

test.each([
  [{ systolicHigh: 251 }, 'high systolic limit 251 mmHg is out of range: choose 30 to 250'],
  [{ etco2High: 101 }, 'high end-tidal CO2 limit 101 mmHg is out of range: choose 5 to 100'],
  [{ bpmLow: 19 }, 'low heart rate limit 19 /min is out of range: choose 20 to 300'],
])('%j: the words name the limit and its unit', (wanted, words) => {
  expect(outOfRange({ ...LIMITS, ...wanted })).toBe(words);
});

test.each([
  [74, ['rateLow']],
  [75, []],
  [160, []],
  [161, ['rateHigh']],
])('a child’s rate of %d /min: %j', (bpm, alarms) => {
  expect(raised(PATIENTS.child.limits, { bpm })).toEqual(alarms);
});
