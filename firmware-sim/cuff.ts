/**
 * The cuff of the non-invasive blood pressure: takes half a minute, needs a pulse to find anything, and tells what it found
 * until the next time. Oscillometry is not simulated: the result is the patient's own pressure.
 */
import type { Body } from '../signals/patient/patient.ts';
import type { Reply } from '../src/protocol/messages.ts';

/** Inflation and deflation of an adult's cuff [K]. */
const MEASURES_S = 25;
const LEAST_EVERY_S = 60;

export interface Pressure {
  systolicMmHg: number;
  diastolicMmHg: number;
  meanMmHg: number;
}

export class Cuff {
  /** Of the last time that worked. */
  result: Pressure | undefined;
  /** The last time found nothing. */
  failed = false;
  private readonly body: Body;
  private nowS = 0;
  private doneAtS = Infinity;
  private nextAtS = Infinity;
  private everyS = 0;
  private foundAtS = -Infinity;

  constructor(body: Body) {
    this.body = body;
  }

  get inflated(): boolean {
    return this.doneAtS < Infinity;
  }

  /** Seconds since the result; Infinity where there is none. */
  get ageS(): number {
    return this.nowS - this.foundAtS;
  }

  order(start: boolean, everyS: number): Reply {
    if (everyS !== 0 && everyS < LEAST_EVERY_S) return 'badParam';
    this.everyS = everyS;
    if (start) this.inflate();
    else if (everyS === 0) this.doneAtS = Infinity;
    this.nextAtS = everyS === 0 ? Infinity : this.nowS + everyS;
    return 'ok';
  }

  /** The time is `tS` now. */
  look(tS: number): void {
    this.nowS = tS;
    if (tS >= this.nextAtS) {
      this.nextAtS += this.everyS;
      this.inflate();
    }
    if (tS >= this.doneAtS) this.read();
  }

  private inflate(): void {
    if (!this.inflated) this.doneAtS = this.nowS + MEASURES_S;
  }

  private read(): void {
    this.doneAtS = Infinity;
    const { pulsePerMin, systolicMmHg, diastolicMmHg } = this.body.vitals();
    this.failed = pulsePerMin === 0 || systolicMmHg === 0;
    if (this.failed) return;
    const meanMmHg = diastolicMmHg + (systolicMmHg - diastolicMmHg) / 3;
    this.result = { systolicMmHg, diastolicMmHg, meanMmHg };
    this.foundAtS = this.nowS;
  }
}
