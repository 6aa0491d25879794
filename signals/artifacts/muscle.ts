/**
 * Muscle noise, 20 to 150 Hz in bursts. Differences of random numbers drawn at 500 Hz have a spectrum that rises from
 * zero at 0 Hz to its top at 250 Hz; the lines that join them pull it down again above 150 Hz.
 */
import { Joined, joinedDrift } from '../rhythms/noise.ts';
import type { Artifact } from './artifact.ts';

const DRAWS_HZ = 500;
/** SD of a difference of two draws, after the joining. */
const RMS = 1.1;
const BURSTS = { sd: 0.8, tauS: 0.7 };

export const muscle: Artifact = {
  name: 'muscle',
  title: 'Muscle noise (RMS)',
  usualMv: 0.1,
  common: false,
  start: ({ rng, startS, levelMv }) => {
    const own = rng.fork('fibres');
    let last = own.gaussian();
    const fibres = new Joined(startS, DRAWS_HZ, () => {
      const before = last;
      last = own.gaussian();
      return last - 0.7 * before;
    });
    const burst = joinedDrift(rng.fork('bursts'), startS, BURSTS.sd, BURSTS.tauS, 20);
    return {
      apply(first, fs, out, from, n) {
        const bursts = burst.run(first, fs, n);
        const values = fibres.run(first, fs, n);
        for (let i = 0; i < n; i++) {
          // exp(-sd^2) keeps the RMS of the log-normal bursts at 1
          const size = Math.exp(bursts[i] - BURSTS.sd * BURSTS.sd);
          out[from + i] += (levelMv / RMS) * size * values[i];
        }
      },
    };
  },
};
