/**
 * Tells one story to both ends of a bad cable on the simulated clock and has the rules checked at every step.
 */
import { Box } from '../../../firmware-sim/box.ts';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { SimPatient } from '../../../signals/patient/sim-patient.ts';
import { SafetyError } from '../../core/errors.ts';
import { Rng } from '../../core/rng.ts';
import type { OperatorAction } from '../../core/session-events.ts';
import type { Microseconds } from '../../core/units.ts';
import type { FaultSpec } from '../../link/fault-spec.ts';
import { parseFaults } from '../../link/fault-spec.ts';
import { faulty } from '../../link/faulty.ts';
import type { MemoryPair } from '../../link/memory.ts';
import { memoryPair } from '../../link/memory.ts';
import { Session } from '../../session/session.ts';
import type { Actor } from '../treat-rig.ts';
import { Rig } from '../treat-rig.ts';
import { Rules } from './rules.ts';
import type { Deed, Story } from './story.ts';

/** With ECG samples through the whole pipeline, or the machines and the wire alone. */
export type Level = 'signal' | 'event';

export interface Outcome {
  tally: Rules['tally'];
  minutes: number;
  /** Undefined: no rule was broken. */
  broken: string | undefined;
}

/** Rate of the patient: what the machines do does not depend on it. */
const FS = { signal: 250, event: 100 } as const;
const MS = 1000;

class World implements Actor {
  readonly rig: Rig;
  readonly rules: Rules;
  private readonly story: Story;
  private readonly patient: SimPatient;
  private readonly rng: Rng;
  /** Read by the cable for every packet: changed while it runs. */
  private readonly spec: FaultSpec = {};
  private plugs = 0;
  private nextStep = 0;
  private healed = false;

  constructor(story: Story, level: Level) {
    this.story = story;
    this.rng = new Rng(story.seed);
    const { rng } = this;
    this.patient = new SimPatient({ fs: FS[level], rhythm: 'sinus', rng: rng.fork('patient') });
    const box = new Box({ profile: profileByName('als'), patient: this.patient, rng: rng.fork('box') });
    const session = new Session({ rng: rng.fork('session'), cprMs: 10_000, analyse: level === 'signal' });
    this.rules = new Rules(session, box.bench);
    this.rig = new Rig(box, session, () => this.cable());
    const { clock } = this.rig;
    session.onEvent = (event) => this.rules.hear(event, clock.now);
    this.rig.onBoxBytes = (bytes) => this.rules.bytesToBox(bytes, clock.now);
    this.rig.actors.push(this);
  }

  run(): Outcome {
    const { rig, rules, story } = this;
    const check = (): boolean => {
      rules.check(rig.clock.now);
      return false;
    };
    let broken: string | undefined;
    try {
      rig.session.opened(0);
      rig.run(story.endMs * MS, check);
      this.heal(check);
    } catch (error) {
      if (!(error instanceof SafetyError)) throw error;
      broken = error.message;
    }
    return { tally: rules.tally, minutes: rig.clock.now / 60e6, broken };
  }

  poll(now: Microseconds): Microseconds | undefined {
    const { steps } = this.story;
    if (this.spec.drop !== undefined || Object.keys(this.spec).length > 0 || !this.rig.linked) {
      this.rules.disturbed(now);
    }
    while (this.nextStep < steps.length && steps[this.nextStep].atMs * MS <= now) {
      this.perform(steps[this.nextStep++], now);
    }
    return this.nextStep < steps.length ? steps[this.nextStep].atMs * MS : undefined;
  }

  private perform(deed: Deed, now: Microseconds): void {
    const { bench } = this.rig.box;
    switch (deed.do) {
      case 'press':
        return this.press(deed.action, now);
      case 'pads':
        return bench.setPads(deed.on);
      case 'lead':
        return bench.setLead('pads', deed.on);
      case 'fault':
        return bench.setFault(deed.fault, deed.on);
      case 'rhythm':
        return this.patient.setRhythm(deed.rhythm);
      case 'cable':
        return this.setCable(deed.spec);
      case 'unplug':
        return this.rig.unplug();
      case 'plug':
        if (!this.rig.linked) this.rig.replug(this.cable());
    }
  }

  private press(action: OperatorAction, now: Microseconds): void {
    this.rules.pressed(action, now, () => this.rig.session.operate(action, now));
  }

  private setCable(spec: string): void {
    for (const key of Object.keys(this.spec)) Reflect.deleteProperty(this.spec, key);
    Object.assign(this.spec, parseFaults(spec));
  }

  private cable(): MemoryPair {
    const pair = memoryPair();
    const bad = faulty(pair.host, this.rng.fork(`cable ${this.plugs++}`), this.spec);
    return {
      host: bad,
      device: pair.device,
      poll: (now) => {
        pair.poll(now);
        bad.poll(now);
        const next = Math.min(pair.poll(now) ?? Infinity, bad.poll(now) ?? Infinity);
        return next === Infinity ? undefined : next;
      },
    };
  }

  /** Everything is put right: then every shock has been told, and a patient can be treated as ever. */
  private heal(check: () => boolean): void {
    const { rig, rules } = this;
    const { clock, session, box } = rig;
    this.healed = true;
    this.setCable('');
    if (!rig.linked) rig.replug(this.cable());
    box.bench.setPads(true);
    for (const fault of box.bench.faults) box.bench.setFault(fault, false);
    const wait = (seconds: number): void => rig.run(clock.now + seconds * 1e6, check);
    wait(12);
    this.press({ type: 'mode', mode: 'manual' }, clock.now);
    this.press({ type: 'sync', on: false }, clock.now);
    this.press({ type: 'disarm' }, clock.now);
    wait(6);
    if (session.state.therapy !== 'standby') this.stuck(`host in ${session.state.therapy}`);
    this.press({ type: 'charge' }, clock.now);
    wait(10);
    const before = box.bench.shocks;
    this.press({ type: 'shock' }, clock.now);
    wait(2);
    if (box.bench.shocks !== before + 1)
      this.stuck(`no shock; host ${session.state.therapy}, box ${box.bench.state}`);
    rules.checkEnd(clock.now);
  }

  private stuck(what: string): never {
    throw new SafetyError(`alive: after everything was put right: ${what}`);
  }
}

export function tell(story: Story, level: Level): Outcome {
  return new World(story, level).run();
}
