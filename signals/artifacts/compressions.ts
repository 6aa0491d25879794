/**
 * Chest compressions as a harmonic series of the compression rate: by hand 1.7 to 2 Hz, the period a little different each
 * time, ten harmonics; by a machine exactly 102/min, thirty harmonics, sharp. Sizes and phases of the harmonics belong
 * to the patient and the rescuer: drawn once at the start. Level: peak to peak, about.
 */
import type { Rng } from '../../src/core/rng.ts';
import { joinedDrift, wanderingPhase } from '../rhythms/noise.ts';
import type { Artifact } from './artifact.ts';

interface Compressor {
  harmonics: number;
  /** Size of harmonic h is h^-fall, times a random factor. */
  fall: number;
  sizeSd: number;
  rateHz: (rng: Rng) => number;
  jitterHz: number;
}

function compressions(name: string, title: string, c: Compressor): Artifact {
  return {
    name,
    title,
    usualMv: 2,
    common: true,
    leadGain: { I: 0.5 },
    start: ({ rng, startS, levelMv }) => {
      const own = rng.fork('series');
      const hz = c.rateHz(own);
      const cos = new Float64Array(c.harmonics);
      const sin = new Float64Array(c.harmonics);
      let power = 0;
      for (let h = 0; h < c.harmonics; h++) {
        const size = (h + 1) ** -c.fall * Math.exp(0.3 * own.gaussian());
        const phase = own.between(-1.2, 1.2);
        cos[h] = size * Math.cos(phase);
        sin[h] = size * Math.sin(phase);
        power += size * size;
      }
      const scale = levelMv / (2.6 * Math.sqrt(power));
      const wandering = { centreHz: hz, sdHz: c.jitterHz, tauS: 1, minHz: 0.5 * hz, controlHz: 20 };
      const phase = wanderingPhase(rng.fork('phase'), startS, wandering);
      const swell = joinedDrift(rng.fork('swell'), startS, c.sizeSd, 2, 10);
      return {
        apply(first, fs, out, from, n) {
          const phases = phase.run(first, fs, n);
          const swells = swell.run(first, fs, n);
          for (let i = 0; i < n; i++) {
            const c1 = Math.cos(phases[i]);
            const s1 = Math.sin(phases[i]);
            let ch = c1;
            let sh = s1;
            let sum = 0;
            // angle addition: one sine and one cosine for the whole series
            for (let h = 0; h < cos.length; h++) {
              sum += cos[h] * sh + sin[h] * ch;
              const turned = ch * c1 - sh * s1;
              sh = sh * c1 + ch * s1;
              ch = turned;
            }
            out[from + i] += scale * Math.exp(swells[i]) * sum;
          }
        },
      };
    },
  };
}

export const manualCompressions = compressions('cpr', 'Chest compressions by hand (peak to peak)', {
  harmonics: 10,
  fall: 1.3,
  sizeSd: 0.2,
  rateHz: (rng) => rng.between(1.7, 2),
  jitterHz: 0.08,
});
export const machineCompressions = compressions(
  'cpr-machine',
  'Chest compressions by a machine, 102/min (peak to peak)',
  { harmonics: 30, fall: 0.9, sizeSd: 0.02, rateHz: () => 1.7, jitterHz: 0 },
);
