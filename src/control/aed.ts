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
import type { RhythmName, Verdict } from '../core/advice.ts';
import type { Joules, Microseconds } from '../core/units.ts';
import { AED } from './aed-table.ts';
import type { AedEventName, AedState } from './aed-table.ts';
import type { PromptName } from './prompts/index.ts';
import { nextState } from './table.ts';

export type AedEffect =
  | { type: 'charge'; energyJ: Joules }
  | { type: 'disarm'; why: string }
  /** What was analysed so far does not count: the next decision looks at new samples only. */
  | { type: 'restartAnalysis' }
  | { type: 'prompt'; name: PromptName };

export interface AedOptions {
  energiesJ: readonly Joules[];
  cprMs: number;
}

const SHOCKS_IN_A_ROW = 2;
const CLEARS_IN_A_ROW = 2;
/** Then the operator is asked to do something about it. The first decisions after a start have too few windows. */
const UNCLEAR_IN_A_ROW = 4;

const HOLDS_CHARGE: readonly AedState[] = ['precharging', 'precharged', 'advisedCharging', 'shockReady'];

export class AedMachine {
  options: AedOptions;
  private current: AedState = 'off';
  private shocks = 0;
  private clears = 0;
  private unclear = 0;
  private delivered = 0;
  private cprUntil: Microseconds | undefined;
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
    return this.cprUntil;
  }

  handle(name: AedEventName, now: Microseconds): AedEffect[] {
    const was = this.current;
    const next = nextState<AedState>(AED, was, name);
    if (next === undefined) return [];
    this.current = next;
    if (name === 'delivered') this.delivered++;
    return this.enter(next, was, name, now);
  }

  /** A decision of the analysis about samples from..to; `rhythm` tells why it is inconclusive. */
  decide(verdict: Verdict, now: Microseconds, rhythm: RhythmName = 'unknown'): AedEffect[] {
    if (this.current === 'off' || this.current === 'padsOff' || this.current === 'cpr') return [];
    this.shocks = verdict === 'shock' ? this.shocks + 1 : 0;
    this.clears = verdict === 'noShock' ? this.clears + 1 : 0;
    this.unclear = verdict === 'inconclusive' ? this.unclear + 1 : 0;
    if (this.shocks >= SHOCKS_IN_A_ROW) return this.handle('advised', now);
    if (this.shocks > 0) return this.handle('suspect', now);
    if (this.clears >= CLEARS_IN_A_ROW) return [...this.handle('cleared', now), ...this.sayNoShock()];
    if (this.unclear < UNCLEAR_IN_A_ROW || this.current !== 'analysing') return [];
    return this.say(rhythm === 'compressions' ? 'compressions' : 'inconclusive');
  }

  poll(now: Microseconds): AedEffect[] {
    if (this.cprUntil === undefined || now < this.cprUntil) return [];
    return this.handle('elapsed', now);
  }

  private enter(state: AedState, was: AedState, name: AedEventName, now: Microseconds): AedEffect[] {
    this.cprUntil = undefined;
    switch (state) {
      case 'off':
        return [...this.dropCharge(was, 'AED mode left'), ...this.say('manual')];
      case 'padsOff':
        return [...this.dropCharge(was, 'pads off'), ...this.say('padsOff')];
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
        this.cprUntil = now + this.options.cprMs * 1000;
        return this.say('delivered');
    }
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

  private sayNoShock(): AedEffect[] {
    return this.current === 'analysing' ? this.say('noShock') : [];
  }

  /** The same sentence is not said twice in a row. */
  private say(name: PromptName): AedEffect[] {
    if (name === this.lastPrompt) return [];
    this.lastPrompt = name;
    return [{ type: 'prompt', name }];
  }
}
