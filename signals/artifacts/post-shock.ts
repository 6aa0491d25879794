/**
 * After a shock: the amplifier stands at its rail for 0.3 to 1 s, then the electrodes' charge leaks away with a time
 * constant of 0.5 to 2 s. Level: the rail. Nothing until a shock is given.
 */
import type { Artifact } from './artifact.ts';

export const postShock: Artifact = {
  name: 'post-shock',
  title: 'Saturation and recovery after a shock (the rail)',
  usualMv: 10,
  common: true,
  start: ({ rng, levelMv }) => {
    let untilS = -Infinity;
    let tauS = 1;
    let rail = levelMv;
    return {
      shock(tS) {
        untilS = tS + rng.between(0.3, 1);
        tauS = rng.between(0.5, 2);
        rail = rng.chance(1, 2) ? levelMv : -levelMv;
      },
      apply(first, fs, out, from, n) {
        for (let i = 0; i < n; i++) {
          const sinceS = (first + i) / fs - untilS;
          if (sinceS < 0) out[from + i] = rail;
          else if (sinceS < 8 * tauS) out[from + i] += rail * Math.exp(-sinceS / tauS);
        }
      },
    };
  },
};
