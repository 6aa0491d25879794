/**
 * A recording plays the patient: what was measured is what the box sees, whatever anybody does to him.
 *
 * Shocks and pacing pulses are counted and logged; they change nothing, because a recording cannot answer. Artifacts can
 * be put on top, also the saturation after a shock ('post-shock'): only when asked.
 */
import { UsageError } from '../../src/core/errors.ts';
import { Rng } from '../../src/core/rng.ts';
import { Disturbances } from '../artifacts/disturbances.ts';
import type { ArtifactLevels } from '../artifacts/disturbances.ts';
import type { RecordReader } from '../../src/core/record.ts';
import type { Hertz, Ohms, SampleIndex } from '../../src/core/units.ts';
import type { PacePulse, Patient, ShockAtPatient } from './patient.ts';

export interface RecordPatientOptions {
  /** Index of the one signal to play; all signals when it is left out. */
  lead?: number;
  impedanceOhm?: Ohms;
  /** From the start, in mV: { 'post-shock': 10 }. */
  artifacts?: ArtifactLevels;
  /** For the artifacts. */
  seed?: number | string;
}

export interface LoggedShock extends ShockAtPatient {
  /** Index of the sample that follows the shock. */
  sample: SampleIndex;
}

export class RecordPatient implements Patient {
  readonly fs: Hertz;
  readonly leads: readonly string[];
  impedanceOhm: Ohms;
  readonly shocks: LoggedShock[] = [];
  paceCount = 0;
  private readonly reader: RecordReader;
  private readonly signals: readonly number[];
  private readonly start: number;
  private readonly artifacts: Disturbances;

  constructor(reader: RecordReader, options: RecordPatientOptions = {}) {
    const { signals, fs, name } = reader.header;
    const { lead } = options;
    if (lead !== undefined && !(lead in signals)) {
      throw new UsageError(`${name}: expected a lead from 0 to ${signals.length - 1}, found ${lead}`);
    }
    this.reader = reader;
    this.start = reader.position;
    this.fs = fs;
    this.signals = lead === undefined ? signals.map((_, k) => k) : [lead];
    this.leads = this.signals.map((k) => signals[k].description);
    this.impedanceOhm = options.impedanceOhm ?? 75;
    this.artifacts = new Disturbances(fs, this.leads, new Rng(options.seed ?? 1), options.artifacts);
  }

  get position(): SampleIndex {
    return this.reader.position - this.start;
  }

  render(out: readonly Float64Array[], n: number): number {
    const first = this.position;
    const done = this.reader.read(this.signals, out, n);
    this.artifacts.apply(first, out, done);
    return done;
  }

  /** Puts an artifact on from the next sample: without a level its usual one, 0 takes it off. */
  setArtifact(name: string, levelMv?: number): void {
    this.artifacts.set(name, levelMv, this.position);
  }

  /** mV; 0 when it is off. */
  artifactLevel(name: string): number {
    return this.artifacts.levelOf(name);
  }

  shock(shock: ShockAtPatient): void {
    this.artifacts.shock(this.position);
    const { deliveredJ, peakA, biphasic } = shock;
    this.shocks.push({ deliveredJ, peakA, biphasic, sample: this.position });
  }

  pace(pulse: PacePulse): void {
    if (pulse.currentMa > 0) this.paceCount++;
  }
}
