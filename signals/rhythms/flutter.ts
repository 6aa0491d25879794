/**
 * Atrial flutter: saw-tooth F waves at 300/min against II, the AV node lets every second to fifth through. The rate asked
 * for picks the ratio: 150, 100, 75 or 60/min.
 */
import { Beats, FIRST_R_S, addT } from './beats.ts';
import type { Rhythm } from './rhythm.ts';
import { F_WAVE, QRS } from './templates.ts';

const CYCLE_S = 0.2;
/** From the F wave that is conducted to its R. */
const CONDUCTION_S = 0.14;

export const flutter: Rhythm = {
  name: 'flutter',
  title: 'Atrial flutter',
  shock: 'reentry',
  halfDoseJ: 25,
  ejection: 0.85,
  rate: { usual: 150, min: 60, max: 150 },
  start: ({ startS, rng, ratePerMin, complexes }) => {
    const ratio = Math.max(2, Math.min(5, Math.round(60 / ratePerMin / CYCLE_S)));
    return new Beats(startS + FIRST_R_S, (rS) => {
      const cycleS = CYCLE_S * (1 + 0.01 * Math.max(-3, Math.min(3, rng.gaussian())));
      for (let k = 0; k < ratio; k++) complexes.wave(F_WAVE, rS - CONDUCTION_S + k * cycleS);
      complexes.beat(QRS, rS, 'N', 0.85);
      addT(complexes, rS, ratio * cycleS, 0.7);
      return ratio * cycleS;
    });
  },
};
