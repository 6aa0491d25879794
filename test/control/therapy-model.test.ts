/**
 * The therapy machine against a model of it that a page holds: fast-check makes sequences of anything that can happen and
 * shrinks a counterexample. The model knows what energy may be where, and nothing of how the machine keeps its books.
 */
import fc from 'fast-check';
import { describe, test } from 'vitest';
import { HOST_PROFILES } from '../../src/control/host-profile.ts';
import { TherapyMachine } from '../../src/control/therapy.ts';
import type { TherapyEffect, TherapyEvent } from '../../src/control/therapy.ts';

const [ALS] = HOST_PROFILES;
const ENERGIES = [50, 200, 360, 199];

/** Truths about the machine's output, whatever the input was. */
class Model {
  private readonly fired = new Set<number>();
  private announced = 0;
  private announcedJ = 0;
  private mayHoldEnergy = false;
  now = 0;

  check(
    machine: TherapyMachine,
    event: TherapyEvent,
    effects: readonly TherapyEffect[],
    before: Before,
  ): void {
    for (const effect of effects) {
      if (effect.type === 'charge') this.onCharge(effect.energyJ, machine);
      if (effect.type === 'fire') this.onFire(effect, event, machine, before);
      if (effect.type === 'disarm') this.mayHoldEnergy = false;
    }
    if (event.type === 'charged' && machine.state === 'ready') {
      this.announced = event.armId;
      this.announcedJ = event.energyJ;
    }
    this.onSafeEvent(event, machine, effects);
    this.onRefusal(effects, machine, before);
    must(machine.state !== 'ready' || machine.nextDeadline !== undefined, 'ready without an end');
    must(machine.state !== 'awaitingR' || machine.nextDeadline !== undefined, 'a wait without an end');
  }

  private onCharge(energyJ: number, machine: TherapyMachine): void {
    must(energyJ === machine.energyJ, 'charges to something else than selected');
    this.mayHoldEnergy = true;
    this.announced = 0;
  }

  private onFire(
    fire: Extract<TherapyEffect, { type: 'fire' }>,
    event: TherapyEvent,
    machine: TherapyMachine,
    before: Before,
  ): void {
    must(event.type === 'shock', `FIRE without a press of SHOCK, on ${event.type}`);
    must(before.state === 'ready', 'FIRE not from ready');
    must(!this.fired.has(fire.armId), 'FIRE twice with one arm id');
    must(fire.armId === this.announced && fire.armId !== 0, 'FIRE with an arm id that is not the newest');
    must(fire.energyJ === this.announcedJ, 'FIRE with another energy than the box has');
    must(fire.sync === machine.syncOn, 'FIRE that is not as SYNC says');
    must(!fire.sync || fire.waitRMs > 0, 'a synchronized FIRE that does not wait');
    must(before.link === 'good' && !before.faults, 'FIRE over a bad link or with a fault');
    this.fired.add(fire.armId);
  }

  private onSafeEvent(event: TherapyEvent, machine: TherapyMachine, effects: readonly TherapyEffect[]): void {
    const safe =
      event.type === 'disarm' ||
      event.type === 'linkLost' ||
      event.type === 'fault' ||
      event.type === 'powerDown' ||
      event.type === 'modeChanged' ||
      (event.type === 'pads' && event.off);
    if (!safe || !this.mayHoldEnergy) return;
    const gone = machine.state === 'disarming' || machine.state === 'standby';
    must(gone, `${machine.state} after ${event.type}`);
    must(
      machine.state === 'standby' || effects.some((e) => e.type === 'disarm') || event.type !== 'disarm',
      'DISARM that does not disarm',
    );
  }

  private onRefusal(effects: readonly TherapyEffect[], machine: TherapyMachine, before: Before): void {
    const refused = effects.find((e) => e.type === 'tell' && e.event.type === 'refused');
    if (refused === undefined) return;
    must(effects.length === 1, 'a refusal that does something');
    const same = machine.state === before.state && machine.energyJ === before.energyJ;
    must(same && machine.syncOn === before.syncOn, 'a refusal that changes something');
  }
}

interface Before {
  state: string;
  energyJ: number;
  syncOn: boolean;
  link: string;
  faults: boolean;
}

function must(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

interface Real {
  machine: TherapyMachine;
}

class Happens implements fc.Command<Model, Real> {
  private readonly event: TherapyEvent;
  private readonly afterUs: number;
  constructor(event: TherapyEvent, afterUs: number) {
    this.event = event;
    this.afterUs = afterUs;
  }
  check(): boolean {
    return true;
  }
  run(model: Model, { machine }: Real): void {
    model.now += this.afterUs;
    model.check(machine, { type: 'rWave' }, machine.poll(model.now), snapshot(machine));
    const before = snapshot(machine);
    model.check(machine, this.event, machine.handle(this.event, model.now), before);
  }
  toString(): string {
    return `+${this.afterUs} us ${JSON.stringify(this.event)}`;
  }
}

class Circumstance implements fc.Command<Model, Real> {
  private readonly set: (machine: TherapyMachine, now: number) => void;
  private readonly name: string;
  constructor(name: string, set: (machine: TherapyMachine, now: number) => void) {
    this.name = name;
    this.set = set;
  }
  check(): boolean {
    return true;
  }
  run(model: Model, { machine }: Real): void {
    this.set(machine, model.now);
  }
  toString(): string {
    return this.name;
  }
}

function snapshot(machine: TherapyMachine): Before {
  const { link, faults } = machine.conditions;
  return { state: machine.state, energyJ: machine.energyJ, syncOn: machine.syncOn, link, faults };
}

const REPORT = {
  synchronized: false,
  selectedJ: 200,
  storedJ: 240,
  deliveredJ: 200,
  peakV: 1500,
  peakA: 20,
  impedanceOhm: 75,
  firstPhaseMs: 6,
  secondPhaseMs: 4,
  tiltPct: 60,
  rToShockMs: NaN,
};
const why = fc.constantFrom('timeout', 'host', 'noRWave', 'delivered');
const armId = fc.integer({ min: 1, max: 6 });
const event: fc.Arbitrary<TherapyEvent> = fc.oneof(
  fc.record({
    type: fc.constantFrom('charge', 'shock', 'release', 'disarm', 'rWave'),
  }) as fc.Arbitrary<TherapyEvent>,
  fc.record({ type: fc.constant('energy' as const), energyJ: fc.constantFrom(...ENERGIES) }),
  fc.record({ type: fc.constantFrom('sync' as const, 'syncConfirmed' as const), on: fc.boolean() }),
  fc.record({
    type: fc.constant('charged' as const),
    armId,
    energyJ: fc.constantFrom(...ENERGIES),
    expiryMs: fc.constantFrom(0, 1000, 60_000),
  }),
  armId.map((id) => ({ type: 'delivered' as const, report: { ...REPORT, armId: id } })),
  fc.record({ type: fc.constantFrom('withdrawn' as const, 'aborted' as const), why }),
  fc.record({ type: fc.constant('dumped' as const), why, leftJ: fc.constant(0) }),
  fc.record({ type: fc.constantFrom('linkLost' as const, 'fault' as const, 'powerDown' as const), why }),
  fc.record({ type: fc.constant('modeChanged' as const), why, syncOff: fc.boolean() }),
  fc.record({ type: fc.constant('pads' as const), off: fc.boolean() }),
);
/** As it goes when all is well: random alone would seldom get as far as a shock. */
const usual: fc.Arbitrary<TherapyEvent> = fc.constantFrom<TherapyEvent[]>(
  { type: 'charge' },
  { type: 'charged', armId: 7, energyJ: 200, expiryMs: 60_000 },
  { type: 'charged', armId: 8, energyJ: 200, expiryMs: 60_000 },
  { type: 'syncConfirmed', on: true },
  { type: 'shock' },
);
const gap = fc.constantFrom(0, 1000, 100_000, 2_000_000, 61_000_000);
const commands = [
  fc.tuple(event, gap).map(([e, us]) => new Happens(e, us)),
  fc.tuple(usual, fc.constantFrom(0, 100_000)).map(([e, us]) => new Happens(e, us)),
  fc.constantFrom(
    new Circumstance('link good', (m) => (m.conditions.link = 'good')),
    new Circumstance('link stale', (m) => (m.conditions.link = 'stale')),
    new Circumstance('three markers', (m, now) => {
      for (let k = 0; k < 3; k++) m.gate.marker(now, true);
    }),
    new Circumstance('fault', (m) => (m.conditions.faults = true)),
    new Circumstance('no fault', (m) => (m.conditions.faults = false)),
  ),
];

describe('the therapy machine does what the model allows', () => {
  test.each([
    ['whose energy change dumps', ALS],
    ['whose energy change recharges', { ...ALS, energyChange: 'recharge' as const }],
    ['that leaves SYNC after a shock', { ...ALS, syncOffAfterShock: true }],
  ])('on a model %s', (_, profile) => {
    fc.assert(
      fc.property(fc.commands(commands, { maxCommands: 60 }), (list) => {
        const machine = new TherapyMachine(profile);
        machine.conditions.link = 'good';
        fc.modelRun(() => ({ model: new Model(), real: { machine } }), list);
      }),
      { numRuns: 400, seed: 20 },
    );
  });
});
