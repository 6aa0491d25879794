/**
 * Ventricular fibrillation as narrow-band noise: a hump that wanders around 4 to 6 Hz, weaker ones above and below it,
 * and a log-normal amplitude that swells and fades. Never a sum of fixed sines: those repeat, and any detector
 * passes them. Calibrated to feature percentiles measured on CUDB (test/signals/vf-bands.test.ts holds the bands).
 *
 * Cost: six sines a sample.
 */
import type { Rng } from '../../src/core/rng.ts';
import type { Hertz, SampleIndex } from '../../src/core/units.ts';
import { NarrowBand, joinedDrift } from './noise.ts';
import type { Joined } from './noise.ts';
import type { Rhythm, RhythmSource, RhythmStart } from './rhythm.ts';

export interface FibrillationOptions {
  /** RMS of the main hump, mV. */
  rmsMv: number;
  centreHz: number;
  /** Correlation time of the envelopes: longer is more like a sine. */
  envelopeS: number;
  /** Weight of the humps above and below, against the main one. */
  sideWeight: number;
  /** Factor on the centre, and on the size, as time goes on. */
  slowing?: (tS: number) => number;
  sizeAt?: (tS: number) => number;
}

const CONTROL_HZ = 40;
/** Where the side humps are, against the centre. */
const ABOVE = { ratio: 1.75, weight: 1 };
const BELOW = { ratio: 0.45, weight: 0.6 };
const LIMIT = 0.55;
/** Slow swell: SD of the natural logarithm, and its time constant. */
const SWELL = { sd: 0.3, tauS: 1.2 };

export class Fibrillation implements RhythmSource {
  private readonly o: FibrillationOptions;
  private readonly main: NarrowBand;
  private readonly above: NarrowBand;
  private readonly below: NarrowBand;
  private readonly swell: Joined;

  constructor(start: Pick<RhythmStart, 'rng' | 'startS'>, o: FibrillationOptions) {
    const { rng, startS } = start;
    this.o = o;
    const hump = (name: string, ratio: number, sdHz: number): NarrowBand =>
      new NarrowBand(rng.fork(name), startS, {
        centreHz: o.centreHz * ratio,
        sdHz,
        tauS: 1.5,
        envelopeS: o.envelopeS,
        controlHz: CONTROL_HZ,
        ...(o.slowing && { slowing: o.slowing }),
      });
    this.main = hump('main', 1, 0.3);
    this.above = hump('above', ABOVE.ratio, 0.8);
    this.below = hump('below', BELOW.ratio, 0.2);
    this.swell = joinedDrift(rng.fork('swell'), startS, SWELL.sd, SWELL.tauS, CONTROL_HZ);
  }

  schedule(): void {
    // no complexes
  }

  add(first: SampleIndex, fs: Hertz, x: Float64Array, y: Float64Array, n: number): void {
    const { main, above, below, swell } = this;
    const { rmsMv, sideWeight, sizeAt } = this.o;
    const wAbove = sideWeight * ABOVE.weight;
    const wBelow = sideWeight * BELOW.weight;
    main.run(first, fs, n);
    above.run(first, fs, n);
    below.run(first, fs, n);
    const logGain = swell.run(first, fs, n);
    for (let i = 0; i < n; i++) {
      const gain = rmsMv * Math.exp(logGain[i]) * (sizeAt ? sizeAt((first + i) / fs) : 1);
      x[i] += gain * 0.8 * limited(main.x[i] + wAbove * above.x[i] + wBelow * below.x[i]);
      y[i] += gain * limited(main.y[i] + wAbove * above.y[i] + wBelow * below.y[i]);
    }
  }
}

/** A heart has only so much muscle: large swings are flattened (kurtosis of real VF is below that of Gaussian noise). */
function limited(v: number): number {
  return (1.25 * v) / Math.sqrt(1 + LIMIT * v * v);
}

/** Normal within two standard deviations. */
function moderate(rng: Rng): number {
  return Math.max(-2, Math.min(2, rng.gaussian()));
}

/** Every patient fibrillates in an own way: drawn once, when VF starts. */
export function ownFibrillation(rng: Rng, usual: FibrillationOptions): FibrillationOptions {
  return {
    rmsMv: usual.rmsMv * Math.exp(0.2 * moderate(rng)),
    centreHz: usual.centreHz * Math.exp(0.12 * moderate(rng)),
    envelopeS: usual.envelopeS * Math.exp(0.4 * moderate(rng)),
    sideWeight: Math.max(0.1, usual.sideWeight + 0.12 * moderate(rng)),
  };
}

export const COARSE: FibrillationOptions = { rmsMv: 0.37, centreHz: 4.2, envelopeS: 0.15, sideWeight: 0.45 };

export const vf: Rhythm = {
  name: 'vf',
  title: 'Ventricular fibrillation, coarse',
  shock: 'fibrillation',
  halfDoseJ: 80,
  ejection: 0,
  start: (start) => new Fibrillation(start, ownFibrillation(start.rng.fork('own'), COARSE)),
};

const FINE_RMS_MV = 0.026;

/** Under 0.2 mV peak to peak: late in an arrest. Harder to end. */
export const fineVf: Rhythm = {
  name: 'fine-vf',
  title: 'Ventricular fibrillation, fine',
  shock: 'fibrillation',
  halfDoseJ: 130,
  ejection: 0,
  start: (start) =>
    new Fibrillation(start, { ...ownFibrillation(start.rng.fork('own'), COARSE), rmsMv: FINE_RMS_MV }),
};
