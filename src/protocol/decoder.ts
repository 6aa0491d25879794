/**
 * Bytes from the cable to packets and lines. Takes pieces of any size; memory is one MTU for life.
 *
 * A bad packet is counted and forgotten, never answered: the next 0x00 starts afresh. A run of printable bytes that
 * ends in CR or LF is a line (the ASCII personality). Between packets the two cannot be confused: the second byte
 * of every packet is 0x10..0x1F.
 */
import { cobsDecode, cobsMaxLength } from './cobs.ts';
import { MTU_DEFAULT, parsePacket } from './packet.ts';
import type { Packet } from './packet.ts';
import { MESSAGES } from './messages.ts';

export interface DecoderCounters {
  packets: number;
  lines: number;
  badCobs: number;
  badCrc: number;
  badLength: number;
  badVersion: number;
  tooLong: number;
  unknown: number;
  /** Sent by our own side: an echo. */
  wrongWay: number;
}

export interface DecoderOptions {
  /** Largest decoded packet (header, payload and CRC). */
  mtu?: number;
  /** The other side: messages that only our side sends are dropped. Without it, everything passes. */
  from?: 'host' | 'device';
  onLine?: (line: string) => void;
}

const CR = 13;
const LF = 10;

function isPrintable(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9;
}

export class PacketDecoder {
  readonly counters: DecoderCounters = {
    packets: 0,
    lines: 0,
    badCobs: 0,
    badCrc: 0,
    badLength: 0,
    badVersion: 0,
    tooLong: 0,
    unknown: 0,
    wrongWay: 0,
  };
  onLine: (line: string) => void;
  private readonly from: 'host' | 'device' | undefined;
  private readonly buffer: Uint8Array;
  private used = 0;
  /** More came than fits: skip to the next delimiter. */
  private skipping = false;
  /** Every byte since the last delimiter or line end is printable. */
  private text = true;

  constructor(options: DecoderOptions = {}) {
    this.buffer = new Uint8Array(cobsMaxLength(options.mtu ?? MTU_DEFAULT));
    this.from = options.from;
    this.onLine = options.onLine ?? (() => undefined);
  }

  /** Damaged packets of every kind: what heartbeat reports as rxErrors. */
  get errors(): number {
    const c = this.counters;
    return c.badCobs + c.badCrc + c.badLength + c.badVersion + c.tooLong;
  }

  push(bytes: Uint8Array, onPacket: (packet: Packet) => void): void {
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i];
      if (byte === 0) this.endPacket(onPacket);
      else if (this.skipping) this.endSkippedLine(byte);
      else if (this.used > 0 || !this.takeWhole(bytes, i)) this.take(byte);
      else i += this.used - 1;
    }
  }

  /** A packet that is all there, from its first byte on, in one go (measured: a third of the time). */
  private takeWhole(bytes: Uint8Array, from: number): boolean {
    const isBinary = bytes[from + 1] >= 16 && bytes[from + 1] <= 31;
    if (!isBinary || isLineEnd(bytes[from])) return false;
    const { buffer } = this;
    const most = Math.min(buffer.length, bytes.length - from - 1);
    let n = 0;
    for (; n < most && bytes[from + n] !== 0; n++) buffer[n] = bytes[from + n];
    if (bytes[from + n] !== 0) return false;
    this.used = n;
    this.text = false;
    return true;
  }

  /** Forgets what has come of a packet; the counters stay. */
  reset(): void {
    this.used = 0;
    this.skipping = false;
    this.text = true;
  }

  private take(byte: number): void {
    if (this.used === 1 && isLineEnd(this.buffer[0]) && (byte < 16 || byte > 31)) this.used = 0;
    if (isLineEnd(byte) && this.text && this.used > 0) {
      this.endLine();
    } else if (this.used === this.buffer.length) {
      this.counters.tooLong++;
      this.text &&= isPrintable(byte);
      this.skipping = true;
    } else {
      this.text = (this.used === 0 || this.text) && isPrintable(byte);
      this.buffer[this.used++] = byte;
    }
  }

  private endLine(): void {
    const line = String.fromCharCode(...this.buffer.subarray(0, this.used));
    this.counters.lines++;
    this.reset();
    this.onLine(line);
  }

  /** A line without end must not swallow the lines after it. */
  private endSkippedLine(byte: number): void {
    if (this.text && isLineEnd(byte)) this.reset();
    else this.text &&= isPrintable(byte);
  }

  private endPacket(onPacket: (packet: Packet) => void): void {
    const { used, skipping } = this;
    this.reset();
    if (skipping || used === 0 || (used === 1 && isLineEnd(this.buffer[0]))) return;
    const n = cobsDecode(this.buffer, used);
    const packet = n < 0 ? 'badCobs' : parsePacket(this.buffer, n);
    if (typeof packet === 'string') {
      this.counters[packet]++;
    } else if (this.from !== undefined && !isSentBy(this.from, packet)) {
      this.counters.wrongWay++;
    } else {
      this.counters.packets++;
      onPacket(packet);
    }
  }
}

function isLineEnd(byte: number): boolean {
  return byte === CR || byte === LF;
}

function isSentBy(side: 'host' | 'device', packet: Packet): boolean {
  const { from } = MESSAGES[packet.message.type];
  return from === 'both' || from === side;
}
