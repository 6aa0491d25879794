/**
 * Commands on their way to the box: one in flight, repeated with the same seq until answered (100, 200, 400 ms).
 *
 *   FIRE     sent once, never again: silence is reported, and the session asks GET_RESULT
 *   DISARM   goes before everything, throws away what would put energy in or out, repeated every 50 ms until acked
 *   queries  give way to commands: a question that is overtaken is dropped, its late answer is still welcome
 */
import type { Microseconds } from '../core/units.ts';
import type { Message, MessageType, Reply } from '../protocol/messages.ts';
import { FLAG } from '../protocol/messages.ts';
import { DISARM_REPEAT_MS, triesOf } from '../protocol/rules.ts';

export interface CommandPort {
  /** Puts it on the wire; with `seq` it is a repetition. Returns the seq. */
  send: (message: Message, flags: number, seq?: number) => number;
  /** `reply` is undefined where no answer came after all tries. */
  onDone: (message: Message, reply: Reply | undefined, now: Microseconds) => void;
}

interface InFlight {
  message: Message;
  seq: number;
  tries: number;
  dueUs: Microseconds;
}

const QUERIES: readonly MessageType[] = ['getStatus', 'getResult'];
const ABOUT_ENERGY: readonly MessageType[] = ['selectEnergy', 'charge', 'fire', 'cancelFire'];
const DONE: readonly Reply[] = ['ok', 'inProgress'];

export class CommandQueue {
  private readonly port: CommandPort;
  private waiting: Message[] = [];
  private inFlight: InFlight | undefined;
  private disarm: { seq: number; dueUs: Microseconds } | undefined;

  constructor(port: CommandPort) {
    this.port = port;
  }

  /** Nothing waits for an answer. */
  get idle(): boolean {
    return this.inFlight === undefined && this.waiting.length === 0 && this.disarm === undefined;
  }
  get disarming(): boolean {
    return this.disarm !== undefined;
  }
  get deadline(): Microseconds | undefined {
    const due = Math.min(this.inFlight?.dueUs ?? Infinity, this.disarm?.dueUs ?? Infinity);
    return due === Infinity ? undefined : due;
  }

  push(message: Message, now: Microseconds): void {
    const isQuery = QUERIES.includes(message.type);
    if (isQuery && this.has(message.type)) return;
    this.waiting.push(message);
    if (!isQuery && this.inFlight !== undefined && QUERIES.includes(this.inFlight.message.type)) {
      this.inFlight = undefined;
    }
    this.next(now);
  }

  pushDisarm(now: Microseconds): void {
    this.waiting = this.waiting.filter((m) => !ABOUT_ENERGY.includes(m.type));
    if (this.inFlight !== undefined && ABOUT_ENERGY.includes(this.inFlight.message.type)) {
      this.inFlight = undefined;
    }
    if (this.disarm !== undefined) return;
    const seq = this.port.send({ type: 'disarm' }, FLAG.ackReq);
    this.disarm = { seq, dueUs: now + DISARM_REPEAT_MS * 1000 };
    this.next(now);
  }

  /** An ack, a nak, or the answer to a query. */
  answer(refSeq: number, reply: Reply, now: Microseconds): void {
    if (this.disarm?.seq === refSeq && DONE.includes(reply)) {
      this.disarm = undefined;
      this.port.onDone({ type: 'disarm' }, reply, now);
    } else if (this.inFlight?.seq === refSeq) {
      const { message } = this.inFlight;
      this.inFlight = undefined;
      this.port.onDone(message, reply, now);
    }
    this.next(now);
  }

  /** The answer to a query carries no refSeq: the question is known by its type. */
  answered(query: MessageType, now: Microseconds): void {
    if (this.inFlight?.message.type === query) this.inFlight = undefined;
    this.next(now);
  }

  poll(now: Microseconds): void {
    if (this.disarm !== undefined && now >= this.disarm.dueUs) {
      this.port.send({ type: 'disarm' }, FLAG.ackReq | FLAG.retry, this.disarm.seq);
      this.disarm.dueUs = now + DISARM_REPEAT_MS * 1000;
    }
    if (this.inFlight !== undefined && now >= this.inFlight.dueUs) this.again(this.inFlight, now);
  }

  /** The link is gone: nobody will answer. */
  clear(): void {
    this.waiting = [];
    this.inFlight = undefined;
    this.disarm = undefined;
  }

  private has(type: MessageType): boolean {
    return this.inFlight?.message.type === type || this.waiting.some((m) => m.type === type);
  }

  private again(command: InFlight, now: Microseconds): void {
    const waits = triesOf(command.message.type);
    if (command.tries >= waits.length) {
      this.inFlight = undefined;
      this.port.onDone(command.message, undefined, now);
      this.next(now);
      return;
    }
    this.port.send(command.message, FLAG.ackReq | FLAG.retry, command.seq);
    command.dueUs = now + waits[command.tries++] * 1000;
  }

  private next(now: Microseconds): void {
    if (this.inFlight !== undefined) return;
    const urgent = this.waiting.findIndex((m) => !QUERIES.includes(m.type));
    const [message] = this.waiting.splice(Math.max(0, urgent), 1) as [Message?];
    if (message === undefined) return;
    const seq = this.port.send(message, FLAG.ackReq);
    this.inFlight = { message, seq, tries: 1, dueUs: now + triesOf(message.type)[0] * 1000 };
  }
}
