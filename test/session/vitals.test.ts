/** Vital signs from the patient's body to the host's events and alarms, over every byte between. */
import { describe, expect, test, vi } from 'vitest';
import type { SlowWave } from '../../src/core/session-events.ts';
import { slowWave, vitalSigns } from '../../src/session/vitals-in.ts';
import { exampleOf } from '../../src/app/docs/examples.ts';
import type { MessageOf } from '../../src/protocol/messages.ts';
import { PatientDose } from '../../src/session/patient-dose.ts';
import { story } from './rig.ts';

const signs = (s: ReturnType<typeof story>) => s.of('vitals').at(-1);
const alarms = (s: ReturnType<typeof story>) => s.of('alarm').map(({ alarm, state }) => `${alarm} ${state}`);

test('numbers and slow waves where the session asks, nothing where it does not', () => {
  const asked = story('sinus', { session: { vitals: true } });
  const waves: Omit<SlowWave, 'values'>[] = [];
  asked.session.onSlowWave = ({ name, firstSample, everySamples }) =>
    waves.push({ name, firstSample, everySamples });
  asked.wait(8);
  expect(signs(asked)).toMatchObject({ spo2Pct: 98, breathsPerMin: 15, temperatureC: 36.8 });
  expect(signs(asked)?.states).toEqual(['noCompressions']);
  expect(signs(asked)?.systolicMmHg).toBeNaN();
  expect(new Set(waves.map((w) => w.name))).toEqual(new Set(['pleth', 'co2']));
  const pleth = waves.filter((w) => w.name === 'pleth');
  expect(pleth[5].firstSample - pleth[4].firstSample).toBe(10 * pleth[4].everySamples);

  const silent = story('sinus');
  silent.wait(5);
  expect(silent.of('vitals')).toEqual([]);
});

describe('alarms', () => {
  test('apnoea is told 20 s after the last breath, and ends when somebody ventilates', () => {
    const s = story('vf', { session: { vitals: true } });
    s.wait(40);
    expect(alarms(s)).not.toContain('apnoea on');
    s.until(() => alarms(s).includes('apnoea on'), 40);
    expect(alarms(s)).toContain('apnoea on');
    const noBreath = s.of('vitals').find((v) => v.states.includes('noBreath'));
    const told = s.of('alarm').find((a) => a.alarm === 'apnoea');
    expect((told?.t ?? NaN) - (noBreath?.t ?? NaN)).toBeGreaterThan(19);
    expect((told?.t ?? NaN) - (noBreath?.t ?? NaN)).toBeLessThan(22);
    s.patient.circulation.ventilated = true;
    s.wait(3);
    expect(alarms(s)).toContain('apnoea off');
  });

  test('a sensor that is off is no alarm of the patient', () => {
    const s = story('sinus', { session: { vitals: true } });
    for (const sensor of ['spo2', 'co2', 'temperature']) s.box.bench.setSensor(sensor, false);
    s.wait(30);
    expect(signs(s)?.states).toContain('co2Off');
    expect(s.of('alarm')).toEqual([]);
  });
});

describe('the words of the wire', () => {
  const told = exampleOf('vitals') as MessageOf<'vitals'>;

  test('zero is "not measured", but no breath is a breath rate', () => {
    expect(vitalSigns(told)).toMatchObject({ spo2Pct: 97, etco2MmHg: 37.8, meanMmHg: 93, pressureAgeS: 42 });
    const none = vitalSigns({ ...told, spo2Pct: 0, breathsPerMin: 0, etco2DmmHg: 0, nibpAgeS: 65_535 });
    expect([none.spo2Pct, none.pressureAgeS]).toEqual([NaN, NaN]);
    expect([none.breathsPerMin, none.etco2MmHg]).toEqual([0, 0]);
    expect(vitalSigns({ ...told, states: 4, breathsPerMin: 0 }).breathsPerMin).toBeNaN();
  });

  test('a slow wave of a newer box is left alone', () => {
    const channel = exampleOf('channel') as MessageOf<'channel'>;
    expect([...(slowWave(channel, 7)?.values ?? [])]).toEqual([0.4, 0.512, 0.688, NaN]);
    expect(slowWave({ ...channel, kind: 9 }, 7)).toBeUndefined();
  });
});

test('a child: the box refuses what is too much for him, also after a new session', () => {
  const s = story('sinus');
  s.wait(2);
  s.session.operate({ type: 'patient', patient: 'child' }, s.rig.clock.now);
  s.wait(1);
  const select = (energyJ: number): void => {
    s.session.operate({ type: 'selectEnergy', energyJ }, s.rig.clock.now);
    s.wait(1);
  };
  select(200);
  expect(s.of('refused').at(-1)).toMatchObject({ action: 'selectEnergy', by: 'host' });
  // A host that does not look at the dose.
  const dose = vi.spyOn(PatientDose.prototype, 'refusalOf').mockReturnValue(undefined);
  select(200);
  expect(s.of('refused').at(-1)).toMatchObject({ action: 'selectEnergy', by: 'box' });
  s.rig.unplug();
  s.wait(1);
  s.rig.replug();
  s.wait(2);
  select(225);
  expect(s.of('refused').filter((e) => e.by === 'box')).toHaveLength(2);
  dose.mockRestore();
  s.session.operate({ type: 'patient', patient: 'adult' }, s.rig.clock.now);
  s.wait(1);
  const refusals = s.of('refused').length;
  s.session.operate({ type: 'selectEnergy', energyJ: 360 }, s.rig.clock.now);
  s.wait(1);
  expect(s.of('refused')).toHaveLength(refusals);
});
