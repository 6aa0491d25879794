/**
 * Rhythms from below: junctional, idioventricular, an implanted pacemaker's, and pulseless electrical activity, whose
 * electricity says nothing about a pulse: `ejection` is what makes the difference.
 */
import { Beats, FIRST_R_S, addSinusBeat, addT } from './beats.ts';
import type { Complexes } from './complexes.ts';
import type { RateRange, Rhythm } from './rhythm.ts';
import { PACED, PACED_T, PACER_SPIKE, QRS } from './templates.ts';

interface Escape {
  name: string;
  title: string;
  ejection: number;
  rate: RateRange;
  /** SD of RR against its mean. */
  cv: number;
  add: (complexes: Complexes, rS: number, rrS: number) => void;
}

function escapeRhythm(o: Escape): Rhythm {
  return {
    name: o.name,
    title: o.title,
    shock: 'automatic',
    halfDoseJ: 0,
    ejection: o.ejection,
    rate: o.rate,
    start: ({ startS, rng, ratePerMin, complexes }) =>
      new Beats(startS + FIRST_R_S, (rS) => {
        const rrS = (60 / ratePerMin) * (1 + o.cv * Math.max(-3, Math.min(3, rng.gaussian())));
        o.add(complexes, rS, rrS);
        return rrS;
      }),
  };
}

const WIDE_T_S = 0.33;
const wideT = (complexes: Complexes, rS: number): void => complexes.wave(PACED_T, rS + WIDE_T_S);

export const junctional = escapeRhythm({
  name: 'junctional',
  title: 'Junctional rhythm',
  ejection: 0.9,
  rate: { usual: 48, min: 30, max: 100 },
  cv: 0.015,
  add: (complexes, rS, rrS) => {
    complexes.beat(QRS, rS, 'N', 0.9);
    addT(complexes, rS, rrS);
  },
});

export const idioventricular = escapeRhythm({
  name: 'idioventricular',
  title: 'Idioventricular rhythm',
  ejection: 0.5,
  rate: { usual: 35, min: 15, max: 110 },
  cv: 0.03,
  add: (complexes, rS) => {
    complexes.beat(PACED, rS, 'V', 0.5);
    wideT(complexes, rS);
  },
});

/** Dying heart: slow, very wide, low. */
export const agonal = escapeRhythm({
  name: 'agonal',
  title: 'Agonal rhythm',
  ejection: 0,
  rate: { usual: 14, min: 6, max: 25 },
  cv: 0.2,
  add: (complexes, rS) => {
    complexes.beat(PACED, rS, 'V', 0, 0.5, 1.3);
    complexes.wave(PACED_T, rS + WIDE_T_S * 1.3, 0.4, 1.3);
  },
});

/** From the pacemaker's pulse to the R of its beat. */
const SPIKE_TO_R_S = 0.11;

export const paced = escapeRhythm({
  name: 'paced',
  title: 'Ventricular pacemaker rhythm',
  ejection: 0.9,
  rate: { usual: 70, min: 40, max: 120 },
  cv: 0,
  add: (complexes, rS) => {
    complexes.wave(PACER_SPIKE, rS - SPIKE_TO_R_S);
    complexes.beat(PACED, rS, 'Q', 0.9);
    wideT(complexes, rS);
  },
});

export const pea = escapeRhythm({
  name: 'pea',
  title: 'Pulseless electrical activity',
  ejection: 0,
  rate: { usual: 55, min: 20, max: 130 },
  cv: 0.02,
  add: (complexes, rS, rrS) => addSinusBeat(complexes, rS, rrS, { ejection: 0, wide: 1.35 }),
});
