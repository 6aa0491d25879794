/**
 * The therapy machine: the table of therapy-table.ts, what happens on entry, and the conditions that are not states.
 *
 * `handle` and `poll` return what must be done (STYLE 6); nothing is done here. Energy moves only through effects:
 * `charge`, `fire` (once per arm id, with exactly the selected energy) and `disarm`.
 */
import type { ShockReport, TherapyState } from '../core/session-events.ts';
import type { Joules, Microseconds } from '../core/units.ts';
import type { HostProfile } from './host-profile.ts';
import { refusalOf, WHY } from './refusals.ts';
import type { TherapyAction } from './refusals.ts';
import { SyncGate } from './sync-gate.ts';
import { nextState } from './table.ts';
import { THERAPY } from './therapy-table.ts';
import type { TherapyEventName } from './therapy-table.ts';
import type { Told } from './told.ts';

export type TherapyEvent =
  | { type: 'charge' | 'shock' | 'release' }
  | { type: 'disarm'; why?: string }
  | { type: 'energy'; energyJ: Joules }
  | { type: 'sync'; on: boolean }
  | { type: 'syncConfirmed'; on: boolean }
  | { type: 'charged'; armId: number; energyJ: Joules; expiryMs: number }
  | { type: 'rWave' }
  | { type: 'delivered'; report: ShockReport }
  | { type: 'withdrawn' | 'aborted'; why: string }
  | { type: 'dumped'; why: string; leftJ: Joules }
  | { type: 'linkLost' | 'fault' | 'powerDown'; why: string }
  /** `syncOff`: the new mode knows no SYNC. */
  | { type: 'modeChanged'; why: string; syncOff: boolean }
  | { type: 'pads'; off: boolean };

export type TherapyEffect =
  | { type: 'selectEnergy' | 'charge'; energyJ: Joules }
  | { type: 'fire'; armId: number; energyJ: Joules; sync: boolean; waitRMs: number }
  | { type: 'cancelFire'; armId: number }
  | { type: 'disarm' }
  | { type: 'setSync'; on: boolean }
  | { type: 'tell'; event: Told };

/** What must hold outside the table; the session keeps it up to date. */
export interface Conditions {
  link: 'none' | 'stale' | 'good';
  faults: boolean;
}

const US_PER_MS = 1000;
/** Beyond the box's own limits: who comes here has not heard from it. */
const DELIVERY_LIMIT_MS = 2000;
const WAIT_R_MARGIN_MS = 1000;
const NEW_ARM_LIMIT_MS = 2000;

export class TherapyMachine {
  profile: HostProfile;
  readonly gate = new SyncGate();
  readonly conditions: Conditions = { link: 'none', faults: false };
  private current: TherapyState = 'standby';
  private selectedJ: Joules;
  private syncWanted = false;
  private syncHeld = false;
  private padsOff = false;
  private armId = 0;
  private firedArmId = 0;
  private deadline: Microseconds | undefined;
  private disarmWhy = '';

  constructor(profile: HostProfile) {
    this.profile = profile;
    this.selectedJ = profile.startJ;
  }

  get state(): TherapyState {
    return this.current;
  }
  get energyJ(): Joules {
    return this.selectedJ;
  }
  get syncOn(): boolean {
    return this.syncWanted;
  }
  /** Of the shock that was fired last; 0 before. */
  get lastFired(): number {
    return this.firedArmId;
  }
  /** The charge is taken away at this time, or a wait ends. */
  get nextDeadline(): Microseconds | undefined {
    return this.deadline;
  }

  /** A new model on the cable: its ladder and habits. Only while nothing is charged. */
  useProfile(profile: HostProfile): void {
    this.profile = profile;
    if (!profile.energiesJ.includes(this.selectedJ)) this.selectedJ = profile.startJ;
    if (!profile.hasSync) this.syncWanted = false;
  }

  /** Why the key would do nothing now; undefined when it is live. */
  whyNot(action: TherapyAction, now: Microseconds): string | undefined {
    if (this.cellOf(action) === undefined) return refusalOf(this.current, action);
    if (action === 'disarm' || action === 'release') return undefined;
    const { link } = this.conditions;
    if (link === 'none') return WHY.linkDown;
    if (action === 'sync' && !this.profile.hasSync) return WHY.noSync;
    if (action === 'energy' || action === 'sync') return undefined;
    if (link === 'stale') return WHY.linkStale;
    if (this.padsOff) return WHY.padsOff;
    if (this.conditions.faults) return WHY.fault;
    return action === 'shock' ? this.whyNoShock(now) : undefined;
  }

  handle(event: TherapyEvent, now: Microseconds): TherapyEffect[] {
    switch (event.type) {
      case 'charge':
        return this.operate('charge', now, () => this.go('charge', now));
      case 'shock':
        return this.operate('shock', now, () => this.go(this.nameOf('shock'), now));
      case 'release':
        return this.operate('release', now, () => this.go('release', now));
      case 'disarm':
        return this.operate('disarm', now, () => this.go('disarm', now, event.why ?? 'operator'));
      case 'energy':
        return this.operate('energy', now, () => this.selectEnergy(event.energyJ, now));
      case 'sync':
        return this.operate('sync', now, () => this.switchSync(event.on));
      case 'syncConfirmed':
        this.syncHeld = event.on;
        return [];
      case 'charged':
        return this.onCharged(event, now);
      case 'delivered':
        return this.onDelivered(event.report, now);
      case 'dumped':
        return this.onDumped(event.why, event.leftJ, now);
      case 'withdrawn':
      case 'aborted':
        return this.onAborted(event.type, event.why, now);
      case 'pads':
        this.padsOff = event.off;
        return event.off ? this.go('padsOff', now) : [];
      case 'rWave':
        return this.go('rWave', now);
      case 'modeChanged':
        // The waiting shock goes first, then the SYNC that it was made for.
        return [...this.go('modeChanged', now, event.why), ...(event.syncOff ? this.switchSync(false) : [])];
      default:
        return this.go(event.type, now, event.why);
    }
  }

  poll(now: Microseconds): TherapyEffect[] {
    if (now < (this.deadline ?? Infinity)) return [];
    return this.go('timeout', now, `timeout while ${this.current}`);
  }

  private operate(action: TherapyAction, now: Microseconds, run: () => TherapyEffect[]): TherapyEffect[] {
    const why = this.whyNot(action, now);
    if (why === undefined) return run();
    return [tell({ type: 'refused', action, state: this.current, why, by: 'host' })];
  }

  private whyNoShock(now: Microseconds): string | undefined {
    if (this.armId === 0) return WHY.noArmId;
    if (this.syncWanted !== this.syncHeld) return WHY.syncPending;
    return this.syncWanted && !this.gate.isOpen(now) ? WHY.noMarkers : undefined;
  }

  /** The table's cell for a key of the front panel. */
  private cellOf(action: TherapyAction): TherapyState | undefined {
    return nextState<TherapyState>(THERAPY, this.current, this.nameOf(action));
  }

  private nameOf(action: TherapyAction): TherapyEventName {
    if (action === 'shock') return this.syncWanted ? 'shockSync' : 'shock';
    if (action !== 'energy' || this.current === 'standby') return action;
    return this.profile.energyChange === 'dump' ? 'energyDumps' : 'energyRecharges';
  }

  private selectEnergy(energyJ: Joules, now: Microseconds): TherapyEffect[] {
    const ladder = this.profile.energiesJ;
    if (!ladder.includes(energyJ)) {
      const why = `${energyJ} J is not on this model's ladder: choose one of ${ladder.join(', ')} J`;
      return [tell({ type: 'refused', action: 'energy', state: this.current, why, by: 'host' })];
    }
    if (energyJ === this.selectedJ) return [];
    this.selectedJ = energyJ;
    const effects: TherapyEffect[] = [
      { type: 'selectEnergy', energyJ },
      tell({ type: 'energy', energyJ }),
      ...this.go(this.nameOf('energy'), now),
    ];
    return effects;
  }

  private switchSync(on: boolean): TherapyEffect[] {
    if (on === this.syncWanted) return [];
    this.syncWanted = on;
    this.gate.reset();
    return [{ type: 'setSync', on }, tell({ type: 'syncMode', on })];
  }

  private onCharged(event: Extract<TherapyEvent, { type: 'charged' }>, now: Microseconds): TherapyEffect[] {
    if (this.current !== 'charging' && this.current !== 'ready') return this.go('charged', now);
    // A box that charged to something else than what is selected is not trusted with it.
    if (event.energyJ !== this.selectedJ) {
      return this.go('aborted', now, `charged for ${event.energyJ} J, selected ${this.selectedJ} J`);
    }
    const again = this.current === 'ready';
    this.armId = event.armId;
    const effects = this.go('charged', now);
    this.armId = event.armId;
    this.setDeadline(now, Math.min(event.expiryMs || Infinity, this.profile.autoDisarmMs));
    return again
      ? effects
      : [...effects, tell({ type: 'charged', energyJ: event.energyJ, armId: event.armId })];
  }

  private onDelivered(report: ShockReport, now: Microseconds): TherapyEffect[] {
    this.gate.reset(); // what the shock has made of the rhythm must be marked anew
    const effects: TherapyEffect[] = [
      ...this.go('rWave', now), // where the box's word of its R is still on the way
      tell({ type: 'shock', ...report }),
      ...this.go('delivered', now),
    ];
    if (report.synchronized && this.profile.syncOffAfterShock && this.syncWanted) {
      effects.push(...this.switchSync(false));
    }
    return effects;
  }

  private onDumped(why: string, leftJ: Joules, now: Microseconds): TherapyEffect[] {
    const effects = this.go('dumped', now, why);
    // What is left after a shock is dumped too: that is no news for anybody.
    if (effects.length === 0 || why === 'delivered') return effects;
    // The box says 'host' where we told it to: we know why.
    return [...effects, tell({ type: 'disarmed', why: why === 'host' ? this.disarmWhy : why, leftJ })];
  }

  private onAborted(type: 'withdrawn' | 'aborted', why: string, now: Microseconds): TherapyEffect[] {
    const effects = this.go(type, now, why);
    return effects.length > 0 ? [tell({ type: 'aborted', why }), ...effects] : effects;
  }

  private go(name: TherapyEventName, now: Microseconds, why: string = name): TherapyEffect[] {
    const was = this.current;
    const next = nextState<TherapyState>(THERAPY, was, name);
    if (next === undefined) return [];
    this.current = next;
    const effects: TherapyEffect[] = [];
    if (name === 'release') effects.push({ type: 'cancelFire', armId: this.firedArmId });
    if (next === 'disarming' && was !== next) this.disarmWhy = why;
    effects.push(...this.enter(next, was, name, now));
    if (next !== was) effects.push(tell({ type: 'state', therapy: next, was, by: why }));
    return effects;
  }

  private enter(
    state: TherapyState,
    was: TherapyState,
    name: TherapyEventName,
    now: Microseconds,
  ): TherapyEffect[] {
    switch (state) {
      case 'standby':
        this.forgetCharge();
        return name === 'disarm' ? [{ type: 'disarm' }] : [];
      case 'charging':
        this.armId = 0;
        this.setDeadline(now, this.profile.chargeTimeoutMs);
        return [{ type: 'charge', energyJ: this.selectedJ }];
      case 'ready':
        // After a withdrawn shock the box must hand out a new arm id; a new charge sets its own end.
        this.setDeadline(now, NEW_ARM_LIMIT_MS);
        return [];
      case 'awaitingR':
        this.setDeadline(now, this.profile.waitRMs + WAIT_R_MARGIN_MS);
        return [this.fire(true)];
      case 'delivering':
        this.setDeadline(now, DELIVERY_LIMIT_MS);
        return was === 'ready' ? [this.fire(false)] : [];
      case 'disarming':
        this.forgetCharge();
        return name === 'delivered' ? [] : [{ type: 'disarm' }];
    }
  }

  private fire(sync: boolean): TherapyEffect {
    const { armId, selectedJ } = this;
    this.firedArmId = armId;
    this.armId = 0;
    return { type: 'fire', armId, energyJ: selectedJ, sync, waitRMs: sync ? this.profile.waitRMs : 0 };
  }

  private forgetCharge(): void {
    this.armId = 0;
    this.deadline = undefined;
  }

  private setDeadline(now: Microseconds, afterMs: number): void {
    this.deadline = now + afterMs * US_PER_MS;
  }
}

function tell(event: Told): TherapyEffect {
  return { type: 'tell', event };
}
