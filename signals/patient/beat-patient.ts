/**
 * The patient as beats alone: when the next R comes and what electricity does to the heart, and not one sample.
 *
 * For runs that ask what the machines do with a rhythm (the breaker's level `event`), at some hundred times the speed of
 * SimPatient. Rhythms, doses and chances are the same (registry of rhythms, response.ts); RR is uniform around its mean.
 * Fibrillation gives what a trigger makes of it: now and then something that is taken for an R.
 */
import type { Rng } from '../../src/core/rng.ts';
import type { Microseconds, Ohms } from '../../src/core/units.ts';
import { rhythmByName } from '../rhythms/index.ts';
import type { Rhythm } from '../rhythms/rhythm.ts';
import type { PacePulse, ShockAtPatient } from './patient.ts';
import { captures, endsProbability, inducesVfProbability } from './response.ts';

export interface BeatPatientOptions {
  rng: Rng;
  rhythm?: string;
  weightKg?: number;
  impedanceOhm?: Ohms;
  captureMa?: number;
}

/** Half of the width of RR against its mean. */
const SPREAD = { af: 0.5, usual: 0.06 } as const;
/** Between things in a fibrillation that a trigger takes for R. */
const FALSE_R_US = { least: 200_000, most: 3_000_000 } as const;
/** Until a trigger has decided on an R: mostly at once, in one of fifty too late to be of use. */
const DECIDES_US = { least: 2000, most: 30_000, late: 110_000 } as const;
/** As in SimPatient: the standstill after a shock that ends a rhythm, and from a pacing pulse to its R. */
const PAUSE_US = { least: 1_500_000, most: 4_000_000 } as const;
const PACED_R_US = 140_000;
const REST_US = 300_000;

export class BeatPatient {
  impedanceOhm: Ohms;
  readonly weightKg: number;
  readonly captureMa: number;
  private readonly rng: Rng;
  private current: Rhythm;
  private startedUs: Microseconds = 0;
  private nowUs: Microseconds = 0;
  private nextRUs: Microseconds = 0;
  private decidesUs: Microseconds = 0;
  private lastRUs: Microseconds = -Infinity;
  private rrUs = 800_000;
  /** The end of the pause after a shock. */
  private resumesUs: Microseconds = Infinity;

  constructor(options: BeatPatientOptions) {
    this.rng = options.rng;
    this.impedanceOhm = options.impedanceOhm ?? 75;
    this.weightKg = options.weightKg ?? 75;
    this.captureMa = options.captureMa ?? 60;
    this.current = rhythmByName(options.rhythm ?? 'sinus');
    this.begin(this.current);
  }

  get rhythm(): string {
    return this.current.name;
  }

  /** When a trigger has decided on the next R; Infinity when none comes. */
  get nextTriggerUs(): Microseconds {
    return Math.min(this.decidesUs, this.resumesUs);
  }

  /** Lets time pass; returns the R that a trigger decides on at `us` or has decided on last, NaN when there was none. */
  advanceTo(us: Microseconds): Microseconds {
    let found = NaN;
    for (;;) {
      const next = this.nextTriggerUs;
      if (next > us) break;
      this.nowUs = next;
      if (next === this.resumesUs) this.setRhythm('sinus');
      else found = this.beat();
    }
    this.nowUs = us;
    return found;
  }

  setRhythm(name: string): void {
    this.begin(rhythmByName(name));
  }

  shock(shock: ShockAtPatient): void {
    const { rng, current, nowUs } = this;
    const induce = rng.float();
    const end = rng.float();
    const sinceRS = (nowUs - this.lastRUs) / 1e6;
    if (current.shock === 'silent') return;
    if (current.shock !== 'fibrillation') {
      if (induce < inducesVfProbability(shock, sinceRS, this.rrUs / 1e6)) return this.setRhythm('vf');
      if (current.shock === 'automatic') return;
    }
    const fibrillatingS = current.shock === 'fibrillation' ? (nowUs - this.startedUs) / 1e6 : 0;
    if (end >= endsProbability(shock, current.halfDoseJ, this.weightKg, fibrillatingS)) return;
    this.setRhythm('asystole');
    this.resumesUs = nowUs + rng.int(PAUSE_US.least, PAUSE_US.most);
  }

  pace(pulse: PacePulse): void {
    const { nowUs } = this;
    if (this.current.shock === 'fibrillation' || nowUs - this.lastRUs < REST_US) return;
    if (!captures(pulse, this.captureMa)) return;
    this.nextRUs = nowUs + PACED_R_US;
    this.decidesUs = this.nextRUs + DECIDES_US.least;
  }

  private begin(rhythm: Rhythm): void {
    this.current = rhythm;
    this.startedUs = this.nowUs;
    this.resumesUs = Infinity;
    this.nextRUs = this.nowUs;
    this.plan();
  }

  /** The R that is due has been decided on. */
  private beat(): Microseconds {
    const r = this.nextRUs;
    this.rrUs = Math.min(2e6, r - this.lastRUs);
    this.lastRUs = r;
    this.plan();
    return r;
  }

  private plan(): void {
    this.nextRUs += this.intervalUs();
    const { rng } = this;
    const late = rng.chance(1, 50) ? DECIDES_US.late : DECIDES_US.most;
    this.decidesUs = this.nextRUs + rng.int(DECIDES_US.least, late);
  }

  private intervalUs(): Microseconds {
    const { current, rng } = this;
    if (current.shock === 'silent') return Infinity;
    if (current.shock === 'fibrillation') return rng.int(FALSE_R_US.least, FALSE_R_US.most);
    const spread = current.name === 'af' ? SPREAD.af : SPREAD.usual;
    const mean = 60e6 / (current.rate?.usual ?? 60);
    return Math.round(mean * (1 + rng.between(-spread, spread)));
  }
}
