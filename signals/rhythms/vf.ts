/**
 * Ventricular fibrillation as narrow-band noise: a hump that wanders around 4 to 6 Hz, a weaker second one above it,
 * and a log-normal amplitude that swells and fades. Never a sum of fixed sines: those repeat, and any detector
 * passes them. Calibrated to feature percentiles of CUDB and VFDB (test/signals/vf-bands.test.ts holds the bands).
 *
 * Cost: four sines a sample.
 */
import type { Hertz, SampleIndex } from '../../src/core/units.ts';
import { NarrowBand, joinedDrift } from './noise.ts';
import type { Joined } from './noise.ts';
import type { Rhythm, RhythmSource, RhythmStart } from './rhythm.ts';

export interface FibrillationOptions {
  /** RMS of the larger component, mV. */
  rmsMv: number;
  centreHz: number;
  /** Correlation time of the envelopes: longer is more like a sine. */
  envelopeS: number;
}

const CONTROL_HZ = 40;
/** Weight of the second hump against the first, and its place. */
const SECOND = { weight: 0.33, ratio: 1.7 };
/** Slow swell: SD of the natural logarithm, and its time constant. */
const SWELL = { sd: 0.22, tauS: 1.2 };

export class Fibrillation implements RhythmSource {
  private readonly o: FibrillationOptions;
  private readonly main: NarrowBand;
  private readonly second: NarrowBand;
  private readonly swell: Joined;

  constructor(start: Pick<RhythmStart, 'rng' | 'startS'>, o: FibrillationOptions) {
    const { rng, startS } = start;
    this.o = o;
    const hump = { sdHz: 0.3, tauS: 1.5, envelopeS: o.envelopeS, controlHz: CONTROL_HZ };
    this.main = new NarrowBand(rng.fork('main'), startS, { ...hump, centreHz: o.centreHz });
    this.second = new NarrowBand(rng.fork('second'), startS, {
      ...hump,
      sdHz: 0.5,
      envelopeS: o.envelopeS * 0.6,
      centreHz: o.centreHz * SECOND.ratio,
    });
    this.swell = joinedDrift(rng.fork('swell'), startS, SWELL.sd, SWELL.tauS, CONTROL_HZ);
  }

  schedule(): void {
    // no complexes
  }

  /** How much of the full amplitude is there at tS; overridden by what decays. */
  protected gainAt(tS: number): number {
    return tS >= 0 ? 1 : 0;
  }

  add(first: SampleIndex, fs: Hertz, x: Float64Array, y: Float64Array, n: number): void {
    const { main, second, swell } = this;
    const { rmsMv } = this.o;
    for (let i = 0; i < n; i++) {
      const tS = (first + i) / fs;
      main.at(tS);
      second.at(tS);
      const gain = rmsMv * Math.exp(swell.at(tS)) * this.gainAt(tS);
      x[i] += gain * 0.8 * (main.x + SECOND.weight * second.x);
      y[i] += gain * (main.y + SECOND.weight * second.y);
    }
  }
}

/** Each patient has an own size and speed: drawn once, when VF starts. */
function patientsOwn(start: RhythmStart, o: FibrillationOptions): FibrillationOptions {
  const rng = start.rng.fork('size');
  return {
    rmsMv: o.rmsMv * Math.exp(0.15 * rng.gaussian()),
    centreHz: o.centreHz * Math.exp(0.1 * Math.max(-2, Math.min(2, rng.gaussian()))),
    envelopeS: o.envelopeS,
  };
}

export const vf: Rhythm = {
  name: 'vf',
  title: 'Ventricular fibrillation, coarse',
  shock: 'fibrillation',
  halfDoseJ: 80,
  ejection: 0,
  start: (start) =>
    new Fibrillation(start, patientsOwn(start, { rmsMv: 0.45, centreHz: 4.6, envelopeS: 0.3 })),
};

/** Under 0.2 mV peak to peak: late in an arrest. Harder to end. */
export const fineVf: Rhythm = {
  name: 'fine-vf',
  title: 'Ventricular fibrillation, fine',
  shock: 'fibrillation',
  halfDoseJ: 130,
  ejection: 0,
  start: (start) =>
    new Fibrillation(start, {
      ...patientsOwn(start, { rmsMv: 0.45, centreHz: 4.8, envelopeS: 0.25 }),
      rmsMv: 0.026,
    }),
};
