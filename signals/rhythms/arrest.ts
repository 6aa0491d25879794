/**
 * A cardiac arrest that nobody treats: coarse VF whose size decays with a time constant of 8 minutes while its frequency
 * falls to 3.4 Hz, until nothing is left after about half an hour and it is asystole.
 */
import type { Rhythm } from './rhythm.ts';
import { COARSE, Fibrillation, ownFibrillation } from './vf.ts';

const TAU_S = 480;
/** Under this share of the first size the heart stands still. */
const LEAST = 0.02;
const SLOWEST = 0.8;

const size = (sinceS: number): number => (Math.exp(-sinceS / TAU_S) - LEAST) / (1 - LEAST);

export const arrest: Rhythm = {
  name: 'arrest',
  title: 'Untreated arrest: coarse VF, fine VF, asystole',
  shock: 'fibrillation',
  halfDoseJ: 80,
  ejection: 0,
  start: (start) => {
    const since = (tS: number): number => tS - start.startS;
    const slowing = (tS: number): number => SLOWEST + (1 - SLOWEST) * Math.exp(-since(tS) / TAU_S);
    const vf = new Fibrillation(start, {
      ...ownFibrillation(start.rng.fork('own'), COARSE),
      slowing,
      sizeAt: (tS) => Math.max(0, size(since(tS))),
    });
    return {
      schedule: () => undefined,
      add: (first, fs, x, y, n) => vf.add(first, fs, x, y, n),
      becomes: (tS) => (size(since(tS)) <= 0 ? 'asystole' : undefined),
    };
  },
};
