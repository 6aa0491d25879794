/** The performance waves of a patient simulator: pulse, square, sine, triangle. 1 mV peak to peak before the amplitude knob. */
import type { TestWave } from '../../../signals/patient/waves/wave.ts';

const SOURCE = 'names of the ProSim command set';

function performance(name: string, title: string, at: (tS: number) => number): TestWave {
  return { name, title, source: SOURCE, limits: [], at };
}

const PULSE_S = 0.06;

export const pulse = (perMin: number): TestWave =>
  performance('pulse', `Square pulses of 60 ms, ${perMin}/min`, (t) => (t % (60 / perMin) < PULSE_S ? 1 : 0));

export const square = (hz: number): TestWave =>
  performance('square', `Square wave, ${hz} Hz`, (t) => ((t * hz) % 1 < 0.5 ? 0.5 : -0.5));

export const sine = (hz: number): TestWave =>
  performance('sine', `Sine, ${hz} Hz`, (t) => 0.5 * Math.sin(2 * Math.PI * hz * t));

export const triangle = (hz: number): TestWave =>
  performance('triangle', `Triangle, ${hz} Hz`, (t) => 2 * Math.abs(((t * hz) % 1) - 0.5) - 0.5);
