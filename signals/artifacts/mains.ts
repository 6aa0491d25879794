/** Mains: 50 or 60 Hz that drifts by half a hertz at most, with 5 % second and 12 % third harmonic, slowly changing in size. */
import { joinedDrift, wanderingPhase } from '../rhythms/noise.ts';
import type { Artifact, ArtifactSource, ArtifactStart } from './artifact.ts';

const MOST_DRIFT_HZ = 0.5;

export function mainsSource({ rng, startS, levelMv }: ArtifactStart, hz: number): ArtifactSource {
  const wandering = {
    centreHz: hz,
    sdHz: 0.15,
    tauS: 20,
    minHz: hz - MOST_DRIFT_HZ,
    maxHz: hz + MOST_DRIFT_HZ,
    controlHz: 20,
  };
  const phase = wanderingPhase(rng.fork('phase'), startS, wandering);
  const size = joinedDrift(rng.fork('size'), startS, 0.15, 5, 10);
  return {
    apply(first, fs, out, from, n) {
      const phases = phase.run(first, fs, n);
      const sizes = size.run(first, fs, n);
      for (let i = 0; i < n; i++) {
        const p = phases[i];
        const wave = Math.sin(p) + 0.05 * Math.sin(2 * p) + 0.12 * Math.sin(3 * p);
        out[from + i] += levelMv * Math.exp(sizes[i]) * wave;
      }
    },
  };
}

const mains = (hz: number): Artifact => ({
  name: `mains-${hz}`,
  title: `Mains ${hz} Hz (peak)`,
  usualMv: 0.2,
  common: false,
  start: (start) => mainsSource(start, hz),
});

export const mains50 = mains(50);
export const mains60 = mains(60);
