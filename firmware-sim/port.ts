/**
 * The port: packets in, packets out. Sessions, answers, heartbeats, repeats; judges nothing about energy.
 *
 * A packet counts only when it carries the number of the session that is open; HELLO opens one, and DISARM is obeyed
 * whatever it carries. Each command is carried out once: a retry gets the same answer from the cache. When the other
 * side falls silent the session ends: the charge is dumped and only a new HELLO is heard.
 */
import type { Rng } from '../src/core/rng.ts';
import type { Microseconds, SampleIndex } from '../src/core/units.ts';
import {
  encodePacket,
  MTU_DEFAULT,
  MTU_MAX,
  PacketDecoder,
  SCHEMA_HASH,
  VERSION,
} from '../src/protocol/codec.ts';
import type { Packet } from '../src/protocol/codec.ts';
import type { EventCode, Message, MessageOf, MessageType, Reply, Why } from '../src/protocol/messages.ts';
import { EVENTS, FLAG, MESSAGES, REPLIES, WELCOME_FLAG } from '../src/protocol/messages.ts';
import { HEARTBEAT_MS } from '../src/protocol/rules.ts';
import { ReplyCache, seqDistance, SequenceCounter } from '../src/protocol/sequence.ts';
import { carryOut, isCommand } from './commands.ts';
import type { CommandType } from './commands.ts';
import { DeadMan } from './dead-man.ts';
import { EventQueue } from './event-queue.ts';
import type { FrontEnd } from './front-end.ts';
import type { Ledger } from './ledger.ts';
import { eventMessage, type EventFields } from './news.ts';
import type { Pacer } from './pacer.ts';
import type { Profile } from './profiles/index.ts';
import type { Therapy } from './therapy.ts';
import { Transmitter } from './transmitter.ts';
import type { WaveStream } from './wave-stream.ts';

export interface PortParts {
  profile: Profile;
  serial: string;
  rng: Rng;
  frontEnd: FrontEnd;
  therapy: Therapy;
  pacer: Pacer;
  ledger: Ledger;
  stream: WaveStream;
  status: (us: Microseconds) => MessageOf<'status'>;
  /** The ASCII personality: the answer to a line. */
  onLine: (line: string, us: Microseconds) => string;
}

const MAGIC = 'DFIB';
/** They are obeyed in the order of their seq only. */
const ABOUT_ENERGY: readonly CommandType[] = ['selectEnergy', 'charge', 'disarm', 'fire', 'cancelFire'];
/** While something moves, the host sees it move. */
const STATUS_MS = 200;
const encoder = new TextEncoder();

export class Port {
  readonly transmitter = new Transmitter();
  readonly events = new EventQueue();
  private readonly parts: PortParts;
  private readonly decoder: PacketDecoder;
  private readonly sequence = new SequenceCounter();
  private readonly replies = new ReplyCache<Uint8Array>();
  private readonly deadMan = new DeadMan();
  /** 0: nobody there. */
  private session = 0;
  private helloNonce = 0;
  private mtu = MTU_DEFAULT;
  private lastSeqSeen = 0;
  /** Of this session; -1 before the first. */
  private lastEnergySeq = -1;
  private lastEventId = 0;
  private heartbeatUs: Microseconds = Infinity;
  private statusUs: Microseconds = Infinity;
  private nowUs: Microseconds = 0;

  constructor(parts: PortParts) {
    this.parts = parts;
    this.decoder = new PacketDecoder({
      from: 'host',
      onLine: (line) => this.say(parts.onLine(line, this.nowUs)),
    });
  }

  get linked(): boolean {
    return this.session !== 0;
  }

  get nextUs(): Microseconds {
    if (this.session === 0) return this.transmitter.nextUs;
    return Math.min(
      this.deadMan.nextUs,
      this.heartbeatUs,
      this.statusUs,
      this.events.nextUs,
      this.transmitter.nextUs,
    );
  }

  /** Bytes from the cable, in pieces of any size. */
  receive(bytes: Uint8Array, us: Microseconds): void {
    this.nowUs = us;
    this.decoder.push(bytes, (packet) => this.onPacket(packet, us));
  }

  /** Does what is due at `us`. */
  run(us: Microseconds): void {
    this.nowUs = us;
    if (us >= this.deadMan.nextUs) this.lose(us);
    if (us >= this.heartbeatUs) this.beat(us);
    if (us >= this.statusUs) this.sendStatus(us);
    if (this.session !== 0 && us >= this.events.nextUs) {
      this.events.run(us, (event, seq) => this.sendEvent(event, seq));
    }
    this.transmitter.run(us);
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
      if (this.session !== 0) this.sendEvent(event, 0);
      return;
    }
    this.events.add(event, us);
    if (this.session !== 0) this.events.run(us, (due, seq) => this.sendEvent(due, seq));
  }

  stateChanged(us: Microseconds): void {
    if (this.session !== 0) this.sendStatus(us);
  }

  sendWave(wave: MessageOf<'wave'>): void {
    this.transmitter.sendWave(this.encode(wave, FLAG.event, this.sequence.next()), this.nowUs);
  }

  /** The clock for what is sent from outside `receive` and `run`. */
  at(us: Microseconds): void {
    this.nowUs = us;
  }

  private onPacket(packet: Packet, us: Microseconds): void {
    const { message, session, seq } = packet;
    if (message.type === 'hello') return this.onHello(message, seq, us);
    const isOurs = session !== 0 && session === this.session;
    if (isOurs) {
      this.deadMan.feed(us);
      this.lastSeqSeen = seq;
    } else if (message.type !== 'disarm') {
      return this.refuseSession(message.type, session, seq, us);
    }
    if (isCommand(message.type)) this.command(message as MessageOf<CommandType>, session, seq, us);
    else this.ask(message, us);
  }

  private command(message: MessageOf<CommandType>, session: number, seq: number, us: Microseconds): void {
    const known = this.replies.get(session, seq);
    if (known && message.type !== 'disarm') return this.transmitter.send(known, us);
    const { therapy, pacer, stream } = this.parts;
    const isAboutEnergy = ABOUT_ENERGY.includes(message.type) && session === this.session;
    if (isAboutEnergy && this.isStale(seq) && message.type !== 'disarm') {
      this.reply(seq, session, 'expired', us);
      return;
    }
    if (isAboutEnergy) this.lastEnergySeq = seq;
    const box = { therapy, pacer, stream, transmitter: this.transmitter, mtu: this.mtu };
    const reply = carryOut(box, message, us);
    const bytes = this.reply(seq, session, reply, us);
    this.replies.set(session, seq, bytes);
    if (message.type === 'reset') this.endSession(us);
  }

  /**
   * An old CHARGE that the cable kept for long, behind a newer command about energy and out of the cache's memory: what it
   * asks for is over.
   */
  private isStale(seq: number): boolean {
    return this.lastEnergySeq >= 0 && seqDistance(this.lastEnergySeq, seq) > 0x8000;
  }

  /** Questions and housekeeping: answering them twice does no harm. */
  private ask(message: Message, us: Microseconds): void {
    switch (message.type) {
      case 'getStatus':
        this.send(this.parts.status(us), FLAG.resp, us);
        break;
      case 'getResult':
        this.send(this.parts.ledger.of(message.armId), FLAG.resp, us);
        break;
      case 'timesync':
        this.send({ type: 'timesync', t1: message.t1, t2: us, t3: us }, FLAG.resp, us);
        break;
      case 'eventAck':
        this.events.acknowledge(message.eventId);
        break;
      default:
    }
  }

  private onHello(hello: MessageOf<'hello'>, seq: number, us: Microseconds): void {
    const speaks = hello.minVer <= VERSION && hello.maxVer >= VERSION;
    if (hello.magic !== MAGIC || !speaks || hello.schemaHash !== SCHEMA_HASH) {
      this.reply(seq, 0, 'unsupported', us);
      const text = `this box speaks DSP/${VERSION}, table 0x${SCHEMA_HASH.toString(16).padStart(8, '0')}`;
      this.transmitter.send(this.encode({ type: 'log', text }, FLAG.event, this.sequence.next(), 0), us);
      return;
    }
    // The same HELLO again: the WELCOME was lost. Anything else is somebody new, and the old permission dies.
    const isRepeat = this.session !== 0 && hello.nonce === this.helloNonce;
    // A repeat does not feed the dead man: anybody can copy a HELLO, and it carries no session.
    if (!isRepeat) this.openSession(hello, us);
    this.send(this.welcome(hello), FLAG.resp, us);
    if (!isRepeat) {
      this.beat(us);
      this.sendStatus(us);
      this.events.startSession(us);
    }
  }

  private openSession(hello: MessageOf<'hello'>, us: Microseconds): void {
    if (this.session !== 0) this.endSession(us);
    const { rng } = this.parts;
    let session = 0;
    while (session === 0 || session === this.session) session = rng.u32() & 0xffff;
    this.session = session;
    this.helloNonce = hello.nonce;
    this.deadMan.feed(us);
    this.mtu = Math.max(MTU_DEFAULT, Math.min(hello.mtu, MTU_MAX));
    this.lastEnergySeq = -1;
    this.replies.clear();
  }

  private welcome(hello: MessageOf<'hello'>): MessageOf<'welcome'> {
    const { profile, frontEnd, serial } = this.parts;
    return {
      type: 'welcome',
      ver: VERSION,
      minor: 0,
      features: 0,
      mtu: this.mtu,
      session: this.session,
      flags: WELCOME_FLAG.simulated,
      schemaHash: SCHEMA_HASH,
      tickHz: 1_000_000,
      nonce: hello.nonce,
      model: profile.model,
      serial,
      firmware: profile.firmware,
      leads: frontEnd.leadNames.length,
      fs: frontEnd.fs,
      adcGain: frontEnd.adcGain,
      leadNames: frontEnd.leadNames.join(','),
    };
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
    this.session = 0;
    this.deadMan.release();
    this.heartbeatUs = this.statusUs = Infinity;
    this.parts.stream.stop();
  }

  private refuseSession(type: MessageType, session: number, seq: number, us: Microseconds): void {
    const isHousekeeping = type === 'heartbeat' || type === 'eventAck' || type === 'timesync';
    if (!isHousekeeping) this.reply(seq, session, 'badSession', us);
  }

  private beat(us: Microseconds): void {
    this.heartbeatUs = us + HEARTBEAT_MS * 1000;
    const { therapy } = this.parts;
    this.send(
      {
        type: 'heartbeat',
        tUs: us,
        state: this.parts.status(us).state,
        lastSeqSeen: this.lastSeqSeen,
        rxErrors: this.decoder.errors & 0xffff,
        dropped: this.transmitter.droppedWaves + this.events.dropped,
      },
      0,
      us,
    );
    const isMoving = therapy.state === 'charging' || therapy.state === 'dumping';
    if (isMoving && this.statusUs === Infinity) this.statusUs = us + STATUS_MS * 1000;
  }

  private sendStatus(us: Microseconds): void {
    const { state } = this.parts.therapy;
    const isMoving = state === 'charging' || state === 'dumping';
    this.statusUs = isMoving ? us + STATUS_MS * 1000 : Infinity;
    this.send(this.parts.status(us), FLAG.event, us);
  }

  private sendEvent(event: MessageOf<'event'>, firstSeq: number): number {
    const seq = firstSeq === 0 ? this.sequence.next() : firstSeq;
    const asks = event.code === EVENTS.indexOf('rWave') ? 0 : FLAG.ackReq;
    const flags = FLAG.event | asks | (firstSeq === 0 ? 0 : FLAG.retry);
    this.transmitter.send(this.encode(event, flags, seq), this.nowUs);
    return seq;
  }

  private reply(refSeq: number, session: number, reply: Reply, us: Microseconds): Uint8Array {
    const isAck = reply === 'ok' || reply === 'inProgress';
    const message: Message = { type: isAck ? 'ack' : 'nak', refSeq, code: REPLIES.indexOf(reply), detail: 0 };
    const bytes = this.encode(message, FLAG.resp, this.sequence.next(), session);
    this.transmitter.send(bytes, us);
    return bytes;
  }

  private send(message: Message, flags: number, us: Microseconds): void {
    this.transmitter.send(this.encode(message, flags, this.sequence.next()), us);
  }

  private encode(message: Message, flags: number, seq: number, session = this.session): Uint8Array {
    return encodePacket({ message, seq, session, flags });
  }

  private say(answer: string): void {
    if (answer !== '') this.transmitter.send(encoder.encode(`${answer}\r\n`), this.nowUs);
  }
}

/** Commands that a host may send, for who builds a hostile one. */
export const HOST_MESSAGES = (Object.keys(MESSAGES) as MessageType[]).filter(
  (type) => MESSAGES[type].from !== 'device',
);
