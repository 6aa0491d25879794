/** Asystole is a line without a heart in it, whatever the electrodes do; fine VF is not one. */
import { expect, test } from 'vitest';
import { SimPatient, type SimPatientOptions } from '../../signals/patient/sim-patient.ts';
import { RhythmAnalyser } from '../../src/advisory/index.ts';
import { quickPeakToPeak } from '../../src/advisory/stillness.ts';
import { FS, windowOf } from './known.ts';

function rhythmsOf(options: SimPatientOptions, seconds = 60): string[] {
  const patient = new SimPatient({ fs: FS, ...options });
  const leads = patient.leads.map(() => new Float64Array(seconds * FS));
  patient.render(leads, seconds * FS);
  const analyser = new RhythmAnalyser({ fs: FS });
  analyser.process(leads[0], seconds * FS);
  const heard: string[] = [];
  for (let a = analyser.advices.take(); a !== undefined; a = analyser.advices.take())
    heard.push(`${a.verdict} ${a.rhythm}`);
  return heard.slice(3);
}

test.each([
  ['breathing and hiss', { rhythm: 'asystole' }],
  ['P waves', { rhythm: 'p-asystole' }],
  ['a baseline that wanders by 1 mV RMS', { rhythm: 'asystole', artifacts: { wander: 1 } }],
  ['mains of 0.5 mV', { rhythm: 'asystole', artifacts: { 'mains-50': 0.5 } }],
])('asystole under %s: never a shock', (_name, options) => {
  for (const seed of ['1', '2', '3'])
    expect(rhythmsOf({ ...options, seed }).filter((r) => r.startsWith('shock'))).toEqual([]);
});

test('peak to peak in 2.5-30 Hz: 0.5 Hz goes, 4 Hz stays', () => {
  const sine = (hz: number) => (t: number) => 0.5 * Math.sin(2 * Math.PI * hz * t);
  expect(quickPeakToPeak(windowOf(sine(0.5)))).toBeLessThan(0.02);
  expect(quickPeakToPeak(windowOf(sine(4)))).toBeGreaterThan(0.9);
  expect(quickPeakToPeak(windowOf(sine(4)))).toBeLessThan(1.05);
});

test('VF of 0.25 mV peak to peak at 3.5 Hz is not taken for a still line', () => {
  const wave = (t: number): number =>
    0.125 * Math.sin(2 * Math.PI * 3.5 * t + 1.5 * Math.sin(2 * Math.PI * 0.7 * t));
  expect(quickPeakToPeak(windowOf(wave))).toBeGreaterThan(0.2);
});
