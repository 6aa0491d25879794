/** The pacer's machine with what it must know of the rest, and what it wants from the box. */
import { PacingMachine } from '../control/pacing.ts';
import type { PacingEffect } from '../control/pacing.ts';
import type { TherapyMachine } from '../control/therapy.ts';
import type { Told } from '../control/told.ts';
import type { PacingSettings } from '../core/session-events.ts';
import type { Microseconds } from '../core/units.ts';

export type PaceEffect = Extract<PacingEffect, { type: 'pace' }>;

export interface PacingDeskOptions {
  therapy: TherapyMachine;
  padsOff: () => boolean;
  carryOut: (effect: PaceEffect, now: Microseconds) => void;
  onTold: (event: Told) => void;
}

export class PacingDesk {
  readonly machine = new PacingMachine();
  private readonly options: PacingDeskOptions;

  constructor(options: PacingDeskOptions) {
    this.options = options;
  }

  /** The machine, its conditions up to date. */
  ask(): PacingMachine {
    const { therapy, padsOff } = this.options;
    const { conditions } = this.machine;
    conditions.link = therapy.conditions.link !== 'none';
    conditions.padsOff = padsOff();
    conditions.syncOn = therapy.syncOn;
    conditions.charged = therapy.state !== 'standby';
    conditions.hasPacer = therapy.profile.hasPacer;
    return this.machine;
  }

  set(settings: Partial<PacingSettings>, now: Microseconds): void {
    this.run(this.ask().set(settings, now), now, 'paceSet');
  }

  /** What becomes of pacing that outlives a lost link. */
  onLinkLoss(does: PacingMachine['onLinkLoss']): void {
    if (this.machine.onLinkLoss === does) return;
    this.machine.onLinkLoss = does;
    this.options.onTold({ type: 'paceLinkLoss', does });
  }

  press(name: Parameters<PacingMachine['handle']>[0], now: Microseconds): void {
    this.run(this.machine.handle(name, now), now);
  }

  /** The box has told its state for the first time in this session. */
  boxPaces(on: boolean, now: Microseconds): void {
    if (!on && this.machine.state !== 'pacing') return;
    this.run(this.ask().linkIsBack(on, now), now);
  }

  poll(now: Microseconds): void {
    this.run(this.ask().poll(now), now);
  }

  private run(effects: readonly PacingEffect[], now: Microseconds, action = 'pace'): void {
    const { onTold, carryOut, therapy } = this.options;
    for (const effect of effects) {
      if (effect.type === 'pace') {
        carryOut(effect, now);
        onTold({ type: 'pacing', pacing: this.machine.state, ...effect.settings });
      } else {
        onTold({ type: 'refused', action, state: therapy.state, why: effect.why, by: 'host' });
      }
    }
  }
}
