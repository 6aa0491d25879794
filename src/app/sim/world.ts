/**
 * Tells one story on a stage and has the rules checked at every step.
 */
import { SafetyError } from '../../core/errors.ts';
import { Rng } from '../../core/rng.ts';
import type { OperatorAction, SessionEvent } from '../../core/session-events.ts';
import type { Microseconds } from '../../core/units.ts';
import { parseFaults } from '../../link/fault-spec.ts';
import type { Message } from '../../protocol/messages.ts';
import { EventStage } from './event-stage.ts';
import { Rules } from './rules.ts';
import { SignalStage } from './signal-stage.ts';
import type { Level, Play, Stage } from './stage.ts';
import type { Deed, Story } from './story.ts';

export interface Outcome {
  tally: Rules['tally'];
  minutes: number;
  /** Undefined: no rule was broken. */
  broken: string | undefined;
}

/** For who wants to see more of it. */
export interface Watch {
  onEvent?: (event: SessionEvent, now: Microseconds) => void;
  /** Level event: nothing is left out. */
  everyHeartbeat?: boolean;
}

const MS = 1000;

class World implements Play {
  private readonly story: Story;
  private readonly stage: Stage;
  private readonly rules: Rules;
  private isBad = false;
  private nextStep = 0;

  private readonly watch: Watch;

  constructor(story: Story, level: Level, watch: Watch) {
    this.story = story;
    this.watch = watch;
    const { everyHeartbeat = false } = watch;
    const options = { rng: new Rng(story.seed), play: this, everyHeartbeat };
    this.stage = level === 'event' ? new EventStage(options) : new SignalStage(level, options);
    this.rules = new Rules(this.stage.session, this.stage.bench);
  }

  run(): Outcome {
    const { stage, rules, story } = this;
    let broken: string | undefined;
    try {
      stage.run(story.endMs * MS);
      this.heal();
    } catch (error) {
      if (!(error instanceof SafetyError)) throw error;
      broken = error.message;
    }
    return { tally: rules.tally, minutes: stage.now / 60e6, broken };
  }

  act(now: Microseconds): Microseconds {
    const { steps } = this.story;
    while (this.nextStep < steps.length && steps[this.nextStep].atMs * MS <= now) {
      this.perform(steps[this.nextStep++], now);
    }
    return this.nextStep < steps.length ? steps[this.nextStep].atMs * MS : Infinity;
  }

  step(now: Microseconds): void {
    if (this.isBad || !this.stage.linked) this.rules.disturbed(now);
    this.rules.check(now);
  }

  onEvent(event: SessionEvent): void {
    this.rules.hear(event, this.stage.now);
    this.watch.onEvent?.(event, this.stage.now);
  }

  onQuiet(at: Microseconds): void {
    this.rules.heardAt(at);
  }

  onMessage(message: Message, now: Microseconds): void {
    this.rules.messageToBox(message, now);
  }

  private perform(deed: Deed, now: Microseconds): void {
    const { stage } = this;
    switch (deed.do) {
      case 'press':
        return this.press(deed.action, now);
      case 'pads':
        return stage.bench.setPads(deed.on);
      case 'lead':
        return stage.bench.setLead('pads', deed.on);
      case 'fault':
        return stage.bench.setFault(deed.fault, deed.on);
      case 'rhythm':
        return stage.setRhythm(deed.rhythm);
      case 'cable':
        return this.setCable(deed.spec);
      case 'unplug':
        return stage.unplug();
      case 'plug':
        if (!stage.linked) stage.plug();
    }
  }

  private press(action: OperatorAction, now: Microseconds): void {
    this.rules.pressed(action, now, () => this.stage.session.operate(action, now));
  }

  private setCable(spec: string): void {
    this.stage.setCable(parseFaults(spec));
    this.isBad = spec !== '';
    this.rules.disturbed(this.stage.now);
  }

  /** Everything is put right: then every shock has been told, and a patient can be treated as ever. */
  private heal(): void {
    const { stage, rules } = this;
    const { session, bench } = stage;
    this.setCable('');
    if (!stage.linked) stage.plug();
    bench.setPads(true);
    for (const fault of bench.faults) bench.setFault(fault, false);
    const wait = (seconds: number): void => stage.run(stage.now + seconds * 1e6);
    wait(12);
    this.press({ type: 'mode', mode: 'manual' }, stage.now);
    this.press({ type: 'disarm' }, stage.now);
    wait(6);
    // Refused while the energy is being dumped, hence not before.
    this.press({ type: 'sync', on: false }, stage.now);
    wait(1);
    if (session.panel.therapy !== 'standby') this.stuck(`host in ${session.panel.therapy}`);
    this.press({ type: 'charge' }, stage.now);
    wait(10);
    const before = bench.shocks;
    this.press({ type: 'shock' }, stage.now);
    wait(2);
    if (bench.shocks !== before + 1)
      this.stuck(`no shock; host ${session.panel.therapy}, box ${bench.state}`);
    rules.checkEnd(stage.now);
  }

  private stuck(what: string): never {
    throw new SafetyError(`alive: after everything was put right: ${what}`);
  }
}

export function tell(story: Story, level: Level, watch: Watch = {}): Outcome {
  return new World(story, level, watch).run();
}
