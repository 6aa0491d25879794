/**
 * Atrial fibrillation: RR log-normal (CV 0.22) and serially independent, no P, f waves of 5 to 7 Hz as a sawtooth of
 * five harmonics whose size and speed wander (the saw-tooth model of Stridh and Sornmo, IEEE Trans. Biomed. Eng. 48, 2001).
 */
import { Beats, FIRST_R_S, addT } from './beats.ts';
import { joinedDrift, wanderingPhase } from './noise.ts';
import type { Joined } from './noise.ts';
import type { Hertz, SampleIndex } from '../../src/core/units.ts';
import type { Rhythm, RhythmSource, RhythmStart } from './rhythm.ts';
import { QRS } from './templates.ts';

const CV = 0.22;
/** The AV node lets nothing through faster than this. */
const SHORTEST_RR_S = 0.26;
const HARMONICS = 5;
const F_WAVE_MV = 0.07;

class Af extends Beats {
  private readonly phase: Joined;
  private readonly size: Joined;

  constructor(start: RhythmStart) {
    const { startS, rng, ratePerMin, complexes } = start;
    const sigma = Math.sqrt(Math.log(1 + CV * CV));
    const mu = Math.log(60 / ratePerMin) - (sigma * sigma) / 2;
    super(startS + FIRST_R_S, (rS) => {
      const rrS = Math.max(SHORTEST_RR_S, Math.exp(mu + sigma * rng.gaussian()));
      // A short cycle has filled the ventricle less: the pulse deficit of AF.
      complexes.beat(QRS, rS, 'N', Math.min(1, 0.4 + rrS));
      addT(complexes, rS, rrS, 0.8);
      return rrS;
    });
    const f = { centreHz: 6, sdHz: 0.4, tauS: 3, minHz: 4, controlHz: 40 };
    this.phase = wanderingPhase(rng.fork('f'), startS, f);
    this.size = joinedDrift(rng.fork('size'), startS, 0.3, 2, 40);
  }

  add(first: SampleIndex, fs: Hertz, x: Float64Array, y: Float64Array, n: number): void {
    const phase = this.phase.run(first, fs, n);
    const size = this.size.run(first, fs, n);
    for (let i = 0; i < n; i++) {
      let saw = 0;
      for (let h = 1; h <= HARMONICS; h++) saw += Math.sin(h * phase[i]) / h;
      const mv = F_WAVE_MV * Math.exp(size[i]) * saw;
      x[i] += 0.2 * mv;
      y[i] += mv;
    }
  }
}

export const af: Rhythm = {
  name: 'af',
  title: 'Atrial fibrillation',
  shock: 'reentry',
  halfDoseJ: 85,
  ejection: 0.85,
  rate: { usual: 110, min: 40, max: 180 },
  start: (start): RhythmSource => new Af(start),
};
