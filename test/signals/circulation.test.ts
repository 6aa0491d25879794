import { describe, expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import type { Vitals } from '../../signals/patient/circulation.ts';

const block = [0, 1, 2, 3].map(() => new Float64Array(100));
function live(patient: SimPatient, seconds: number, each?: () => void): Vitals {
  for (let k = 0; k < seconds * 5; k++) {
    patient.render(block, 20);
    each?.();
  }
  return patient.vitals();
}
const make = (rhythm: string): SimPatient => new SimPatient({ rhythm, fs: 100, seed: 2 });

describe('electricity and pump are two things', () => {
  test('sinus rhythm at 75/min: 120/80, a pulse as fast as the heart, 98 %', () => {
    const v = live(make('sinus'), 60);
    expect(v.pulsePerMin).toBeGreaterThan(68);
    expect(v.pulsePerMin).toBeLessThan(84);
    expect(Math.abs(v.systolicMmHg - 120)).toBeLessThan(12);
    expect(Math.abs(v.diastolicMmHg - 80)).toBeLessThan(12);
    expect(v.spo2Percent).toBeGreaterThan(96);
    expect(Math.abs(v.etco2MmHg - 38)).toBeLessThan(3);
    expect(v.breathsPerMin).toBe(15);
  });

  test.each(['vf', 'pea', 'asystole', 'pulseless-vt'])(
    '%s: no pulse, no pressure, CO2 and SpO2 fall',
    (rhythm) => {
      const patient = make('sinus');
      live(patient, 30);
      patient.setRhythm(rhythm);
      const v = live(patient, 90);
      expect(v.pulsePerMin).toBe(0);
      expect(v.systolicMmHg).toBeLessThan(15);
      expect(v.spo2Percent).toBeLessThan(90);
      expect(v.etco2MmHg).toBeLessThan(10);
    },
  );

  test('the pulse follows the beats that eject, a PVC less', () => {
    const pleth = (rhythm: string): number => {
      let [low, high] = [9, -9];
      live(make(rhythm), 20);
      const patient = make(rhythm);
      live(patient, 20, () => {
        if (patient.position < 500) return;
        low = Math.min(low, patient.circulation.pleth);
        high = Math.max(high, patient.circulation.pleth);
      });
      return high - low;
    };
    expect(pleth('sinus')).toBeGreaterThan(0.5);
    expect(pleth('pea')).toBeLessThan(0.4);
    expect(live(make('bigeminy'), 60).systolicMmHg).toBeLessThan(live(make('sinus'), 60).systolicMmHg);
  });

  test('compressions move some blood and lift CO2; a ventilated patient keeps breathing', () => {
    const arrest = (artifacts: Record<string, number>): Vitals => {
      const patient = new SimPatient({ rhythm: 'vf', fs: 100, artifacts });
      patient.circulation.ventilated = true;
      return live(patient, 90);
    };
    const [without, withCpr] = [arrest({}), arrest({ cpr: 2 })];
    expect(withCpr.etco2MmHg).toBeGreaterThan(without.etco2MmHg + 4);
    expect(withCpr.systolicMmHg).toBeGreaterThan(without.systolicMmHg + 15);
    expect([without.breathsPerMin, withCpr.pulsePerMin]).toEqual([15, 0]);
  });

  test('when circulation comes back CO2 overshoots', () => {
    const patient = make('vf');
    live(patient, 90);
    patient.setRhythm('sinus');
    let highest = 0;
    live(patient, 40, () => (highest = Math.max(highest, patient.vitals().etco2MmHg)));
    expect(highest).toBeGreaterThan(41);
  });

  test('a breath is a plateau: CO2 is zero in part of it and never over the end-tidal value', () => {
    const patient = make('sinus');
    live(patient, 20);
    const seen: number[] = [];
    live(patient, 20, () => seen.push(patient.circulation.co2MmHg));
    expect(seen.filter((v) => v === 0).length / seen.length).toBeGreaterThan(0.25);
    expect(Math.max(...seen)).toBeGreaterThan(34);
    expect(Math.max(...seen)).toBeLessThan(42);
  });

  test('a captured beat has a pulse, an uncaptured one none', () => {
    const paced = (currentMa: number): number => {
      const patient = make('asystole');
      for (let k = 0; k < 40; k++) {
        patient.pace({ currentMa, widthUs: 40_000 });
        live(patient, 0.8);
      }
      return patient.vitals().pulsePerMin;
    };
    expect([paced(40), Math.round(paced(80))]).toEqual([0, 75]);
  });
});
