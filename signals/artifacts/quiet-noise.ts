/**
 * What is on every trace, also of a patient who lies still: breathing moves the baseline, and electrodes and amplifier
 * hiss. Under 0.1 mV peak to peak between 1 and 30 Hz, so that asystole stays asystole.
 *
 * The hiss is drawn at 200 Hz and joined by lines: the same at any fs. Cost: two interpolations a sample and lead.
 */
import type { Rng } from '../../src/core/rng.ts';
import type { Hertz, SampleIndex } from '../../src/core/units.ts';
import { Joined, NarrowBand } from '../rhythms/noise.ts';

interface QuietNoiseOptions {
  /** RMS of the breathing baseline. */
  wanderMv: number;
  /** RMS of the hiss. */
  hissMv: number;
  breathsPerMin: number;
}

const quietNoise: QuietNoiseOptions = { wanderMv: 0.03, hissMv: 0.006, breathsPerMin: 15 };

/** Draws a second; breathing is slow. */
const WANDER_HZ = 8;
const HISS_HZ = 200;

export class QuietNoise {
  private readonly o: QuietNoiseOptions;
  private readonly wander: Joined;
  private readonly hiss: Joined;

  /** `rng` is this lead's own. */
  constructor(rng: Rng, o: QuietNoiseOptions = quietNoise) {
    this.o = o;
    const breath = new NarrowBand(rng.fork('wander'), 0, {
      centreHz: o.breathsPerMin / 60,
      sdHz: 0.02,
      tauS: 20,
      envelopeS: 6,
      controlHz: 5,
    });
    let step = 0;
    this.wander = new Joined(0, WANDER_HZ, () => breath.xAt(step++ / WANDER_HZ));
    const own = rng.fork('hiss');
    this.hiss = new Joined(0, HISS_HZ, () => own.gaussian());
  }

  /** n is RUN at most. */
  add(first: SampleIndex, fs: Hertz, out: Float64Array, from: number, n: number): void {
    const { wanderMv, hissMv } = this.o;
    const wander = this.wander.run(first, fs, n);
    const hiss = this.hiss.run(first, fs, n);
    for (let i = 0; i < n; i++) out[from + i] += wanderMv * wander[i] + hissMv * hiss[i];
  }
}
