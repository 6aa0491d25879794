/**
 * Everything that leaves the box as packets: numbered, with the session that is open, onto the transmitter. Judges nothing.
 */
import type { Microseconds } from '../src/core/units.ts';
import { encodePacket } from '../src/protocol/codec.ts';
import type { Packet } from '../src/protocol/codec.ts';
import type { Message, MessageOf, Reply } from '../src/protocol/messages.ts';
import { EVENTS, FLAG, REPLIES } from '../src/protocol/messages.ts';
import { SequenceCounter } from '../src/protocol/sequence.ts';
import { Transmitter } from './transmitter.ts';

const encoder = new TextEncoder();
const R_WAVE = EVENTS.indexOf('rWave');

/** Takes packets as they are, for runs that need no bytes. */
export type PacketSink = (packet: Packet) => void;

export class Outgoing {
  readonly transmitter = new Transmitter();
  /** Of the session that is open; 0: nobody there. */
  session = 0;
  private readonly sequence = new SequenceCounter();
  private readonly sink: PacketSink | undefined;

  /** `sink` takes the packets instead of the line. */
  constructor(sink?: PacketSink) {
    this.sink = sink;
  }

  send(message: Message, flags: number, us: Microseconds, session = this.session): void {
    this.transmit({ message, flags, seq: this.sequence.next(), session }, us);
  }

  /** Droppable: when the line is slow, the oldest goes. */
  sendWave(wave: MessageOf<'wave' | 'vitals' | 'channel'>, us: Microseconds): void {
    const packet = { message: wave, flags: FLAG.event, seq: this.sequence.next(), session: this.session };
    this.transmitter.sendWave(encodePacket(packet), us);
  }

  /** Returns the seq it used; a repetition is sent with the seq of the first try. */
  sendEvent(event: MessageOf<'event'>, firstSeq: number, us: Microseconds): number {
    const seq = firstSeq === 0 ? this.sequence.next() : firstSeq;
    const asks = event.code === R_WAVE ? 0 : FLAG.ackReq;
    const flags = FLAG.event | asks | (firstSeq === 0 ? 0 : FLAG.retry);
    this.transmit({ message: event, flags, seq, session: this.session }, us);
    return seq;
  }

  /** Acknowledges or refuses the command `refSeq`; returns the answer, for who asks again. */
  reply(refSeq: number, session: number, reply: Reply, us: Microseconds): Packet {
    const isAck = reply === 'ok' || reply === 'inProgress';
    const message: Message = { type: isAck ? 'ack' : 'nak', refSeq, code: REPLIES.indexOf(reply), detail: 0 };
    const packet = { message, flags: FLAG.resp, seq: this.sequence.next(), session };
    this.transmit(packet, us);
    return packet;
  }

  /** Not a packet: what a boot loader says. */
  sendRaw(bytes: Uint8Array, us: Microseconds): void {
    this.transmitter.send(bytes, us);
  }

  sendLine(text: string, us: Microseconds): void {
    this.transmitter.send(encoder.encode(`${text}\r\n`), us);
  }

  transmit(packet: Packet, us: Microseconds): void {
    if (this.sink === undefined) this.transmitter.send(encodePacket(packet), us);
    else this.sink(packet);
  }
}
