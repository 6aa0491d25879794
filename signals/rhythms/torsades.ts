/**
 * Torsades de pointes: one oscillation of 3.5 to 5 Hz whose axis turns, so that each lead swells and fades as the
 * vector turns into and out of it, 5 to 10 beats a spindle. One vector for all leads, never an amplitude per lead.
 */
import type { Hertz, SampleIndex } from '../../src/core/units.ts';
import { joinedDrift, wanderingPhase } from './noise.ts';
import type { Joined } from './noise.ts';
import type { Rhythm, RhythmSource, RhythmStart } from './rhythm.ts';

const MV = 1.1;
/** Second harmonic: sharp on one side, round on the other. */
const EDGE = { weight: 0.3, phase: 0.6 };
const BEAT_HZ = { centreHz: 4.1, sdHz: 0.25, tauS: 2, minHz: 3.3, controlHz: 40 };
/** A half turn is a spindle: 0.28 turns a second give 7 beats. */
const TURN_HZ = { centreHz: 0.28, sdHz: 0.05, tauS: 4, minHz: 0.18, controlHz: 10 };

class Torsades implements RhythmSource {
  private readonly beat: Joined;
  private readonly axis: Joined;
  private readonly size: Joined;

  constructor({ rng, startS }: RhythmStart) {
    this.beat = wanderingPhase(rng.fork('beat'), startS, BEAT_HZ);
    this.axis = wanderingPhase(rng.fork('axis'), startS, TURN_HZ);
    this.size = joinedDrift(rng.fork('size'), startS, 0.12, 1, 10);
  }

  schedule(): void {
    // no complexes
  }

  add(first: SampleIndex, fs: Hertz, x: Float64Array, y: Float64Array, n: number): void {
    for (let i = 0; i < n; i++) {
      const tS = (first + i) / fs;
      const phase = this.beat.at(tS);
      const axis = this.axis.at(tS);
      const shape = Math.sin(phase) + EDGE.weight * Math.sin(2 * phase + EDGE.phase);
      const mv = MV * Math.exp(this.size.at(tS)) * shape;
      x[i] += mv * Math.cos(axis);
      y[i] += mv * Math.sin(axis);
    }
  }
}

export const torsades: Rhythm = {
  name: 'torsades',
  title: 'Torsades de pointes',
  shock: 'fibrillation',
  halfDoseJ: 60,
  ejection: 0,
  start: (start) => new Torsades(start),
};
