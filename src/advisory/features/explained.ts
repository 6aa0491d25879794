/**
 * How much of the signal the beats explain: 1 for a signal that is the same beat again and again, however irregular.
 *
 *   explained = 1 - energy(stretch - mean of the other beats' stretches) / energy(stretch), summed over the stretches
 *               (beat-template.ts)
 *   beatEnergy = energy within 80 ms of a beat / energy of the window
 *
 * NaN with fewer than three beats.
 */
import { withoutBeats } from './beat-template.ts';
import type { Feature } from './feature.ts';

const source = 'own; after the template match of Thakor, Zhu & Pan 1990';

export const explained: Feature = {
  name: 'explained',
  unit: '',
  what: 'share of the signal that the average of the other beats explains',
  source,
  compute: (w) => withoutBeats(w, w.spare),
};

export const beatEnergy: Feature = {
  name: 'beatEnergy',
  unit: '',
  what: 'share of the energy that lies within 80 ms of a beat',
  source: 'own',
  compute(w) {
    const { x, beats, n } = w;
    const half = Math.round(0.08 * w.fs);
    let all = 0;
    for (let i = 0; i < n; i++) all += x[i] * x[i];
    let near = 0;
    let from = 0;
    for (let b = 0; b < beats.count; b++) {
      const at = Math.round(beats.at[b]);
      const to = Math.min(n, at + half + 1);
      for (let i = Math.max(from, at - half, 0); i < to; i++) near += x[i] * x[i];
      from = to;
    }
    return all > 0 ? near / all : NaN;
  },
};
