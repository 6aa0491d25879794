/**
 * The stage with samples and bytes: SimPatient, Box, a memory cable with faults, Session. Levels `signal` and `wire`.
 */
import { Box } from '../../../firmware-sim/box.ts';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { SimPatient } from '../../../signals/patient/sim-patient.ts';
import type { Rng } from '../../core/rng.ts';
import type { Microseconds } from '../../core/units.ts';
import type { FaultSpec } from '../../link/fault-spec.ts';
import { faulty } from '../../link/faulty.ts';
import type { FaultyLink } from '../../link/faulty.ts';
import type { MemoryPair } from '../../link/memory.ts';
import { memoryPair } from '../../link/memory.ts';
import { PacketDecoder } from '../../protocol/codec.ts';
import { Session } from '../../session/session.ts';
import { Rig } from '../treat-rig.ts';
import type { Stage, StageOptions } from './stage.ts';
import { CPR_MS } from './stage.ts';

/** Rate of the patient: what the machines do does not depend on it. */
const FS = { signal: 250, wire: 100 } as const;

export class SignalStage implements Stage {
  readonly session: Session;
  private readonly rig: Rig;
  private readonly patient: SimPatient;
  private readonly rng: Rng;
  private faults: FaultSpec = {};
  private bad: FaultyLink | undefined;
  private readonly check: () => boolean;
  private plugs = 0;

  constructor(level: 'signal' | 'wire', { rng, play }: StageOptions) {
    this.rng = rng;
    this.patient = new SimPatient({ fs: FS[level], rhythm: 'sinus', rng: rng.fork('patient') });
    const box = new Box({ profile: profileByName('als'), patient: this.patient, rng: rng.fork('box') });
    this.session = new Session({ rng: rng.fork('session'), cprMs: CPR_MS, analyse: level === 'signal' });
    this.rig = new Rig(box, this.session, () => this.cable());
    const { rig } = this;
    const decoder = new PacketDecoder({ from: 'host' });
    this.session.onEvent = (event) => play.onEvent(event);
    rig.onBoxBytes = (bytes) => decoder.push(bytes, ({ message }) => play.onMessage(message, rig.clock.now));
    rig.actors.push({ poll: (now) => play.act(now) });
    this.check = () => {
      play.step(rig.clock.now);
      return false;
    };
    this.session.opened(0);
  }

  get now(): Microseconds {
    return this.rig.clock.now;
  }
  get bench(): Box['bench'] {
    return this.rig.box.bench;
  }
  get linked(): boolean {
    return this.rig.linked;
  }

  setRhythm(name: string): void {
    this.patient.setRhythm(name);
  }

  setCable(faults: FaultSpec): void {
    this.faults = faults;
    this.bad?.setFaults(faults);
  }

  unplug(): void {
    this.rig.unplug();
  }

  plug(): void {
    this.rig.replug(this.cable());
  }

  run(endUs: Microseconds): void {
    this.rig.run(endUs, this.check);
  }

  private cable(): MemoryPair {
    const pair = memoryPair();
    const bad = faulty(pair.host, this.rng.fork(`cable ${this.plugs++}`), this.faults);
    this.bad = bad;
    return {
      host: bad,
      device: pair.device,
      poll: (now) => {
        pair.poll(now);
        const badUs = bad.poll(now) ?? Infinity;
        // What the bad cable let out is under way in the good one now.
        return Math.min(pair.poll(now) ?? Infinity, badUs);
      },
    };
  }
}
