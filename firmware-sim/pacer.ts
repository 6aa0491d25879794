/**
 * Transcutaneous pacer: fixed (asynchronous) and demand.
 *
 * Demand waits one interval after every sensed R or own pulse; an R within the refractory time of a pulse is taken for
 * the beat that the pulse made. Ranges: 30-180/min, 0-200 mA, 5-50 ms (issue 5; 40 ms is usual [K]).
 * On link loss it goes on: a patient who lives from the pacer must not depend on a cable to the host.
 */
import type { Microseconds } from '../src/core/units.ts';
import type { MessageOf, Reply } from '../src/protocol/messages.ts';
import type { PacePulse } from '../signals/patient/patient.ts';

const REFRACTORY_US = 250_000;

export class Pacer {
  on = false;
  pulses = 0;
  private demand = false;
  private intervalUs = 1_000_000;
  private pulse: PacePulse = { currentMa: 0, widthUs: 40_000 };
  private dueUs: Microseconds = Infinity;
  private lastPulseUs: Microseconds = -Infinity;
  private readonly available: boolean;
  private readonly deliver: (us: Microseconds, pulse: PacePulse) => void;

  constructor(available: boolean, deliver: (us: Microseconds, pulse: PacePulse) => void) {
    this.available = available;
    this.deliver = deliver;
  }

  get nextUs(): Microseconds {
    return this.dueUs;
  }

  set(us: Microseconds, wish: MessageOf<'paceSet'>): Reply {
    if (wish.on === 0) {
      this.stop();
      return 'ok';
    }
    if (!this.available) return 'unsupported';
    const isInRange =
      wish.mode <= 1 &&
      wish.ratePpm >= 30 &&
      wish.ratePpm <= 180 &&
      wish.currentMa <= 200 &&
      wish.widthUs >= 5000 &&
      wish.widthUs <= 50_000;
    if (!isInRange) return 'badParam';
    this.demand = wish.mode === 1;
    this.intervalUs = Math.round(60_000_000 / wish.ratePpm);
    this.pulse = { currentMa: wish.currentMa, widthUs: wish.widthUs };
    // A change of settings does not disturb the rhythm; a start waits one interval, so that demand can sense first.
    if (!this.on) this.dueUs = us + this.intervalUs;
    else this.dueUs = Math.min(this.dueUs, us + this.intervalUs);
    this.on = true;
    return 'ok';
  }

  stop(): void {
    this.on = false;
    this.dueUs = Infinity;
  }

  /** The R trigger saw a beat at `tRUs`. */
  sense(tRUs: Microseconds): void {
    if (!this.on || !this.demand || tRUs - this.lastPulseUs < REFRACTORY_US) return;
    this.dueUs = Math.max(this.dueUs, tRUs + this.intervalUs);
  }

  run(us: Microseconds): void {
    if (us < this.dueUs) return;
    this.dueUs += this.intervalUs;
    this.lastPulseUs = us;
    this.pulses++;
    this.deliver(us, this.pulse);
  }
}
