/**
 * Monomorphic ventricular tachycardia: one wide biphasic shape, RR almost regular (CV 2 %), no line between beats.
 */
import { Beats, FIRST_R_S } from './beats.ts';
import type { Rhythm } from './rhythm.ts';
import { VT } from './templates.ts';

/** The shape is drawn for 180/min; faster VT is squeezed so that beats do not run into each other. */
const DRAWN_FOR_S = 60 / 180;

function vtRhythm(name: string, title: string, usual: number, ejection: number): Rhythm {
  return {
    name,
    title,
    shock: 'reentry',
    halfDoseJ: 35,
    ejection,
    rate: { usual, min: 120, max: 300 },
    start: ({ startS, rng, ratePerMin, complexes }) => {
      const meanS = 60 / ratePerMin;
      const stretch = Math.min(1.15, meanS / DRAWN_FOR_S);
      return new Beats(startS + FIRST_R_S, (rS) => {
        complexes.beat(VT, rS, 'V', ejection, 1 + 0.04 * rng.gaussian(), stretch);
        return meanS * (1 + 0.02 * Math.max(-3, Math.min(3, rng.gaussian())));
      });
    },
  };
}

export const vt = vtRhythm('vt', 'Ventricular tachycardia, with a pulse', 180, 0.4);
export const pulselessVt = vtRhythm('pulseless-vt', 'Ventricular tachycardia, no pulse', 210, 0);
