/** Asystole: the heart adds nothing. What is left on the trace is the body's and the electrodes' own noise. */
import type { Rhythm, RhythmSource } from './rhythm.ts';

const STILL: RhythmSource = {
  schedule: () => undefined,
};

export const asystole: Rhythm = {
  name: 'asystole',
  title: 'Asystole',
  shock: 'silent',
  halfDoseJ: 0,
  ejection: 0,
  start: () => STILL,
};
