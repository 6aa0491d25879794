/**
 * The scripted operator of `rwave treat`: presses SHOCK a while after it has become live, and in sync mode switches SYNC on
 * and charges first, with the energy that the plan proposes. He looks at nothing but the front panel.
 */
import type { OperatorAction } from '../core/session-events.ts';
import type { Joules, Microseconds } from '../core/units.ts';
import type { Session } from '../session/session.ts';
import type { Actor } from './treat-rig.ts';

export interface OperatorOptions {
  mode: 'aed' | 'sync';
  /** From SHOCK live to SHOCK pressed. */
  delayUs: Microseconds;
  energyJ: Joules | undefined;
  /** Hands in the lap after so many; Infinity: never. */
  maxShocks: number;
}

/** How often he looks up. */
const LOOK_US = 10_000;

export class ScriptedOperator implements Actor {
  /** Deliveries so far. */
  shocks = 0;
  private readonly session: Session;
  private readonly options: OperatorOptions;
  private nextLook: Microseconds = 0;
  private liveSince: Microseconds | undefined;

  constructor(session: Session, options: OperatorOptions) {
    this.session = session;
    this.options = options;
  }

  poll(now: Microseconds): Microseconds | undefined {
    if (now < this.nextLook) return this.nextLook;
    this.nextLook = now + LOOK_US;
    if (this.shocks < this.options.maxShocks) {
      if (this.options.mode === 'sync') this.prepareSync(now);
      this.watchShock(now);
    }
    return this.nextLook;
  }

  private press(action: OperatorAction, now: Microseconds): void {
    this.session.operate(action, now);
  }

  private prepareSync(now: Microseconds): void {
    const { session, options } = this;
    const { therapy, syncOn, syncSeesR, energyJ, link, proposedJ } = session.state;
    if (link !== 'up' || therapy !== 'standby') return;
    if (!syncOn) return this.press({ type: 'sync', on: true }, now);
    if (!syncSeesR) return;
    const wantedJ = options.energyJ ?? proposedJ ?? energyJ;
    if (wantedJ !== energyJ) this.press({ type: 'selectEnergy', energyJ: wantedJ }, now);
    if (session.whyNot({ type: 'charge' }, now) === undefined) this.press({ type: 'charge' }, now);
  }

  private watchShock(now: Microseconds): void {
    if (this.session.whyNot({ type: 'shock' }, now) !== undefined) {
      this.liveSince = undefined;
      return;
    }
    this.liveSince ??= now;
    if (now - this.liveSince < this.options.delayUs) return;
    this.liveSince = undefined;
    this.press({ type: 'shock' }, now);
  }
}
