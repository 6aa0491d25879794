/** Electrode motion: a pull on a cable is a step with either sign that decays in a second or less; one in two seconds. */
import type { Artifact } from './artifact.ts';

const STEPS_PER_S = 0.5;
/** The sum of the decaying steps is kept as two numbers: a fast and a slow one. */
const TAU_S = { fast: 0.15, slow: 0.9 };
/** A pull takes this long. */
const RISE_S = 0.04;

export const motion: Artifact = {
  name: 'motion',
  title: 'Electrode motion (SD of the steps)',
  usualMv: 1,
  common: false,
  start: ({ rng, startS, levelMv }) => {
    const wait = (): number => -Math.log(1 - rng.float()) / STEPS_PER_S;
    let stepS = startS + wait();
    let nextS = stepS + RISE_S + wait();
    let [fast, slow] = [0, 0];
    let [upFast, upSlow] = [0, 0];
    const pull = (): void => {
      upFast = levelMv * 0.5 * rng.gaussian();
      upSlow = levelMv * rng.gaussian();
    };
    pull();
    const decay = (size: number, tauS: number, tS: number): number => size * Math.exp(-(tS - stepS) / tauS);
    return {
      apply(first, fs, out, from, n) {
        for (let i = 0; i < n; i++) {
          const tS = (first + i) / fs;
          while (tS >= nextS) {
            fast = decay(fast, TAU_S.fast, nextS) + decay(upFast, TAU_S.fast, nextS);
            slow = decay(slow, TAU_S.slow, nextS) + decay(upSlow, TAU_S.slow, nextS);
            stepS = nextS;
            nextS = stepS + RISE_S + wait();
            pull();
          }
          const up = tS <= stepS ? 0 : Math.min(1, (tS - stepS) / RISE_S);
          out[from + i] +=
            decay(fast + up * upFast, TAU_S.fast, Math.max(tS, stepS)) +
            decay(slow + up * upSlow, TAU_S.slow, Math.max(tS, stepS));
        }
      },
    };
  },
};
