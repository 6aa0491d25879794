/** Pulses of an implanted pacemaker that capture nothing: 70/min, as a monitor of 150 Hz shows them. Level: their height. */
import type { Artifact } from './artifact.ts';

const EVERY_S = 60 / 70;
/** Wide enough not to fall between two samples at 250 Hz. */
const SIGMA_S = 0.0013;

export const pacerSpikes: Artifact = {
  name: 'pacer-spikes',
  title: 'Pacing pulses without capture (height)',
  usualMv: 2,
  common: true,
  leadGain: { I: 0.5 },
  start: ({ startS, levelMv }) => ({
    apply(first, fs, out, from, n) {
      for (let i = 0; i < n; i++) {
        const sinceS = (first + i) / fs - startS;
        const d = sinceS - Math.round(sinceS / EVERY_S) * EVERY_S;
        if (Math.abs(d) < 5 * SIGMA_S)
          out[from + i] += levelMv * Math.exp((-0.5 * d * d) / (SIGMA_S * SIGMA_S));
      }
    },
  }),
};
