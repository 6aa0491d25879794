/** Ventricular standstill: the atria beat as in sinus rhythm, no P is conducted and no escape rhythm comes. Asystole with P waves. */
import { Beats } from './beats.ts';
import type { Rhythm } from './rhythm.ts';
import { sinusIntervals } from './sinus.ts';
import { P } from './templates.ts';

const FIRST_P_S = 0.25;

export const standstill: Rhythm = {
  name: 'p-asystole',
  title: 'Ventricular standstill (asystole with P waves)',
  shock: 'silent',
  halfDoseJ: 0,
  ejection: 0,
  rate: { usual: 70, min: 30, max: 120 },
  start: (start) => {
    const interval = sinusIntervals(start);
    return new Beats(start.startS + FIRST_P_S, (pS) => {
      start.complexes.wave(P, pS);
      return interval(pS);
    });
  },
};
