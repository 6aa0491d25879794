/** Baseline wander: breathing at 0.15 to 0.3 Hz and, slower and larger, the electrodes' own drift. */
import { NarrowBand, joinedDrift } from '../rhythms/noise.ts';
import type { Artifact } from './artifact.ts';

export const wander: Artifact = {
  name: 'wander',
  title: 'Baseline wander (RMS)',
  usualMv: 0.4,
  common: false,
  start: ({ rng, startS, levelMv }) => {
    const breath = new NarrowBand(rng.fork('breath'), startS, {
      centreHz: 0.22,
      sdHz: 0.03,
      tauS: 10,
      envelopeS: 4,
      controlHz: 5,
    });
    const drift = joinedDrift(rng.fork('drift'), startS, 1, 6, 4);
    return {
      apply(first, fs, out, from, n) {
        breath.run(first, fs, n);
        const drifts = drift.run(first, fs, n);
        for (let i = 0; i < n; i++) out[from + i] += levelMv * (0.8 * breath.x[i] + 0.6 * drifts[i]);
      },
    };
  },
};
