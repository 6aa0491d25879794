/**
 * Asks at an address whether a DSP/1 box is there: HELLO until WELCOME, then round trips. Opening a session ends the
 * one that another host may have, and the box then dumps its charge: only for an address that somebody named.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { NoDeviceError } from '../../core/errors.ts';
import { Rng } from '../../core/rng.ts';
import { openLink } from '../../link/open.ts';
import type { Link } from '../../link/link.ts';
import { encodePacket, MTU_DEFAULT, PacketDecoder, SCHEMA_HASH, VERSION } from '../../protocol/codec.ts';
import type { Packet } from '../../protocol/codec.ts';
import { WELCOME_FLAG } from '../../protocol/messages.ts';
import type { Message, MessageOf } from '../../protocol/messages.ts';
import { RETRY_WAITS_MS } from '../../protocol/rules.ts';
import { SequenceCounter } from '../../protocol/sequence.ts';

export interface ProbeResult {
  address: string;
  model: string;
  serial: string;
  firmware: string;
  simulated: boolean;
  leads: string;
  fs: number;
  sameTable: boolean;
  rttMs: { p50: number; max: number; count: number };
}

const ROUND_TRIPS = 20;
const ANSWER_MS = 500;

class Prober {
  private readonly link: Link;
  private readonly sequence = new SequenceCounter();
  private session = 0;
  private waiting: (packet: Packet) => void = () => undefined;

  constructor(link: Link) {
    this.link = link;
    const decoder = new PacketDecoder({ from: 'device' });
    link.onBytes = (bytes) => decoder.push(bytes, (packet) => this.waiting(packet));
  }

  /** Opens a session. A box with another table says so by NAK. */
  async hello(nonce: number): Promise<MessageOf<'welcome'> | 'refused' | undefined> {
    const hello: Message = {
      type: 'hello',
      magic: 'DFIB',
      minVer: VERSION,
      maxVer: VERSION,
      features: 0,
      mtu: MTU_DEFAULT,
      nonce,
      schemaHash: SCHEMA_HASH,
      name: 'rwave doctor',
    };
    this.link.write(Uint8Array.of(0));
    for (const waitMs of RETRY_WAITS_MS) {
      const answer = await this.ask(hello, waitMs, ({ type }) => type === 'welcome' || type === 'nak');
      if (answer?.type === 'nak') return 'refused';
      if (answer?.type !== 'welcome') continue;
      this.session = answer.session;
      return answer;
    }
    return undefined;
  }

  async roundTripMs(): Promise<number> {
    const startMs = performance.now();
    const t1 = Math.round(startMs * 1000);
    const answer = await this.ask(
      { type: 'timesync', t1, t2: 0, t3: 0 },
      ANSWER_MS,
      (m) => m.type === 'timesync' && m.t1 === t1,
    );
    return answer === undefined ? NaN : performance.now() - startMs;
  }

  private ask(message: Message, mostMs: number, fits: (m: Message) => boolean): Promise<Message | undefined> {
    this.link.write(encodePacket({ message, seq: this.sequence.next(), session: this.session, flags: 0 }));
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), mostMs);
      this.waiting = (packet) => {
        if (!fits(packet.message)) return;
        clearTimeout(timer);
        resolve(packet.message);
      };
    });
  }
}

export async function probe(address: string, seed: number): Promise<ProbeResult> {
  const link = await openLink(address);
  try {
    const prober = new Prober(link);
    const welcome = await prober.hello(new Rng(seed).u32());
    if (welcome === undefined) throw new NoDeviceError(`${address}: open, but nothing there speaks DSP/1`);
    if (welcome === 'refused')
      throw new NoDeviceError(`${address}: a box that speaks another version of DSP/1`);
    const trips: number[] = [];
    for (let i = 0; i < ROUND_TRIPS; i++) {
      const ms = await prober.roundTripMs();
      if (!Number.isNaN(ms)) trips.push(ms);
      await sleep(4);
    }
    trips.sort((a, b) => a - b);
    const { model, serial, firmware, flags, leadNames, fs, schemaHash } = welcome;
    return {
      address,
      model,
      serial,
      firmware,
      simulated: (flags & WELCOME_FLAG.simulated) !== 0,
      leads: leadNames,
      fs,
      sameTable: schemaHash === SCHEMA_HASH,
      rttMs: { p50: trips[trips.length >> 1] ?? NaN, max: trips.at(-1) ?? NaN, count: trips.length },
    };
  } finally {
    link.close();
  }
}
