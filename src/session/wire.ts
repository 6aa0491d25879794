/**
 * The host's end of DSP/1: HELLO until WELCOME, numbers on every packet, only packets of the open session come in.
 *
 * A new session is a new nonce and a new number: whatever was under way before is not heard any more.
 */
import type { Rng } from '../core/rng.ts';
import type { Microseconds } from '../core/units.ts';
import {
  DELIMITER,
  encodePacket,
  MTU_DEFAULT,
  PacketDecoder,
  SCHEMA_HASH,
  VERSION,
} from '../protocol/codec.ts';
import type { Packet } from '../protocol/codec.ts';
import type { Message, MessageOf } from '../protocol/messages.ts';
import { RECONNECT_MS } from '../protocol/rules.ts';
import { SequenceCounter } from '../protocol/sequence.ts';

export interface WireOptions {
  rng: Rng;
  /** Who we are, for HELLO. */
  name: string;
  send: (bytes: Uint8Array) => void;
  /** Takes packets instead of bytes. */
  sendPacket?: (packet: Packet) => void;
  onWelcome: (welcome: MessageOf<'welcome'>, now: Microseconds) => void;
  /** The other side speaks another protocol: no session will come of it. */
  onRefused: (why: string) => void;
  onPacket: (packet: Packet, now: Microseconds) => void;
}

export class Wire {
  readonly decoder = new PacketDecoder({ from: 'device' });
  lastSeqSeen = 0;
  private readonly options: WireOptions;
  private readonly sequence = new SequenceCounter();
  private session = 0;
  private nonce = 0;
  private helloAtUs: Microseconds | undefined;
  private helloWaitMs: number = RECONNECT_MS.first;

  constructor(options: WireOptions) {
    this.options = options;
  }

  /** 0: none. */
  get sessionNumber(): number {
    return this.session;
  }
  get deadline(): Microseconds | undefined {
    return this.helloAtUs;
  }

  /** Looks for a box, from now on, until WELCOME or `stop`. */
  open(now: Microseconds): void {
    this.session = 0;
    this.helloWaitMs = RECONNECT_MS.first;
    this.decoder.reset();
    this.nonce = Math.max(1, this.options.rng.u32());
    this.helloAtUs = now;
    this.poll(now);
  }

  /** The cable is gone. */
  stop(): void {
    this.session = 0;
    this.helloAtUs = undefined;
  }

  poll(now: Microseconds): void {
    if (this.helloAtUs === undefined || now < this.helloAtUs) return;
    this.helloAtUs = now + this.helloWaitMs * 1000;
    this.helloWaitMs = Math.min(2 * this.helloWaitMs, RECONNECT_MS.last);
    if (this.options.sendPacket === undefined) this.options.send(Uint8Array.of(DELIMITER));
    this.send(
      {
        type: 'hello',
        magic: 'DFIB',
        minVer: VERSION,
        maxVer: VERSION,
        features: 0,
        mtu: MTU_DEFAULT,
        nonce: this.nonce,
        schemaHash: SCHEMA_HASH,
        name: this.options.name,
      },
      0,
    );
  }

  send(message: Message, flags: number, seq = this.sequence.next()): number {
    const packet = { message, seq, session: this.session, flags };
    if (this.options.sendPacket === undefined) this.options.send(encodePacket(packet));
    else this.options.sendPacket(packet);
    return seq;
  }

  receive(bytes: Uint8Array, now: Microseconds): void {
    this.decoder.push(bytes, (packet) => this.onPacket(packet, now));
  }

  /** A packet that came without a cable. */
  hear(packet: Packet, now: Microseconds): void {
    this.onPacket(packet, now);
  }

  private onPacket(packet: Packet, now: Microseconds): void {
    const { message } = packet;
    if (message.type === 'welcome') this.onWelcome(message, now);
    else if (this.session !== 0 && packet.session === this.session) {
      this.lastSeqSeen = packet.seq;
      this.options.onPacket(packet, now);
    } else if (message.type === 'log' && packet.session === 0 && this.session === 0) {
      this.options.onRefused(message.text);
    }
  }

  private onWelcome(welcome: MessageOf<'welcome'>, now: Microseconds): void {
    const isOurs = this.helloAtUs !== undefined && welcome.nonce === this.nonce && welcome.session !== 0;
    if (!isOurs) return;
    if (welcome.ver !== VERSION || welcome.schemaHash !== SCHEMA_HASH) {
      this.stop();
      this.options.onRefused(
        `the defibrillator speaks version ${welcome.ver}, table ${hex(welcome.schemaHash)}; expected version ${VERSION}, table ${hex(SCHEMA_HASH)}`,
      );
      return;
    }
    this.session = welcome.session;
    this.helloAtUs = undefined;
    this.options.onWelcome(welcome, now);
  }
}

function hex(hash: number): string {
  return hash.toString(16).padStart(8, '0');
}
