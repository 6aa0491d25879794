/**
 * Everything that leaves the box as packets: numbered, with the session that is open, onto the transmitter. Judges nothing.
 */
import type { Microseconds } from '../src/core/units.ts';
import { encodePacket } from '../src/protocol/codec.ts';
import type { Message, MessageOf, Reply } from '../src/protocol/messages.ts';
import { EVENTS, FLAG, REPLIES } from '../src/protocol/messages.ts';
import { SequenceCounter } from '../src/protocol/sequence.ts';
import { Transmitter } from './transmitter.ts';

const encoder = new TextEncoder();
const R_WAVE = EVENTS.indexOf('rWave');

export class Outgoing {
  readonly transmitter = new Transmitter();
  /** Of the session that is open; 0: nobody there. */
  session = 0;
  private readonly sequence = new SequenceCounter();

  send(message: Message, flags: number, us: Microseconds, session = this.session): void {
    this.transmitter.send(this.encode(message, flags, this.sequence.next(), session), us);
  }

  sendWave(wave: MessageOf<'wave'>, us: Microseconds): void {
    this.transmitter.sendWave(this.encode(wave, FLAG.event, this.sequence.next()), us);
  }

  /** Returns the seq it used; a repetition is sent with the seq of the first try. */
  sendEvent(event: MessageOf<'event'>, firstSeq: number, us: Microseconds): number {
    const seq = firstSeq === 0 ? this.sequence.next() : firstSeq;
    const asks = event.code === R_WAVE ? 0 : FLAG.ackReq;
    const flags = FLAG.event | asks | (firstSeq === 0 ? 0 : FLAG.retry);
    this.transmitter.send(this.encode(event, flags, seq), us);
    return seq;
  }

  /** Acknowledges or refuses the command `refSeq`; returns the bytes, for who asks again. */
  reply(refSeq: number, session: number, reply: Reply, us: Microseconds): Uint8Array {
    const isAck = reply === 'ok' || reply === 'inProgress';
    const message: Message = { type: isAck ? 'ack' : 'nak', refSeq, code: REPLIES.indexOf(reply), detail: 0 };
    const bytes = this.encode(message, FLAG.resp, this.sequence.next(), session);
    this.transmitter.send(bytes, us);
    return bytes;
  }

  sendLine(text: string, us: Microseconds): void {
    this.transmitter.send(encoder.encode(`${text}\r\n`), us);
  }

  private encode(message: Message, flags: number, seq: number, session = this.session): Uint8Array {
    return encodePacket({ message, seq, session, flags });
  }
}
