/**
 * A recording plays the patient: what was measured is what the box sees, whatever anybody does to him.
 *
 * Shocks and pacing pulses are counted and logged; they change nothing, because a recording cannot answer.
 */
import { UsageError } from '../../src/core/errors.ts';
import type { RecordReader } from '../../src/core/record.ts';
import type { Hertz, Ohms, SampleIndex } from '../../src/core/units.ts';
import type { PacePulse, Patient, ShockAtPatient } from './patient.ts';

export interface RecordPatientOptions {
  /** Index of the one signal to play; all signals when it is left out. */
  lead?: number;
  impedanceOhm?: Ohms;
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
  }

  get position(): SampleIndex {
    return this.reader.position - this.start;
  }

  render(out: readonly Float64Array[], n: number): number {
    return this.reader.read(this.signals, out, n);
  }

  shock(shock: ShockAtPatient): void {
    this.shocks.push({ ...shock, sample: this.position });
  }

  pace(pulse: PacePulse): void {
    if (pulse.currentMa > 0) this.paceCount++;
  }
}
