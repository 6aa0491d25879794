/**
 * Atrioventricular blocks: the atria beat as in sinus rhythm, and a rule says when, or whether, each P is conducted.
 *
 *   1           PR 280 ms, every beat
 *   2 type I    (Wenckebach, 4:3) PR 180, 270, 330 ms, then a P without QRS
 *   2 type II   PR 180 ms, and one P of about three without QRS, never two in a row
 *   3           none is conducted: an own, slow, wide rhythm of the ventricles
 */
import { Beats, addT } from './beats.ts';
import type { Rhythm, RhythmStart } from './rhythm.ts';
import { sinusIntervals } from './sinus.ts';
import { LBBB, P, PACED, PACED_T, QRS, RBBB } from './templates.ts';
import type { Template } from './templates.ts';

const FIRST_P_S = 0.25;
/** PR here is from the top of P to R, as a monitor's eye measures it. NaN: not conducted. */
type Conduction = () => number;

function blockedRhythm(
  name: string,
  title: string,
  template: Template,
  rule: (start: RhythmStart) => Conduction,
): Rhythm {
  return {
    name,
    title,
    shock: 'automatic',
    halfDoseJ: 0,
    ejection: 1,
    rate: { usual: 75, min: 40, max: 120 },
    start: (start) => {
      const interval = sinusIntervals(start);
      const conduct = rule(start);
      return new Beats(start.startS + FIRST_P_S, (pS) => {
        const ppS = interval(pS);
        const prS = conduct();
        start.complexes.wave(P, pS);
        if (prS > 0) {
          start.complexes.beat(template, pS + prS, 'N', 1);
          addT(start.complexes, pS + prS, ppS);
        }
        return ppS;
      });
    },
  };
}

const WENCKEBACH_S = [0.18, 0.27, 0.33, NaN] as const;

export const block1 = blockedRhythm('block-1', 'First-degree AV block', QRS, () => () => 0.28);
export const block2I = blockedRhythm('block-2-1', 'Second-degree AV block, type I (Wenckebach)', QRS, () => {
  let k = 0;
  return () => WENCKEBACH_S[k++ % WENCKEBACH_S.length];
});
export const block2II = blockedRhythm('block-2-2', 'Second-degree AV block, type II', LBBB, ({ rng }) => {
  let dropped = false;
  return () => {
    dropped = !dropped && rng.chance(1, 2);
    return dropped ? NaN : 0.18;
  };
});

/** Bundle branch blocks: conducted as usual down to the bundle, then late into one ventricle. */
export const lbbb = blockedRhythm('lbbb', 'Left bundle branch block', LBBB, () => () => 0.17);
export const rbbb = blockedRhythm('rbbb', 'Right bundle branch block', RBBB, () => () => 0.16);

const ESCAPE_T_S = 0.34;

export const block3: Rhythm = {
  name: 'block-3',
  title: 'Third-degree AV block',
  shock: 'automatic',
  halfDoseJ: 0,
  ejection: 0.9,
  rate: { usual: 35, min: 20, max: 55 },
  start: (start) => {
    const { startS, rng, complexes, ratePerMin } = start;
    const pp = sinusIntervals({ ...start, ratePerMin: 82, rng: rng.fork('atria') });
    const atria = new Beats(startS + FIRST_P_S, (pS) => {
      complexes.wave(P, pS);
      return pp(pS);
    });
    const ventricles = new Beats(startS + 2 * FIRST_P_S, (rS) => {
      complexes.beat(PACED, rS, 'V', 0.9);
      complexes.wave(PACED_T, rS + ESCAPE_T_S);
      return (60 / ratePerMin) * (1 + 0.015 * Math.max(-3, Math.min(3, rng.gaussian())));
    });
    return {
      schedule: (untilS) => {
        atria.schedule(untilS);
        ventricles.schedule(untilS);
      },
      captured: (tS) => ventricles.captured(tS),
    };
  },
};
