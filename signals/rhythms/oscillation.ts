/**
 * Rhythms that are one oscillation of the heart's vector without beats to tell apart.
 *
 *   torsades   3.5 to 5 Hz, and the axis turns: each lead swells and fades as the vector turns into and out of it,
 *              5 to 10 beats a spindle. One vector for all leads, never an amplitude per lead.
 *   vfl        ventricular flutter, 3.5 Hz, the axis stays (VFDB: dominant frequency 3.0 to 4.1 Hz, leakage 0.2 to 0.6)
 */
import type { Hertz, SampleIndex } from '../../src/core/units.ts';
import { NarrowBand, joinedDrift, wanderingPhase } from './noise.ts';
import type { Joined, Wandering } from './noise.ts';
import type { Rhythm, RhythmSource, RhythmStart } from './rhythm.ts';

interface OscillationOptions {
  mv: number;
  /** Second harmonic: sharp on one side, round on the other. */
  edge: { weight: number; phase: number };
  beatHz: Wandering & { minHz: number };
  /** How the axis turns, or undefined where it stays. */
  turnHz?: Wandering & { minHz: number };
  /** RMS of what does not follow the oscillation, mV. */
  restMv: number;
}

const STILL_AXIS = (65 * Math.PI) / 180;

class Oscillation implements RhythmSource {
  private readonly o: OscillationOptions;
  private readonly beat: Joined;
  private readonly axis: Joined | undefined;
  private readonly size: Joined;
  private readonly rest: NarrowBand;

  constructor({ rng, startS }: RhythmStart, o: OscillationOptions) {
    this.o = o;
    this.beat = wanderingPhase(rng.fork('beat'), startS, o.beatHz);
    this.axis = o.turnHz && wanderingPhase(rng.fork('axis'), startS, o.turnHz);
    this.size = joinedDrift(rng.fork('size'), startS, 0.12, 1, 10);
    const rest = { ...o.beatHz, centreHz: 1.6 * o.beatHz.centreHz, envelopeS: 0.2 };
    this.rest = new NarrowBand(rng.fork('rest'), startS, rest);
  }

  schedule(): void {
    // no complexes
  }

  add(first: SampleIndex, fs: Hertz, x: Float64Array, y: Float64Array, n: number): void {
    const { mv, edge, restMv } = this.o;
    const { rest } = this;
    const phase = this.beat.run(first, fs, n);
    const axis = this.axis?.run(first, fs, n);
    const size = this.size.run(first, fs, n);
    rest.run(first, fs, n);
    for (let i = 0; i < n; i++) {
      const angle = axis ? axis[i] : STILL_AXIS;
      const shape = Math.sin(phase[i]) + edge.weight * Math.sin(2 * phase[i] + edge.phase);
      const v = mv * Math.exp(size[i]) * shape;
      x[i] += v * Math.cos(angle) + restMv * rest.x[i];
      y[i] += v * Math.sin(angle) + restMv * rest.y[i];
    }
  }
}

const TORSADES: OscillationOptions = {
  mv: 1.0,
  edge: { weight: 0.3, phase: 0.6 },
  beatHz: { centreHz: 4.1, sdHz: 0.25, tauS: 2, minHz: 3.3, controlHz: 40 },
  // A half turn is a spindle: 0.28 turns a second give 7 beats.
  turnHz: { centreHz: 0.28, sdHz: 0.05, tauS: 4, minHz: 0.18, controlHz: 10 },
  restMv: 0.08,
};

export const torsades: Rhythm = {
  name: 'torsades',
  title: 'Torsades de pointes',
  shock: 'fibrillation',
  halfDoseJ: 60,
  ejection: 0,
  start: (start) => new Oscillation(start, TORSADES),
};

const FLUTTER: OscillationOptions = {
  mv: 0.7,
  edge: { weight: 0.18, phase: 1.2 },
  beatHz: { centreHz: 3.6, sdHz: 0.15, tauS: 2, minHz: 2.8, controlHz: 40 },
  restMv: 0.12,
};

export const vfl: Rhythm = {
  name: 'vfl',
  title: 'Ventricular flutter',
  shock: 'fibrillation',
  halfDoseJ: 60,
  ejection: 0,
  start: (start) => new Oscillation(start, FLUTTER),
};
