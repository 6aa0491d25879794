/**
 * The AED machine: takes the analysis' decisions, tells the therapy machine when to charge and when to dump.
 *
 *   one decision `shock`                    charge in silence (it takes seconds that the patient does not have)
 *   `SHOCKS_IN_A_ROW` decisions `shock`     the advice stands
 *   `CLEARS_IN_A_ROW` decisions `noShock`   no shock: dump, or withdraw the advice
 *
 * An inconclusive decision breaks a row of shocks before the advice; it neither gives nor takes an advice that
 * stands. Decisions about samples from before the (re)start are not heard.
 */
import type { Verdict } from '../core/advice.ts';
import type { DelayReason } from '../core/session-events.ts';
import type { Joules, Microseconds } from '../core/units.ts';
import { AED } from './aed-table.ts';
import type { AedEventName, AedState } from './aed-table.ts';
import { DELAY_PROMPTS, UNCLEAR_IN_A_ROW } from './delay.ts';
import type { PromptName } from './prompts/index.ts';
import { nextState } from './table.ts';

export type AedEffect =
  | { type: 'charge'; energyJ: Joules }
  | { type: 'disarm'; why: string }
  /** What was analysed so far does not count: the next decision looks at new samples only. */
  | { type: 'restartAnalysis' }
  /** The analysis waits for something, or ('none') does not any more. */
  | { type: 'delay'; why: DelayReason | 'none' }
  | { type: 'prompt'; name: PromptName };

export interface AedOptions {
  energiesJ: readonly Joules[];
  cprMs: number;
  /** So long before the compressions end the next analysis is announced; undefined: it is not. */
  warnMs?: number | undefined;
}

const SHOCKS_IN_A_ROW = 2;
const CLEARS_IN_A_ROW = 2;

const ADVISED: readonly AedState[] = ['advisedCharging', 'shockReady'];
const HOLDS_CHARGE: readonly AedState[] = ['precharging', 'precharged', 'advisedCharging', 'shockReady'];

export class AedMachine {
  options: AedOptions;
  private current: AedState = 'off';
  private shocks = 0;
  private clears = 0;
  /** Inconclusive in a row, and of these for the same reason. */
  private unclear = 0;
  private sameWhy = 0;
  private unclearWhy: DelayReason = 'undecided';
  private toldDelay: DelayReason | 'none' = 'none';
  private delivered = 0;
  private cprUntil: Microseconds | undefined;
  private warnAt: Microseconds | undefined;
  private lastPrompt: PromptName | undefined;

  constructor(options: AedOptions) {
    this.options = options;
  }

  get state(): AedState {
    return this.current;
  }
  /** SHOCK may be pressed. */
  get advises(): boolean {
    return this.current === 'shockReady';
  }
  /** Energy of the next shock: the plan, its last step for ever. */
  get energyJ(): Joules {
    const { energiesJ } = this.options;
    return energiesJ[Math.min(this.delivered, energiesJ.length - 1)];
  }
  get nextDeadline(): Microseconds | undefined {
    return this.warnAt ?? this.cprUntil;
  }

  handle(name: AedEventName, now: Microseconds): AedEffect[] {
    const was = this.current;
    const next = nextState<AedState>(AED, was, name);
    if (next === undefined) return [];
    this.current = next;
    if (name === 'delivered') this.delivered++;
    return this.enter(next, was, name, now);
  }

  /** What the analysis waits for. */
  get delay(): DelayReason | 'none' {
    return this.toldDelay;
  }

  /** A decision of the analysis; `why` tells what made it inconclusive. */
  decide(verdict: Verdict, now: Microseconds, why: DelayReason = 'undecided'): AedEffect[] {
    if (this.current === 'off' || this.current === 'padsOff' || this.current === 'cpr') return [];
    this.shocks = verdict === 'shock' ? this.shocks + 1 : 0;
    this.clears = verdict === 'noShock' ? this.clears + 1 : 0;
    if (verdict === 'inconclusive') return this.wait(why);
    return [...this.endDelay(), ...this.conclude(now)];
  }

  poll(now: Microseconds): AedEffect[] {
    if (now >= (this.warnAt ?? Infinity)) {
      this.warnAt = undefined;
      return [...this.say('analysisSoon'), ...this.poll(now)];
    }
    if (now < (this.cprUntil ?? Infinity)) return [];
    return this.handle('elapsed', now);
  }

  private conclude(now: Microseconds): AedEffect[] {
    if (this.shocks >= SHOCKS_IN_A_ROW) return this.handle('advised', now);
    if (this.shocks > 0) return this.handle('suspect', now);
    if (this.clears >= CLEARS_IN_A_ROW) return [...this.handle('cleared', now), ...this.say('noShock')];
    return [];
  }

  /** Told whatever the state; said aloud only while no advice stands: that is not talked over. */
  private wait(why: DelayReason): AedEffect[] {
    this.unclear++;
    this.sameWhy = why === this.unclearWhy ? this.sameWhy + 1 : 1;
    this.unclearWhy = why;
    if (this.sameWhy < UNCLEAR_IN_A_ROW[why] && this.unclear < UNCLEAR_IN_A_ROW.undecided) return [];
    const told = this.tellDelay(why);
    return ADVISED.includes(this.current) ? told : [...told, ...this.say(DELAY_PROMPTS[why])];
  }

  private tellDelay(why: DelayReason | 'none'): AedEffect[] {
    if (why === this.toldDelay) return [];
    this.toldDelay = why;
    return [{ type: 'delay', why }];
  }

  private enter(state: AedState, was: AedState, name: AedEventName, now: Microseconds): AedEffect[] {
    this.cprUntil = this.warnAt = undefined;
    switch (state) {
      case 'off':
        return [...this.dropCharge(was, 'AED mode left'), ...this.endDelay(), ...this.say('manual')];
      case 'padsOff':
        return [...this.dropCharge(was, 'pads off'), ...this.endDelay(), ...this.say('padsOff')];
      case 'analysing':
        return this.enterAnalysing(was, name);
      case 'precharging':
        return [{ type: 'charge', energyJ: this.energyJ }];
      case 'precharged':
        return [];
      case 'advisedCharging': {
        const prompt = this.say('advisedCharging');
        return was === 'analysing' ? [{ type: 'charge', energyJ: this.energyJ }, ...prompt] : prompt;
      }
      case 'shockReady':
        return this.say('shockReady');
      case 'cpr':
        return this.enterCpr(now);
    }
  }

  private enterCpr(now: Microseconds): AedEffect[] {
    const { cprMs, warnMs = 0 } = this.options;
    this.cprUntil = now + cprMs * 1000;
    if (warnMs > 0 && warnMs < cprMs) this.warnAt = this.cprUntil - warnMs * 1000;
    return [...this.endDelay(), ...this.say('delivered')];
  }

  private endDelay(): AedEffect[] {
    this.unclear = this.sameWhy = 0;
    return this.tellDelay('none');
  }

  private enterAnalysing(was: AedState, name: AedEventName): AedEffect[] {
    this.shocks = 0;
    if (name === 'cleared') {
      const told = was === 'shockReady' || was === 'advisedCharging' ? this.say('withdrawn') : [];
      return [{ type: 'disarm', why: 'no shock advised' }, ...told];
    }
    this.clears = 0;
    const prompt = this.say(name === 'discharged' ? 'discharged' : 'analysing');
    return name === 'discharged' ? prompt : [{ type: 'restartAnalysis' }, ...prompt];
  }

  private dropCharge(was: AedState, why: string): AedEffect[] {
    return HOLDS_CHARGE.includes(was) ? [{ type: 'disarm', why }] : [];
  }

  /** The same sentence is not said twice in a row. */
  private say(name: PromptName): AedEffect[] {
    if (name === this.lastPrompt) return [];
    this.lastPrompt = name;
    return [{ type: 'prompt', name }];
  }
}
