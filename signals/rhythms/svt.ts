/** Supraventricular tachycardia (AV nodal re-entry): narrow, almost clockwork, P' against the usual way just after the QRS. */
import { Beats, FIRST_R_S, addT } from './beats.ts';
import type { Rhythm } from './rhythm.ts';
import { P_RETROGRADE, QRS } from './templates.ts';

const RP_S = 0.075;

export const svt: Rhythm = {
  name: 'svt',
  title: 'Supraventricular tachycardia',
  shock: 'reentry',
  halfDoseJ: 25,
  ejection: 0.7,
  rate: { usual: 190, min: 140, max: 260 },
  start: ({ startS, rng, ratePerMin, complexes }) =>
    new Beats(startS + FIRST_R_S, (rS) => {
      const rrS = (60 / ratePerMin) * (1 + 0.008 * Math.max(-3, Math.min(3, rng.gaussian())));
      complexes.beat(QRS, rS, 'N', 0.7);
      complexes.wave(P_RETROGRADE, rS + RP_S);
      addT(complexes, rS, rrS, 0.7);
      return rrS;
    }),
};
