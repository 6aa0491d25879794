/**
 * The simulated patient: a rhythm from the registry, seen by pads and leads I, II, III, who answers shocks and pacing.
 *
 * One seed replays him, however the samples are asked for; the same seed is the same heart at any fs from 100 to 1000.
 * Nothing is allocated per sample. Time is the sample index; shocks and pulses arrive between two samples.
 *
 * The leads are made in parts of 60 ms and handed out as they are asked for. Where something happens to the heart in the
 * middle of a part, the rest of it is made again: a box that looks at every sample by itself costs little more than one that
 * takes forty (measured).
 */
import { UsageError, assert } from '../../src/core/errors.ts';
import { Rng } from '../../src/core/rng.ts';
import type { Hertz, Ohms, SampleIndex } from '../../src/core/units.ts';
import type { BeatTruth } from '../rhythms/complexes.ts';
import { Complexes } from '../rhythms/complexes.ts';
import { rhythmByName } from '../rhythms/index.ts';
import { RUN } from '../rhythms/noise.ts';
import type { Rhythm, RhythmSource } from '../rhythms/rhythm.ts';
import { PACED, PACED_T } from '../rhythms/templates.ts';
import { Disturbances } from '../artifacts/disturbances.ts';
import type { ArtifactLevels } from '../artifacts/disturbances.ts';
import { PaceSpike } from '../artifacts/pace-spike.ts';
import { QuietNoise } from '../artifacts/quiet-noise.ts';
import { Circulation } from './circulation.ts';
import type { Vitals } from './circulation.ts';
import { PATIENT_LEADS, deriveIII, project } from './leads.ts';
import type { PacePulse, Patient, ShockAtPatient } from './patient.ts';
import { captures, endsProbability, inducesVfProbability } from './response.ts';

export interface SimPatientOptions {
  fs?: Hertz;
  /** A seed, or an Rng that is the patient's own. */
  seed?: number | string;
  rng?: Rng;
  rhythm?: string;
  /** Beats a minute, where the rhythm has a rate. */
  ratePerMin?: number;
  weightKg?: number;
  impedanceOhm?: Ohms;
  /** Pacing current that captures with a 40-ms pulse. */
  captureMa?: number;
  /** What follows the pause after a shock that ended the rhythm. */
  afterShock?: string;
  /** `dose`: by chance, from energy and current. The other two are for lessons and tests. */
  shockSucceeds?: 'dose' | 'always' | 'never';
  /** Breathing baseline and hiss. */
  noise?: boolean;
  /** From the start, in mV: { cpr: 2 }. */
  artifacts?: ArtifactLevels;
}

export type ShockOutcome = 'ended' | 'failed' | 'startedVf' | 'nothing';

/** The schedule is looked at this often and kept filled that far ahead: room for P before R. */
const PART_S = 0.06;
const AHEAD_S = 0.45;
/** Beats are told and the pump moves this often. */
const TICK_S = 0.02;
/** The standstill after a shock that ends a rhythm. */
const PAUSE_S = { min: 1.5, max: 4 };
/** From the pacing pulse to the R of the captured beat, and the ventricles' rest after a beat at 60/min. */
const PACED_R_S = 0.14;
const REFRACTORY_S = 0.3;
const PACED_T_S = 0.3;
/** A heart without an own rhythm that is captured ejects this much. */
const CAPTURED_EJECTION = 0.8;
const ECG_LEADS_SPIKE = 0.4;

export class SimPatient implements Patient {
  readonly fs: Hertz;
  readonly leads: readonly string[] = PATIENT_LEADS;
  readonly weightKg: number;
  impedanceOhm: Ohms;
  /** Pacing current that captures with a 40-ms pulse. */
  captureMa: number;
  /** Called for every ventricular activation with its truth, in order; the object is reused. */
  onBeat: (beat: Readonly<BeatTruth>) => void = () => undefined;
  lastOutcome: ShockOutcome = 'nothing';

  /** Pressure, pleth, CO2 now, and whether he is ventilated. */
  readonly circulation = new Circulation();
  readonly body = this.circulation;

  private readonly artifacts: Disturbances;
  private readonly rng: Rng;
  private readonly dice: Rng;
  private readonly afterShock: Rhythm;
  private readonly shockSucceeds: 'dose' | 'always' | 'never';
  private readonly complexes = new Complexes();
  private readonly noise: readonly QuietNoise[];
  private readonly spike = new PaceSpike();
  private readonly partSamples: number;
  private readonly tickSamples: number;
  private readonly part = PATIENT_LEADS.map(() => new Float64Array(RUN));
  private readonly x = new Float64Array(RUN);
  private readonly y = new Float64Array(RUN);
  /** Of the part: what its rhythm adds to the complexes, and the quiet noise of pads, I and II. */
  private readonly restX = new Float64Array(RUN);
  private readonly restY = new Float64Array(RUN);
  private readonly quiet: readonly Float64Array[];
  private current: Rhythm;
  private source: RhythmSource;
  /** What is left of the part comes from another rhythm; from a heart to which something happened. */
  private sourceIsNew = false;
  private partIsOld = false;
  private starts = 0;
  private startedS = 0;
  private resumeS = Infinity;
  private next: SampleIndex = 0;
  private lastRS = -Infinity;
  private rrS = 1;

  constructor(options: SimPatientOptions = {}) {
    const o = { fs: 500, rhythm: 'sinus', weightKg: 75, impedanceOhm: 75, captureMa: 60, ...options };
    assertRange('fs', o.fs, 100, 1000, 'Hz');
    assertRange('weight', o.weightKg, 2, 250, 'kg');
    assertRange('impedance', o.impedanceOhm, 1, 10_000, 'ohm');
    this.fs = o.fs;
    this.weightKg = o.weightKg;
    this.impedanceOhm = o.impedanceOhm;
    this.captureMa = o.captureMa;
    this.rng = o.rng ?? new Rng(o.seed ?? 1);
    this.dice = this.rng.fork('shocks');
    this.afterShock = rhythmByName(o.afterShock ?? 'sinus');
    this.shockSucceeds = o.shockSucceeds ?? 'dose';
    this.partSamples = Math.round(PART_S * o.fs);
    this.tickSamples = Math.max(1, Math.round(TICK_S * o.fs));
    this.noise =
      o.noise === false
        ? []
        : [0, 1, 2].map((k) => new QuietNoise(this.rng.fork(`noise.${PATIENT_LEADS[k]}`)));
    this.quiet = this.noise.map(() => new Float64Array(RUN));
    this.artifacts = new Disturbances(o.fs, PATIENT_LEADS, this.rng.fork('artifacts'), o.artifacts);
    this.circulation.compressions = this.compressed;
    this.complexes.onBeat = (beat) => this.beat(beat);
    this.current = rhythmByName(o.rhythm);
    this.source = this.started(this.current, o.ratePerMin);
  }

  get position(): SampleIndex {
    return this.next;
  }

  /** The rhythm that is there now: 'asystole' in the pause after a shock. */
  get rhythm(): string {
    return this.current.name;
  }

  /** Ms from the R that is nearest to the next sample, negative before it; NaN where none is within about a second. */
  get msFromR(): number {
    return (this.nowS - this.complexes.nearestBeat(this.nowS)) * 1000;
  }

  /** Starts another rhythm at the next sample. The wave that is under way ends in its own shape. */
  setRhythm(name: string, ratePerMin?: number): void {
    this.begin(rhythmByName(name), ratePerMin);
  }

  /** Puts an artifact on from the next sample: without a level its usual one, 0 takes it off. */
  setArtifact(name: string, levelMv?: number): void {
    this.artifacts.set(name, levelMv, this.next);
    this.circulation.compressions = this.compressed;
  }

  /** mV; 0 when it is off. */
  artifactLevel(name: string): number {
    return this.artifacts.levelOf(name);
  }

  /** Who compresses the chest disturbs the leads, and moves blood. */
  private get compressed(): boolean {
    return this.artifacts.levelOf('cpr') > 0 || this.artifacts.levelOf('cpr-machine') > 0;
  }

  /** The truth about the body, as a perfect monitor would read it. */
  vitals(): Vitals {
    return this.circulation.vitals();
  }

  private begin(rhythm: Rhythm, ratePerMin?: number): void {
    const source = this.started(rhythm, ratePerMin);
    this.complexes.cancelAfter(this.nowS);
    this.current = rhythm;
    this.source = source;
    this.sourceIsNew = this.partIsOld = true;
    this.startedS = this.nowS;
    this.resumeS = Infinity;
  }

  private started(rhythm: Rhythm, ratePerMin: number | undefined): RhythmSource {
    const { rate } = rhythm;
    if (rate && ratePerMin !== undefined) {
      assertRange(`rate of ${rhythm.name}`, ratePerMin, rate.min, rate.max, '/min');
    }
    return rhythm.start({
      startS: this.nowS,
      rng: this.rng.fork(`rhythm.${this.starts++}`),
      ratePerMin: ratePerMin ?? rate?.usual ?? 60,
      complexes: this.complexes,
    });
  }

  private get nowS(): number {
    return this.next / this.fs;
  }

  private beat(beat: Readonly<BeatTruth>): void {
    if (beat.tS > this.lastRS) this.rrS = Math.min(2, beat.tS - this.lastRS);
    this.lastRS = beat.tS;
    this.circulation.beat(beat.tS, beat.ejection);
    this.onBeat(beat);
  }

  render(out: readonly Float64Array[], n: number): number {
    assert(out.length >= PATIENT_LEADS.length, () => `patient has 4 leads, room for ${out.length}`);
    const first = this.next;
    let done = 0;
    while (done < n) {
      const at = this.next % this.partSamples;
      if (at === 0) this.startPart();
      else if (this.partIsOld) this.makeRest(at);
      const m = Math.min(n - done, this.partSamples - at);
      for (let k = 0; k < PATIENT_LEADS.length; k++) copy(this.part[k], at, out[k], done, m);
      done += m;
      this.live(m);
    }
    this.artifacts.apply(first, out, n);
    return n;
  }

  /** At the start of a part: what turns into something else, and the schedule. */
  private lookAhead(): void {
    const tS = this.nowS;
    if (tS >= this.resumeS) this.begin(this.afterShock);
    const becomes = this.source.becomes?.(tS);
    if (becomes !== undefined) this.begin(rhythmByName(becomes));
    this.source.schedule(tS + AHEAD_S + PART_S);
    this.complexes.forget(tS);
  }

  /** Lets n samples pass: beats are told and the pump moves every tick. */
  private live(n: number): void {
    const { tickSamples } = this;
    const end = this.next + n;
    for (let at = tickSamples * Math.ceil(this.next / tickSamples); at < end; at += tickSamples) {
      this.complexes.advance(at / this.fs);
      this.circulation.tick(at / this.fs);
    }
    this.next = end;
  }

  /** What only goes forward in time is asked once for each sample. */
  private startPart(): void {
    this.lookAhead();
    const { quiet, noise, partSamples } = this;
    for (let k = 0; k < noise.length; k++) {
      quiet[k].fill(0);
      noise[k].add(this.next, this.fs, quiet[k], 0, partSamples);
    }
    this.sourceIsNew = true;
    this.makeRest(0);
  }

  /** The part from its sample `at` on, as things are now. */
  private makeRest(at: number): void {
    const { x, y, part, quiet, fs, next } = this;
    const n = this.partSamples - at;
    if (this.sourceIsNew) this.askSource(at, n);
    x.fill(0, 0, n);
    y.fill(0, 0, n);
    this.complexes.add(next, fs, x, y, n);
    add(this.restX, at, x, 0, n);
    add(this.restY, at, y, 0, n);
    project(x, y, part, at, n);
    for (let k = 0; k < quiet.length; k++) add(quiet[k], at, part[k], at, n);
    if (this.spike.activeAt(this.nowS)) {
      this.spike.add(next, fs, 1, part[0], at, n);
      this.spike.add(next, fs, ECG_LEADS_SPIKE, part[1], at, n);
      this.spike.add(next, fs, ECG_LEADS_SPIKE, part[2], at, n);
    }
    deriveIII(part, at, n);
    this.partIsOld = false;
  }

  private askSource(at: number, n: number): void {
    const { x, y, restX, restY, source } = this;
    x.fill(0, 0, n);
    y.fill(0, 0, n);
    source.add?.(this.next, this.fs, x, y, n);
    copy(x, 0, restX, at, n);
    copy(y, 0, restY, at, n);
    this.sourceIsNew = false;
  }

  shock(shock: ShockAtPatient): void {
    this.artifacts.shock(this.next);
    this.complexes.advance(this.nowS);
    this.lastOutcome = this.outcomeOf(shock);
    if (this.lastOutcome === 'ended') {
      this.begin(rhythmByName('asystole'));
      this.resumeS = this.nowS + this.dice.between(PAUSE_S.min, PAUSE_S.max);
    } else if (this.lastOutcome === 'startedVf') {
      this.begin(rhythmByName('vf'));
    }
  }

  private outcomeOf(shock: ShockAtPatient): ShockOutcome {
    const group = this.current.shock;
    // Two throws for every shock, used or not: the next shock's luck does not depend on this one's rhythm.
    const induce = this.dice.float();
    const end = this.dice.float();
    if (group === 'silent') return 'nothing';
    if (group !== 'fibrillation') {
      if (induce < inducesVfProbability(shock, this.nowS - this.lastRS, this.rrS)) return 'startedVf';
      if (group === 'automatic') return 'nothing';
    }
    if (this.shockSucceeds !== 'dose') return this.shockSucceeds === 'always' ? 'ended' : 'failed';
    const fibrillatingS = group === 'fibrillation' ? this.nowS - this.startedS : 0;
    const chance = endsProbability(shock, this.current.halfDoseJ, this.weightKg, fibrillatingS);
    return end < chance ? 'ended' : 'failed';
  }

  pace(pulse: PacePulse): void {
    const tS = this.nowS;
    this.partIsOld = true;
    this.spike.start(tS, pulse.currentMa, pulse.widthUs);
    this.complexes.advance(tS);
    const rest = REFRACTORY_S * Math.sqrt(Math.max(0.25, this.rrS));
    if (this.current.shock === 'fibrillation' || tS - this.lastRS < rest) return;
    if (!captures(pulse, this.captureMa)) return;
    const ejection = this.current.shock === 'silent' ? CAPTURED_EJECTION : this.current.ejection;
    const rS = tS + PACED_R_S;
    this.complexes.cancelBeats(tS, rS + rest);
    this.complexes.beat(PACED, rS, 'Q', ejection);
    this.complexes.wave(PACED_T, rS + PACED_T_S);
    this.rrS = Math.min(2, rS - this.lastRS);
    this.lastRS = rS;
    this.source.captured?.(rS);
  }
}

function copy(x: Float64Array, from: number, to: Float64Array, at: number, n: number): void {
  for (let i = 0; i < n; i++) to[at + i] = x[from + i];
}

function add(x: Float64Array, from: number, to: Float64Array, at: number, n: number): void {
  for (let i = 0; i < n; i++) to[at + i] += x[from + i];
}

function assertRange(what: string, value: number, min: number, max: number, unit: string): void {
  if (!(value >= min && value <= max)) {
    throw new UsageError(`${what}: expected ${min} to ${max} ${unit}, found ${value}`);
  }
}
