/**
 * Sinus rhythm with ventricular ectopic beats. A premature beat comes at 0.55 to 0.62 of the cycle, has no P, and is
 * followed by a full compensatory pause: the sinus node does not notice, its next beat but one comes on time.
 */
import { Beats, FIRST_R_S, addSinusBeat, stretchOf } from './beats.ts';
import type { Complexes } from './complexes.ts';
import type { Rhythm, RhythmStart } from './rhythm.ts';
import { sinusIntervals } from './sinus.ts';
import { PVC, PVC_T } from './templates.ts';
import type { Rng } from '../../src/core/rng.ts';

/** How many ectopic beats follow this sinus beat. */
type Pattern = (rng: Rng, beat: number) => number;

const EJECTION = 0.4;
const PVC_T_S = 0.3;
/** Between the beats of a run. */
const RUN_RR_S = 0.36;

function addPvc(complexes: Complexes, rS: number, rrS: number): void {
  complexes.beat(PVC, rS, 'V', EJECTION);
  complexes.wave(PVC_T, rS + PVC_T_S * stretchOf(rrS), 1, stretchOf(rrS));
}

/** The sinus beat at rS, its ectopic followers, and the time until the next sinus beat. */
function addGroup(start: RhythmStart, rS: number, rrS: number, pvcs: number): number {
  addSinusBeat(start.complexes, rS, rrS);
  if (pvcs === 0) return rrS;
  const firstS = rS + rrS * start.rng.between(0.55, 0.62);
  for (let k = 0; k < pvcs; k++) addPvc(start.complexes, firstS + k * RUN_RR_S, Math.min(rrS, 0.6));
  const lastS = firstS + (pvcs - 1) * RUN_RR_S;
  const cycles = Math.ceil((lastS + 0.65 * rrS - rS) / rrS);
  return Math.max(2, cycles) * rrS;
}

function ectopicRhythm(name: string, title: string, pattern: Pattern): Rhythm {
  return {
    name,
    title,
    shock: 'automatic',
    halfDoseJ: 0,
    ejection: 1,
    rate: { usual: 75, min: 40, max: 130 },
    start: (start) => {
      const interval = sinusIntervals(start);
      let beat = 0;
      return new Beats(start.startS + FIRST_R_S, (rS) =>
        addGroup(start, rS, interval(rS), pattern(start.rng, beat++)),
      );
    },
  };
}

export const pvcs = ectopicRhythm('pvcs', 'Sinus rhythm with ventricular ectopic beats', (rng) =>
  rng.chance(1, 7) ? 1 : 0,
);
export const bigeminy = ectopicRhythm('bigeminy', 'Ventricular bigeminy', () => 1);
export const trigeminy = ectopicRhythm('trigeminy', 'Ventricular trigeminy', (_rng, beat) => beat % 2);
export const couplets = ectopicRhythm('couplets', 'Sinus rhythm with ventricular couplets', (rng) =>
  rng.chance(1, 6) ? 2 : 0,
);
export const vtRuns = ectopicRhythm('vt-runs', 'Sinus rhythm with runs of ventricular tachycardia', (rng) =>
  rng.chance(1, 8) ? 6 : 0,
);
