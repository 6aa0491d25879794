/**
 * The port: packets in, packets out. Sessions, answers, repeats; judges nothing about energy.
 *
 * A packet counts only when it carries the number of the session that is open; HELLO opens one, and DISARM is obeyed
 * whatever it carries. Each command is carried out once: a retry gets the same answer from the cache. When the other
 * side falls silent the session ends: the charge is dumped and only a new HELLO is heard.
 */
import type { Rng } from '../src/core/rng.ts';
import type { Microseconds, SampleIndex } from '../src/core/units.ts';
import { PacketDecoder, VERSION } from '../src/protocol/codec.ts';
import type { Packet } from '../src/protocol/codec.ts';
import type { EventCode, Message, MessageOf, MessageType, Why } from '../src/protocol/messages.ts';
import { FLAG } from '../src/protocol/messages.ts';
import { ReplyCache, seqDistance } from '../src/protocol/sequence.ts';
import { carryOut, isCommand } from './commands.ts';
import type { CommandParts, CommandType } from './commands.ts';
import { DeadMan } from './dead-man.ts';
import { EventQueue } from './event-queue.ts';
import type { FrontEndFace } from './front-end.ts';
import { Handshake } from './handshake.ts';
import type { Ledger } from './ledger.ts';
import { eventMessage, type EventFields } from './news.ts';
import type { Orders } from './orders.ts';
import { Outgoing } from './outgoing.ts';
import type { PacketSink } from './outgoing.ts';
import type { Pacer } from './pacer.ts';
import type { Profile } from './profiles/index.ts';
import { Reports } from './reports.ts';
import type { Therapy } from './therapy.ts';
import type { VitalSigns } from './vital-signs.ts';
import type { WaveStream } from './wave-stream.ts';

export interface PortParts {
  profile: Profile;
  serial: string;
  rawLine?: boolean;
  features: number;
  vitals?: VitalSigns;
  rng: Rng;
  frontEnd: FrontEndFace;
  therapy: Therapy;
  orders: Orders;
  pacer: Pacer;
  ledger: Ledger;
  stream: WaveStream;
  status: (us: Microseconds) => MessageOf<'status'>;
  /** Takes packets instead of the line. */
  sink?: PacketSink;
  /** The ASCII personality: the answer to a line. */
  onLine: (line: string, us: Microseconds) => string;
}

/** They are obeyed in the order of their seq only. */
const ABOUT_ENERGY: readonly CommandType[] = ['selectEnergy', 'charge', 'disarm', 'fire', 'cancelFire'];

const MAKES_SAFE: readonly CommandType[] = ['disarm', 'reset'];
/** From power to the first line that is heard [D]. */
const BOOT_MS = 400;

export class Port {
  readonly events = new EventQueue();
  /** Broken: no command is carried out any more, except those that make safe. */
  refusesAll = false;
  private readonly parts: PortParts;
  private readonly decoder: PacketDecoder;
  private readonly outgoing: Outgoing;
  private readonly reports: Reports;
  private readonly handshake: Handshake;
  /** What commands reach. */
  private readonly hands: CommandParts;
  private readonly replies = new ReplyCache<Packet>();
  private readonly deadMan = new DeadMan();
  private lastSeqSeen = 0;
  /** Of this session; -1 before the first. */
  private lastEnergySeq = -1;
  private lastEventId = 0;
  private nowUs: Microseconds = 0;
  /** Of SET_BAUD in this session. */
  agreedBaud: number | undefined;
  /** Nothing is heard before. */
  private deafUntilUs: Microseconds = -Infinity;
  private readonly bootDice: Rng;

  constructor(parts: PortParts) {
    this.parts = parts;
    this.outgoing = new Outgoing(parts.sink);
    this.handshake = new Handshake(parts);
    this.hands = { ...parts, transmitter: this.outgoing.transmitter, mtu: this.handshake.mtu };
    this.bootDice = parts.rng.fork('boot');
    this.decoder = new PacketDecoder({
      from: 'host',
      onLine: (line) => this.say(parts.onLine(line, this.nowUs)),
    });
    this.reports = new Reports(this.outgoing, {
      state: () => parts.therapy.state,
      status: parts.status,
      counts: () => ({
        lastSeqSeen: this.lastSeqSeen,
        rxErrors: this.decoder.errors & 0xffff,
        dropped: this.outgoing.transmitter.droppedWaves + this.events.dropped,
      }),
    });
  }

  get linked(): boolean {
    return this.outgoing.session !== 0;
  }

  /** Changes with every event, told or waiting to be told. */
  get eventsSoFar(): number {
    return this.lastEventId;
  }

  get nextUs(): Microseconds {
    const line = this.outgoing.transmitter.nextUs;
    if (!this.linked) return line;
    return Math.min(this.deadMan.nextUs, this.reports.nextUs, this.events.nextUs, line);
  }

  /** Until when nothing but housekeeping happens by itself; -Infinity while nobody is there. */
  get quietUntil(): Microseconds {
    return this.linked ? this.events.nextUs : -Infinity;
  }

  /** When the host's silence becomes news. */
  get worriesUs(): Microseconds {
    return this.deadMan.nextUs;
  }

  get nextReportUs(): Microseconds {
    return this.reports.nextUs;
  }

  lastReportBefore(endUs: Microseconds): Microseconds {
    return this.reports.lastBefore(endUs);
  }

  /** All reports up to `endUs` count as told, and the host as heard at `heardUs`. */
  leaveOut(endUs: Microseconds, heardUs: Microseconds): void {
    this.reports.leaveOut(endUs);
    this.deadMan.feed(heardUs);
  }

  /** Everything that left since the last call. */
  take(): Uint8Array {
    return this.outgoing.transmitter.take();
  }

  /** Bytes from the cable, in pieces of any size. */
  receive(bytes: Uint8Array, us: Microseconds): void {
    this.nowUs = us;
    if (us < this.deafUntilUs) return;
    this.decoder.push(bytes, (packet) => this.onPacket(packet, us));
  }

  /** A packet that came without a cable. */
  hear(packet: Packet, us: Microseconds): void {
    this.nowUs = us;
    if (us >= this.deafUntilUs) this.onPacket(packet, us);
  }

  /** Does what is due at `us`. */
  run(us: Microseconds): void {
    this.nowUs = us;
    if (us >= this.deadMan.nextUs) this.lose(us);
    this.reports.run(us);
    if (this.linked && us >= this.events.nextUs) this.sendEvents(us);
    this.outgoing.transmitter.run(us);
  }

  /** Tells the host, and goes on telling until it is acknowledged. */
  event(
    us: Microseconds,
    sample: SampleIndex,
    code: EventCode,
    why: Why,
    fields?: Partial<EventFields>,
  ): void {
    this.lastEventId = (this.lastEventId % 65_535) + 1;
    const event = eventMessage(this.lastEventId, code, why, us, sample, fields);
    if (code === 'rWave') {
      if (this.linked) this.outgoing.sendEvent(event, 0, this.nowUs);
      return;
    }
    this.events.add(event, us);
    if (this.linked) this.sendEvents(us);
  }

  stateChanged(us: Microseconds): void {
    if (this.linked) this.reports.sendStatus(us);
  }

  sendWave(wave: MessageOf<'wave'>): void {
    this.outgoing.sendWave(wave, this.nowUs);
  }

  sendVitals(message: MessageOf<'vitals'> | MessageOf<'channel'>): void {
    if (this.linked) this.outgoing.sendWave(message, this.nowUs);
  }

  /** The clock for what is sent from outside `receive` and `run`. */
  at(us: Microseconds): void {
    this.nowUs = us;
  }

  /** The processor starts anew: what it knew is gone, and its boot loader is no speaker of this protocol. */
  reboot(us: Microseconds): void {
    this.nowUs = us;
    this.endSession(us);
    this.events.clear();
    this.decoder.reset();
    this.deafUntilUs = us + BOOT_MS * 1000;
    const { bootDice: dice } = this;
    const garbage = Uint8Array.from({ length: dice.int(20, 120) }, () => dice.int(0, 255));
    this.outgoing.sendRaw(garbage, us);
    this.outgoing.sendLine(`\r\n${this.parts.profile.firmware} boot`, us);
  }

  speakOtherVersion(on: boolean, us: Microseconds): void {
    this.handshake.version = on ? VERSION + 1 : VERSION;
    if (on && this.linked) this.endSession(us);
  }

  private onPacket(packet: Packet, us: Microseconds): void {
    const { message, session, seq } = packet;
    if (message.type === 'hello') return this.onHello(message, seq, us);
    const isOurs = this.linked && session === this.outgoing.session;
    if (isOurs) {
      this.deadMan.feed(us);
      this.lastSeqSeen = seq;
      this.forgetOldEnergy(seq);
    } else if (message.type !== 'disarm') {
      return this.refuseSession(message.type, session, seq, us);
    }
    if (isCommand(message.type)) this.command(message as MessageOf<CommandType>, session, seq, us);
    else this.ask(message, us);
  }

  private command(message: MessageOf<CommandType>, session: number, seq: number, us: Microseconds): void {
    const { outgoing } = this;
    const known = this.replies.get(session, seq);
    if (known && message.type !== 'disarm') return outgoing.transmit(known, us);
    const isAboutEnergy = ABOUT_ENERGY.includes(message.type) && session === outgoing.session;
    if (isAboutEnergy && this.isStale(seq) && message.type !== 'disarm') {
      outgoing.reply(seq, session, 'expired', us);
      return;
    }
    if (isAboutEnergy) this.lastEnergySeq = seq;
    if (this.refusesAll && !MAKES_SAFE.includes(message.type)) {
      outgoing.reply(seq, session, 'busy', us);
      return;
    }
    this.hands.mtu = this.handshake.mtu;
    const reply = carryOut(this.hands, message, us);
    this.replies.set(session, seq, outgoing.reply(seq, session, reply, us));
    if (message.type === 'setBaud' && reply === 'ok') this.agreedBaud = message.baud;
    if (message.type === 'reset') this.endSession(us);
  }

  /**
   * An old CHARGE that the cable kept for long, behind a newer command about energy and out of the cache's memory: what it
   * asks for is over.
   */
  private isStale(seq: number): boolean {
    return this.lastEnergySeq >= 0 && seqDistance(this.lastEnergySeq, seq) > 0x8000;
  }

  /** After half an hour of packets nothing older than the last command about energy is on any cable, and numbers come round. */
  private forgetOldEnergy(seq: number): void {
    const ahead = seqDistance(this.lastEnergySeq, seq);
    if (ahead > 0x4000 && ahead < 0x8000) this.lastEnergySeq = -1;
  }

  /** Questions and housekeeping: answering them twice does no harm. */
  private ask(message: Message, us: Microseconds): void {
    const { outgoing } = this;
    switch (message.type) {
      case 'getStatus':
        outgoing.send(this.parts.status(us), FLAG.resp, us);
        break;
      case 'getResult':
        outgoing.send(this.parts.ledger.of(message.armId), FLAG.resp, us);
        break;
      case 'timesync':
        outgoing.send({ type: 'timesync', t1: message.t1, t2: us, t3: us }, FLAG.resp, us);
        break;
      case 'eventAck':
        this.events.acknowledge(message.eventId);
        break;
      default:
    }
  }

  private onHello(hello: MessageOf<'hello'>, seq: number, us: Microseconds): void {
    const { outgoing, handshake } = this;
    if (!handshake.speaks(hello)) {
      outgoing.reply(seq, 0, 'unsupported', us);
      outgoing.send({ type: 'log', text: handshake.language }, FLAG.event, us, 0);
      return;
    }
    // The same HELLO again: the WELCOME was lost. Anything else is somebody new, and the old permission dies.
    const isRepeat = this.linked && handshake.isRepeat(hello);
    // A repeat does not feed the dead man: anybody can copy a HELLO, and it carries no session.
    if (!isRepeat) this.openSession(hello, us);
    outgoing.send(handshake.welcome(hello, outgoing.session), FLAG.resp, us);
    const warning = handshake.warning(hello);
    if (warning !== undefined) outgoing.send({ type: 'log', text: warning }, FLAG.event, us);
    if (!isRepeat) {
      this.reports.start(us);
      this.events.startSession(us);
    }
  }

  private openSession(hello: MessageOf<'hello'>, us: Microseconds): void {
    if (this.linked) this.endSession(us);
    this.outgoing.session = this.handshake.open(hello, this.outgoing.session);
    this.deadMan.feed(us);
    this.lastEnergySeq = -1;
    this.replies.clear();
  }

  /** Nobody holds the handle any more. */
  private lose(us: Microseconds): void {
    this.parts.therapy.dump(us, 'linkLost');
    this.event(us, this.parts.frontEnd.position, 'linkLost', 'linkLost');
    this.endSession(us);
  }

  /** Whatever this session was allowed to do, it is no more. */
  private endSession(us: Microseconds): void {
    this.parts.therapy.dump(us, 'linkLost');
    this.outgoing.session = 0;
    // Who comes next knows nothing of what was agreed with the last one.
    this.outgoing.transmitter.setRate(0);
    this.agreedBaud = undefined;
    this.deadMan.release();
    this.reports.stop();
    this.parts.stream.stop();
    this.parts.vitals?.configure(false, 0);
  }

  private refuseSession(type: MessageType, session: number, seq: number, us: Microseconds): void {
    const isHousekeeping = type === 'heartbeat' || type === 'eventAck' || type === 'timesync';
    if (!isHousekeeping) this.outgoing.reply(seq, session, 'badSession', us);
  }

  private sendEvents(us: Microseconds): void {
    this.events.run(us, (event, seq) => this.outgoing.sendEvent(event, seq, this.nowUs));
  }

  private say(answer: string): void {
    if (answer !== '') this.outgoing.sendLine(answer, this.nowUs);
  }
}
