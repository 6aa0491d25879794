/**
 * A test bench as the box sees it: a patient simulator on the ECG leads, a defibrillator analyzer on the pads.
 *
 * The analyzer is the load, plays its own ECG on the pads, and reads what comes; nothing gets from one to the other.
 */
import type { Body, PacePulse, Patient, ShockAtPatient } from '../../signals/patient/patient.ts';
import { assert } from '../../src/core/errors.ts';
import type { Hertz, Ohms, SampleIndex } from '../../src/core/units.ts';

const PADS = 0;
/** Samples that the two are asked for at a time. */
const PART = 256;

export class BenchPatient implements Patient {
  readonly fs: Hertz;
  readonly leads: readonly string[];
  /** Finger, cuff and thermometer are on the patient simulator, where it has them. */
  readonly body?: Body;
  private readonly onLeads: Patient;
  private readonly onPads: Patient;
  private readonly spare: readonly Float64Array[];
  private readonly part: readonly Float64Array[];

  constructor(onLeads: Patient, onPads: Patient) {
    assert(onLeads.fs === onPads.fs, `two clocks on one bench: ${onLeads.fs} and ${onPads.fs} Hz`);
    this.fs = onLeads.fs;
    this.leads = onLeads.leads;
    this.onLeads = onLeads;
    this.onPads = onPads;
    if (onLeads.body !== undefined) this.body = onLeads.body;
    this.spare = onPads.leads.map(() => new Float64Array(PART));
    this.part = onLeads.leads.map(() => new Float64Array(PART));
  }

  get position(): SampleIndex {
    return this.onLeads.position;
  }

  get impedanceOhm(): Ohms {
    return this.onPads.impedanceOhm;
  }

  render(out: readonly Float64Array[], n: number): number {
    for (let from = 0; from < n; from += PART) this.renderPart(out, from, Math.min(PART, n - from));
    return n;
  }

  private renderPart(out: readonly Float64Array[], from: number, n: number): void {
    this.onLeads.render(this.part, n);
    this.onPads.render(this.spare, n);
    for (let k = 0; k < this.leads.length; k++) {
      const source = k === PADS ? this.spare[PADS] : this.part[k];
      const lead = out[k];
      for (let i = 0; i < n; i++) lead[from + i] = source[i];
    }
  }

  shock(shock: ShockAtPatient): void {
    this.onPads.shock(shock);
  }

  pace(pulse: PacePulse): void {
    this.onPads.pace(pulse);
  }
}
