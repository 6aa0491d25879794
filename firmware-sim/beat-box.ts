/**
 * The box without samples and without bytes: therapy, interlock, high voltage, pacer and port are the ones of Box, the
 * heart comes as R waves and the cable as packets. Nothing happens between two deadlines, so it jumps from one to the next.
 *
 *   hear(packet, now)   run(now)   nextUs: nothing happens before it        packets leave through `sink`
 *
 * Numbers in its packets are not rounded to the wire's units. For the breaker's level `event`.
 */
import type { Rng } from '../src/core/rng.ts';
import type { Microseconds } from '../src/core/units.ts';
import { assert } from '../src/core/errors.ts';
import type { Packet } from '../src/protocol/codec.ts';
import type { MessageOf } from '../src/protocol/messages.ts';
import { FEATURE } from '../src/protocol/messages.ts';
import type { BeatPatient } from '../signals/patient/beat-patient.ts';
import { BeatFrontEnd, BeatSynchroniser } from './beat-front-end.ts';
import { BoxBench } from './bench.ts';
import { Chest } from './chest.ts';
import { Dose } from './dose.ts';
import { FaultBoard } from './fault-board.ts';
import { HighVoltage } from './high-voltage.ts';
import { Interlock } from './interlock.ts';
import { Ledger } from './ledger.ts';
import { Orders } from './orders.ts';
import type { PacketSink } from './outgoing.ts';
import { Pacer } from './pacer.ts';
import { Port } from './port.ts';
import type { Profile } from './profiles/index.ts';
import { statusOf } from './status.ts';
import { Therapy, type TherapyParts } from './therapy.ts';
import { WaveStream } from './wave-stream.ts';

export interface BeatBoxOptions {
  profile: Profile;
  patient: BeatPatient;
  rng: Rng;
  sink: PacketSink;
}

export class BeatBox {
  readonly bench: BoxBench;
  private readonly patient: BeatPatient;
  private readonly frontEnd = new BeatFrontEnd();
  private readonly synchroniser = new BeatSynchroniser();
  private readonly chest: Chest;
  private readonly highVoltage: HighVoltage;
  private readonly interlock: Interlock;
  private readonly faults = new FaultBoard();
  private readonly therapy: Therapy;
  private readonly pacer: Pacer;
  private readonly port: Port;
  /** Nothing happens before this time unless a packet comes or the bench does something. */
  nextUs: Microseconds = 0;
  private nowUs: Microseconds = 0;
  private leadsOffSeen = 0;
  private faultsSeen = 0;

  constructor({ profile, patient, rng, sink }: BeatBoxOptions) {
    const { frontEnd, synchroniser, faults } = this;
    this.patient = patient;
    this.chest = new Chest(patient);
    this.highVoltage = new HighVoltage(profile);
    this.interlock = new Interlock(rng.fork('armId'));
    const ledger = new Ledger();
    this.pacer = new Pacer(profile.hasPacer, (us, pulse) => {
      patient.advanceTo(us);
      patient.pace(pulse);
      frontEnd.blank(pulse.widthUs);
      this.port.event(us, frontEnd.position, 'pace', 'none');
    });
    const parts: TherapyParts = {
      profile,
      highVoltage: this.highVoltage,
      interlock: this.interlock,
      chest: this.chest,
      frontEnd,
      synchroniser,
      faults,
      dose: new Dose(profile),
      ledger,
      isPacing: () => this.pacer.on,
      news: {
        event: (code, why, fields) => this.port.event(this.nowUs, frontEnd.position, code, why, fields),
        stateChanged: () => this.port.stateChanged(this.nowUs),
      },
    };
    this.therapy = new Therapy(parts);
    this.port = new Port({
      profile,
      serial: 'BEATS',
      features: profile.paediatric === undefined ? 0 : FEATURE.paediatric,
      rng: rng.fork('session'),
      frontEnd,
      therapy: this.therapy,
      orders: new Orders(this.therapy, parts),
      pacer: this.pacer,
      ledger,
      stream: new WaveStream(
        { fs: frontEnd.fs, adcGain: frontEnd.adcGain, leadCount: frontEnd.leadNames.length },
        () => 0,
        () => undefined,
      ),
      status: (us) => this.status(us),
      sink,
      onLine: () => '',
    });
    const now = (): Microseconds => this.nowUs;
    this.bench = new BoxBench({
      now,
      chest: this.chest,
      frontEnd,
      therapy: this.therapy,
      highVoltage: this.highVoltage,
      faults,
      synchroniser,
    });
    this.therapy.boot(0);
  }

  private get dueUs(): Microseconds {
    const heart = this.listens ? this.patient.nextTriggerUs : Infinity;
    return Math.min(heart, this.therapy.nextUs, this.pacer.nextUs, this.port.nextUs);
  }

  /** Until when nothing but housekeeping happens here. */
  get quietUntil(): Microseconds {
    const heart = this.listens ? this.patient.nextTriggerUs : Infinity;
    return Math.min(heart, this.therapy.nextUs, this.pacer.nextUs, this.port.quietUntil);
  }

  /** What is told between events, for a simulation that leaves it out. */
  get reports(): Pick<Port, 'worriesUs' | 'nextReportUs' | 'lastReportBefore'> {
    return this.port;
  }

  /** All housekeeping up to `endUs` counts as done, and the host as heard at `heardUs`. */
  leaveOut(endUs: Microseconds, heardUs: Microseconds): void {
    this.port.leaveOut(endUs, heardUs);
    this.nextUs = this.dueUs;
  }

  hear(packet: Packet, nowUs: Microseconds): void {
    this.run(nowUs);
    this.patient.advanceTo(nowUs);
    this.port.hear(packet, nowUs);
    this.nextUs = this.dueUs;
  }

  /** Everything that is due by now, each at its own time. */
  run(nowUs: Microseconds): void {
    assert(nowUs >= this.nowUs, () => `the box goes forward, from ${this.nowUs} not to ${nowUs}`);
    while (this.nextUs <= nowUs) {
      this.runAt(Math.max(this.nextUs, this.nowUs));
      this.nextUs = this.dueUs;
    }
    this.moveTo(nowUs);
  }

  /** The bench did something: it is looked at now. */
  touched(): void {
    this.look();
    this.nextUs = this.dueUs;
  }

  /** Somebody wants to know of R waves. */
  private get listens(): boolean {
    return this.synchroniser.on || this.pacer.on;
  }

  private moveTo(us: Microseconds): void {
    this.nowUs = us;
    this.frontEnd.nowUs = us;
    this.port.at(us);
  }

  private runAt(us: Microseconds): void {
    this.moveTo(us);
    const isR = this.listens && us >= this.patient.nextTriggerUs;
    const rUs = this.patient.advanceTo(us);
    if (isR && this.frontEnd.sees(rUs, this.synchroniser.lead)) this.onR(rUs);
    if (us >= this.therapy.nextUs) this.therapy.run(us);
    if (us >= this.pacer.nextUs) this.pacer.run(us);
    if (us >= this.port.nextUs) this.port.run(us);
    this.look();
  }

  private onR(tRUs: Microseconds): void {
    this.pacer.sense(tRUs);
    if (!this.synchroniser.on) return;
    const sample = this.frontEnd.position;
    this.port.event(this.nowUs, sample, 'rWave', 'none', { sample, tUs: this.nowUs, tRUs, sync: 1 });
    this.therapy.rWave(this.nowUs, tRUs);
  }

  /** What the bench has changed. */
  private look(): void {
    const { leadsOff } = this.frontEnd;
    if (leadsOff !== this.leadsOffSeen) {
      this.leadsOffSeen = leadsOff;
      this.port.event(this.nowUs, this.frontEnd.position, 'leads', 'none', { leadsOff });
      if (this.frontEnd.isOff(this.synchroniser.lead)) this.therapy.syncLeadOff(this.nowUs);
    }
    const faults = this.faults.bits;
    if (faults === this.faultsSeen) return;
    this.faultsSeen = faults;
    this.port.event(this.nowUs, this.frontEnd.position, 'fault', 'fault', { faults });
  }

  private status(us: Microseconds): MessageOf<'status'> {
    const { therapy, highVoltage, chest, interlock, faults, pacer, synchroniser, frontEnd } = this;
    return statusOf({ therapy, highVoltage, chest, interlock, faults, pacer, synchroniser, frontEnd }, us);
  }
}
