/**
 * Both ends as one system against a model of a few lines: fast-check makes sequences of keys, waits and mishaps and shrinks a
 * counterexample. The model knows what was pressed and accepted; the rules of the breaker watch at every step.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventStage } from '../../src/app/sim/event-stage.ts';
import { Rules } from '../../src/app/sim/rules.ts';
import type { Play } from '../../src/app/sim/stage.ts';
import { Rng } from '../../src/core/rng.ts';
import type { OperatorAction, SessionEvent } from '../../src/core/session-events.ts';
import { parseFaults } from '../../src/link/fault-spec.ts';
import type { Message } from '../../src/protocol/messages.ts';

/** What a person at the panel may expect. */
interface Model {
  energyJ: number;
  /** Presses of SHOCK that were accepted. */
  presses: number;
  padsOn: boolean;
}

/** The real thing, with its rules. */
class Bed implements Play {
  readonly stage: EventStage;
  readonly rules: Rules;
  refused = 0;
  presses = 0;
  private bad = false;

  constructor() {
    this.stage = new EventStage({ rng: new Rng('commands'), play: this });
    this.rules = new Rules(this.stage.session, this.stage.bench);
    this.wait(2000);
  }

  wait(ms: number): void {
    this.stage.run(this.stage.now + ms * 1000);
  }

  /** True when the key did something. */
  press(action: OperatorAction): boolean {
    const before = this.refused;
    const { now, session } = this.stage;
    this.rules.pressed(action, now, () => session.operate(action, now));
    return this.refused === before;
  }

  cable(spec: string): void {
    this.bad = spec !== '';
    this.stage.setCable(parseFaults(spec));
    this.rules.disturbed(this.stage.now);
  }

  act = (): number => Infinity;
  onQuiet = (at: number): void => this.rules.heardAt(at);
  onMessage = (message: Message, now: number): void => this.rules.messageToBox(message, now);

  step(now: number): void {
    if (this.bad) this.rules.disturbed(now);
    this.rules.check(now);
  }

  onEvent(event: SessionEvent): void {
    if (event.type === 'refused' && event.by === 'host') this.refused++;
    this.rules.hear(event, this.stage.now);
  }
}

type Command = fc.Command<Model, Bed>;

/** A command that is always possible; `after` states what the model expects. */
function command(text: string, run: (model: Model, bed: Bed) => void): Command {
  return {
    check: () => true,
    toString: () => text,
    run: (model, bed) => {
      run(model, bed);
      const { session, bench } = bed.stage;
      expect(session.panel.energyJ).toBe(model.energyJ);
      expect(bench.shocks).toBeLessThanOrEqual(model.presses);
      if (!model.padsOn) expect(bench.state).not.toMatch(/^(charging|ready|awaitingR)$/);
    },
  };
}

const press = (action: OperatorAction): Command =>
  command(`press ${JSON.stringify(action)}`, (model, bed) => {
    if (!bed.press(action)) return;
    if (action.type === 'selectEnergy') model.energyJ = action.energyJ;
    if (action.type === 'shock') model.presses++;
  });

/** What people do to treat somebody, all in a row; the rest of the commands come in between. */
const treat = command('charge, wait 5 s, shock, wait 2 s', (model, bed) => {
  bed.press({ type: 'charge' });
  bed.wait(5000);
  if (bed.press({ type: 'shock' })) model.presses++;
  bed.wait(2000);
});

const COMMANDS = [
  fc.constant(treat),
  fc.constant(treat),
  fc
    .constantFrom(
      ...([{ type: 'charge' }, { type: 'shock' }, { type: 'disarm' }, { type: 'release' }] as const),
    )
    .map(press),
  fc.constantFrom(1, 50, 200, 360).map((energyJ) => press({ type: 'selectEnergy', energyJ })),
  fc.boolean().map((on) => press({ type: 'sync', on })),
  fc
    .constantFrom(10, 300, 1100, 2500, 5000, 61_000)
    .map((ms) => command(`wait ${ms} ms`, (_, bed) => bed.wait(ms))),
  fc
    .constantFrom(
      '',
      '',
      'drop=1/2',
      'drop=1/1',
      'delay=20ms,jitter=40ms',
      'stall=1/30:300ms',
      'dup=1/3,reorder=1/5',
    )
    .map((spec) => command(`cable ${spec || 'good'}`, (_, bed) => bed.cable(spec))),
  fc.boolean().map((on) =>
    command(`pads ${on ? 'on' : 'off'}`, (model, bed) => {
      model.padsOn = on;
      bed.stage.bench.setPads(on);
    }),
  ),
  fc
    .constantFrom('sinus', 'vf', 'asystole', 'af')
    .map((name) => command(`rhythm ${name}`, (_, bed) => bed.stage.setRhythm(name))),
] as const;

test('any sequence of keys, waits and mishaps: no rule is broken, no shock without an accepted press, no energy without pads', () => {
  let shocks = 0;
  fc.assert(
    fc.property(fc.commands([...COMMANDS], { maxCommands: 30, size: 'max' }), (commands) => {
      const bed = new Bed();
      fc.modelRun(() => ({ model: { energyJ: 200, presses: 0, padsOn: true }, real: bed }), commands);
      shocks += bed.stage.bench.shocks;
    }),
    { numRuns: 250, seed: 2026 },
  );
  expect(shocks).toBeGreaterThan(100);
});
