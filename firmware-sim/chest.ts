/**
 * What hangs on the therapy cable: the patient's chest, or the resistor that the bench put between the pads.
 */
import type { Joules, Microseconds, Ohms } from '../src/core/units.ts';
import type { Patient } from '../signals/patient/patient.ts';
import type { Shot } from './high-voltage.ts';

/** What electricity meets. */
type Body = Pick<Patient, 'impedanceOhm' | 'shock'>;

/** Teaching values [D]: a pad that peels off, and an arc of twice the chest's resistance. */
const CONTACT_OHM = 10;
const DOUBLING_MS = 100;
const OPEN_MS = 1500;
const ARC = 2;

export class Chest {
  /** The pads stick. */
  padsOn = true;
  /** The bench's load box instead of a patient; NaN when there is none. */
  loadOhm: Ohms = NaN;
  /** What a load box would have counted up. */
  receivedJ: Joules = 0;
  /** A pad has been coming off since then; Infinity: it sticks. */
  looseSinceUs: Microseconds = Infinity;
  /** An air gap under a pad: closed for the measuring current, an arc under a shock. */
  arcs = false;
  private readonly patient: Body;
  private readonly now: () => Microseconds;

  constructor(patient: Body, now: () => Microseconds = () => 0) {
    this.patient = patient;
    this.now = now;
  }

  /** What stands still between the pads. */
  get trueOhm(): Ohms {
    if (!this.padsOn) return Infinity;
    return this.looseSinceUs === Infinity ? this.bodyOhm : this.bodyOhm + this.contactOhm;
  }

  /** What the bridge sees under a shock: an arc stands in series with the chest. */
  get pulseOhm(): Ohms {
    return this.arcs ? this.trueOhm + ARC * this.bodyOhm : this.trueOhm;
  }

  private get bodyOhm(): Ohms {
    return Number.isNaN(this.loadOhm) ? this.patient.impedanceOhm : this.loadOhm;
  }

  private get contactOhm(): Ohms {
    const looseMs = Math.max(0, this.now() - this.looseSinceUs) / 1000;
    return looseMs < OPEN_MS ? CONTACT_OHM * 2 ** (looseMs / DOUBLING_MS) : Infinity;
  }

  /** As the box measures it with its small current: to a tenth of an ohm. */
  get measuredOhm(): Ohms {
    return Math.round(this.trueOhm * 10) / 10;
  }

  /** A load box keeps the energy to itself. */
  receive(shot: Shot): void {
    const { pulseOhm, bodyOhm } = this;
    // What burns in the contact and in the arc does not reach the patient.
    const share = pulseOhm > bodyOhm ? bodyOhm / pulseOhm : 1;
    const deliveredJ = shot.deliveredJ * share;
    this.receivedJ += deliveredJ;
    if (!Number.isNaN(this.loadOhm)) return;
    const { peakA, biphasic, trace } = shot;
    this.patient.shock({ deliveredJ, peakA, biphasic, ...(share === 1 && { trace }) });
  }
}
