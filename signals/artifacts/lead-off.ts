/** A loose electrode: no heart any more, but much mains and a slow drift of the open input. Level: peak of the mains. */
import { joinedDrift } from '../rhythms/noise.ts';
import type { Artifact } from './artifact.ts';
import { mainsSource } from './mains.ts';

export const leadOff: Artifact = {
  name: 'lead-off',
  title: 'Loose electrode (peak of the mains)',
  usualMv: 1.5,
  common: false,
  start: (start) => {
    const hum = mainsSource(start, 50);
    const drift = joinedDrift(start.rng.fork('drift'), start.startS, 2 * start.levelMv, 3, 4);
    return {
      apply(first, fs, out, from, n) {
        const drifts = drift.run(first, fs, n);
        for (let i = 0; i < n; i++) out[from + i] = drifts[i];
        hum.apply(first, fs, out, from, n);
      },
    };
  },
};
