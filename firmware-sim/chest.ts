/**
 * What hangs on the therapy cable: the patient's chest, or the resistor that the bench put between the pads.
 */
import type { Joules, Ohms } from '../src/core/units.ts';
import type { Patient } from '../signals/patient/patient.ts';
import type { Shot } from './high-voltage.ts';

/** What electricity meets. */
type Body = Pick<Patient, 'impedanceOhm' | 'shock'>;

export class Chest {
  /** The pads stick. */
  padsOn = true;
  /** The bench's load box instead of a patient; NaN when there is none. */
  loadOhm: Ohms = NaN;
  /** What a load box would have counted up. */
  receivedJ: Joules = 0;
  private readonly patient: Body;

  constructor(patient: Body) {
    this.patient = patient;
  }

  get trueOhm(): Ohms {
    if (!this.padsOn) return Infinity;
    return Number.isNaN(this.loadOhm) ? this.patient.impedanceOhm : this.loadOhm;
  }

  /** As the box measures it with its small current: to a tenth of an ohm. */
  get measuredOhm(): Ohms {
    return Math.round(this.trueOhm * 10) / 10;
  }

  /** A load box keeps the energy to itself. */
  receive(shot: Shot): void {
    this.receivedJ += shot.deliveredJ;
    if (!Number.isNaN(this.loadOhm)) return;
    const { deliveredJ, peakA, biphasic, trace } = shot;
    this.patient.shock({ deliveredJ, peakA, biphasic, trace });
  }
}
