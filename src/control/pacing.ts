/**
 * The pacing machine: off, pacing, paused; fixed or demand; rate and current within limits. Never together with SYNC.
 *
 * A pause is held by a finger: it ends by itself after 10 s. What happens on link loss is the box's part: a pacer goes on
 * (a patient who needs one has nothing else), and `onLinkLoss` says what the host shows and does when the link is back.
 * Limits as on bedside pacers: 30..180 /min, 0..200 mA (5-mA steps), 40-ms pulses; 60-80 /min, 60-80 mA are typical (facts 3d).
 */
import type { PacingSettings } from '../core/session-events.ts';
import type { Microseconds } from '../core/units.ts';
import { nextState } from './table.ts';

export type PacingState = 'off' | 'pacing' | 'paused';
export type PacingEventName = 'start' | 'stop' | 'set' | 'pause' | 'resume' | 'padsOff' | 'fault' | 'charge';

export const PACING = {
  off: { start: 'pacing', set: 'off' },
  pacing: { stop: 'off', set: 'pacing', pause: 'paused', padsOff: 'off', fault: 'off', charge: 'off' },
  paused: { stop: 'off', set: 'paused', resume: 'pacing', padsOff: 'off', fault: 'off', charge: 'off' },
} satisfies Record<PacingState, Partial<Record<PacingEventName, PacingState>>>;

const PACING_LIMITS = {
  ratePpm: { least: 30, most: 180 },
  currentMa: { least: 0, most: 200 },
  widthMs: { least: 5, most: 40 },
};

export type PacingEffect =
  | { type: 'pace'; on: boolean; settings: PacingSettings }
  | { type: 'refused'; action: PacingEventName; why: string };

/** What must hold outside the table. */
export interface PacingConditions {
  link: boolean;
  padsOff: boolean;
  syncOn: boolean;
  charged: boolean;
  hasPacer: boolean;
}

const PAUSE_US = 10_000_000;

/** Why an empty cell does nothing, and what to do. */
const ALREADY: Readonly<Record<PacingState, string>> = {
  off: 'the pacer is off: start it first',
  pacing: 'the pacer is pacing already: press PAUSE to hold it, or STOP to end it',
  paused: 'the pacer is paused already: press GO ON to resume, or STOP to end it',
};

export class PacingMachine {
  readonly conditions: PacingConditions = {
    ...{ link: false, padsOff: false, syncOn: false, charged: false },
    hasPacer: true,
  };
  /** The pacer in the box goes on without us; when the link is back we take it over, or stop it. */
  onLinkLoss: 'takeOver' | 'stop' = 'takeOver';
  private current: PacingState = 'off';
  private chosen: PacingSettings = { mode: 'demand', ratePpm: 70, currentMa: 0, widthMs: 40 };
  private pausedUntil: Microseconds | undefined;

  get state(): PacingState {
    return this.current;
  }
  get settings(): Readonly<PacingSettings> {
    return this.chosen;
  }
  get nextDeadline(): Microseconds | undefined {
    return this.pausedUntil;
  }

  /** Why this would do nothing now; undefined when it is live. */
  whyNot(name: PacingEventName): string | undefined {
    if (nextState<PacingState>(PACING, this.current, name) === undefined) {
      return ALREADY[this.current];
    }
    if (name === 'stop') return undefined;
    const { link, padsOff, syncOn, charged, hasPacer } = this.conditions;
    if (!hasPacer) return 'this model has no pacer: use one that has';
    if (!link) return 'no connection to the defibrillator: check the cable';
    if (name !== 'start' && name !== 'resume') return undefined;
    if (padsOff) return 'the pads are off: press both pads on firmly';
    if (syncOn) return 'SYNC is on: switch SYNC off before pacing';
    return charged ? 'the defibrillator is charged: press DISARM before pacing' : undefined;
  }

  handle(name: Exclude<PacingEventName, 'set'>, now: Microseconds): PacingEffect[] {
    const why = this.whyNot(name);
    if (why !== undefined) return isForced(name) ? [] : [{ type: 'refused', action: name, why }];
    return this.go(name, now);
  }

  /** New settings take effect at once while pacing. */
  set(settings: Partial<PacingSettings>, now: Microseconds): PacingEffect[] {
    const wanted = { ...this.chosen, ...settings };
    const why = this.whyNot('set') ?? outOfLimits(wanted);
    if (why !== undefined) return [{ type: 'refused', action: 'set', why }];
    this.chosen = wanted;
    return this.go('set', now);
  }

  /** The link is back: is what the box does still wanted? */
  linkIsBack(boxPaces: boolean, now: Microseconds): PacingEffect[] {
    if (this.onLinkLoss === 'stop') {
      this.current = 'off';
      this.pausedUntil = undefined;
      return boxPaces ? [{ type: 'pace', on: false, settings: this.chosen }] : [];
    }
    if (this.current === 'off' && boxPaces) return [{ type: 'pace', on: false, settings: this.chosen }];
    return this.go('set', now);
  }

  poll(now: Microseconds): PacingEffect[] {
    if (now < (this.pausedUntil ?? Infinity)) return [];
    // A pause must end, whatever else: the patient has no other rhythm.
    return this.go('resume', now);
  }

  private go(name: PacingEventName, now: Microseconds): PacingEffect[] {
    const was = this.current;
    const next = nextState<PacingState>(PACING, was, name) ?? was;
    this.current = next;
    this.pausedUntil = next === 'paused' ? (this.pausedUntil ?? now + PAUSE_US) : undefined;
    const on = next === 'pacing';
    return on || was === 'pacing' ? [{ type: 'pace', on, settings: { ...this.chosen } }] : [];
  }
}

/** Circumstances do not ask. */
function isForced(name: PacingEventName): boolean {
  return name === 'padsOff' || name === 'fault' || name === 'charge';
}

function outOfLimits(settings: PacingSettings): string | undefined {
  for (const key of ['ratePpm', 'currentMa', 'widthMs'] as const) {
    const { least, most } = PACING_LIMITS[key];
    const value = settings[key];
    if (!(value >= least && value <= most))
      return `${key} ${value} is out of range: choose ${least} to ${most}`;
  }
  return undefined;
}
