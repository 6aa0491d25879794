/** A host as small as can be, for tests: no policy, only packets. It sends what it is told and keeps what it hears. */
import { Rng } from '../../src/core/rng.ts';
import type { Microseconds } from '../../src/core/units.ts';
import { encodePacket, PacketDecoder, SCHEMA_HASH } from '../../src/protocol/codec.ts';
import type { Message, MessageOf, MessageType } from '../../src/protocol/messages.ts';
import { BOX_STATES, EVENTS, REPLIES } from '../../src/protocol/messages.ts';
import { Box } from '../../firmware-sim/box.ts';
import type { BoxOptions } from '../../firmware-sim/box.ts';
import { als } from '../../firmware-sim/profiles/als.ts';
import type { PacePulse, Patient, ShockAtPatient } from '../../signals/patient/patient.ts';

/** A narrow spike of 1 mV every `rrMs`, or nothing: a patient that a test can compute. */
export class SpikePatient implements Patient {
  readonly fs = 250;
  readonly leads = ['pads', 'II'];
  impedanceOhm = 50;
  position = 0;
  rrMs: number;
  readonly shocks: (ShockAtPatient & { sample: number })[] = [];
  readonly pulses: PacePulse[] = [];

  constructor(rrMs = 0) {
    this.rrMs = rrMs;
  }

  render(out: readonly Float64Array[], n: number): number {
    const rr = Math.round((this.rrMs * this.fs) / 1000);
    for (let i = 0; i < n; i++, this.position++) {
      const phase = rr > 0 ? (this.position + (rr >> 1)) % rr : rr;
      const off = Math.min(phase, Math.abs(rr - phase));
      const qrs = rr > 0 ? 1.2 * Math.exp(-0.5 * (off / 3) ** 2) : 0;
      for (const lead of out) lead[i] = qrs;
    }
    return n;
  }

  /** Time of the R nearest to `us`, NaN when there is none. */
  nearestRUs(us: Microseconds): Microseconds {
    const rr = Math.round((this.rrMs * this.fs) / 1000);
    if (rr === 0) return NaN;
    const first = rr - (rr >> 1);
    const sample = (us * this.fs) / 1e6;
    return ((first + Math.max(0, Math.round((sample - first) / rr)) * rr) / this.fs) * 1e6;
  }

  shock(shock: ShockAtPatient): void {
    this.shocks.push({ ...shock, sample: this.position });
  }

  pace(pulse: PacePulse): void {
    this.pulses.push(pulse);
  }
}

export class WireHost {
  readonly box: Box;
  readonly heard: Message[] = [];
  readonly lines: string[] = [];
  nowUs: Microseconds = 0;
  session = 0;
  seq = 0;
  /** Sends heartbeats while time passes. */
  alive = true;
  private readonly decoder = new PacketDecoder({ from: 'device', onLine: (line) => this.lines.push(line) });
  private nextBeatUs = 0;

  constructor(options: Partial<BoxOptions> = {}) {
    this.box = new Box({ profile: als, patient: new SpikePatient(), rng: new Rng('box'), ...options });
    this.take(this.box.step(0, new Uint8Array(0)).bytesOut);
  }

  /** Lets time pass, with heartbeats. */
  wait(ms: number): void {
    const end = this.nowUs + ms * 1000;
    while (this.alive && this.session !== 0 && this.nextBeatUs <= end) {
      const at = Math.max(this.nextBeatUs, this.nowUs);
      this.nowUs = at;
      this.nextBeatUs = at + 200_000;
      this.send({ type: 'heartbeat', tUs: at, state: 0, lastSeqSeen: 0, rxErrors: 0, dropped: 0 });
    }
    this.nowUs = end;
    this.take(this.box.step(end, new Uint8Array(0)).bytesOut);
  }

  send(message: Message, session = this.session, seq = ++this.seq & 0xffff): void {
    this.push(encodePacket({ message, seq, session, flags: 1 }));
  }

  push(bytes: Uint8Array): void {
    this.take(this.box.step(this.nowUs, bytes).bytesOut);
  }

  /** HELLO after the self-test; the session is open afterwards. */
  connect(nonce = 1): this {
    this.wait(this.nowUs === 0 ? 1000 : 0);
    this.send(hello(nonce), 0);
    this.session = this.last('welcome').session;
    this.nextBeatUs = this.nowUs;
    return this;
  }

  /** Sends a command and gives the name of the answer. */
  command(message: Message): string {
    const before = this.heard.length;
    this.send(message);
    const reply = this.heard.slice(before).findLast((m) => m.type === 'ack' || m.type === 'nak');
    return reply ? REPLIES[(reply as MessageOf<'ack'>).code] : 'silence';
  }

  charge(energyJ: number): number {
    this.command({ type: 'charge', energyDj: energyJ * 10 });
    for (let i = 0; i < 200 && this.box.bench.state === 'charging'; i++) this.wait(100);
    return this.armId;
  }

  fire(
    options: { armId?: number; energyJ?: number; sync?: number; validMs?: number; waitRMs?: number } = {},
  ): string {
    const { armId = this.armId, energyJ = 200, sync = 0, validMs = 1000, waitRMs = 5000 } = options;
    const validUntilUs = this.nowUs + validMs * 1000;
    return this.command({ type: 'fire', armId, energyDj: energyJ * 10, sync, validUntilUs, waitRMs });
  }

  get armId(): number {
    return this.event('ready')?.armId ?? 0;
  }

  all<K extends MessageType>(type: K): MessageOf<K>[] {
    return this.heard.filter((m): m is MessageOf<K> => m.type === type);
  }

  last<K extends MessageType>(type: K): MessageOf<K> {
    const found = this.all(type).at(-1);
    if (found === undefined) throw new Error(`no ${type} was heard`);
    return found;
  }

  events(code: (typeof EVENTS)[number]): MessageOf<'event'>[] {
    const seen = new Set<number>();
    return this.all('event').filter((e) => {
      if (EVENTS[e.code] !== code || seen.has(e.eventId)) return false;
      seen.add(e.eventId);
      return true;
    });
  }

  event(code: (typeof EVENTS)[number]): MessageOf<'event'> | undefined {
    return this.events(code).at(-1);
  }

  get state(): string {
    return BOX_STATES[this.last('status').state];
  }

  private take(bytes: Uint8Array): void {
    const events: number[] = [];
    this.decoder.push(bytes, ({ message }) => {
      this.heard.push(message);
      if (message.type === 'event') events.push(message.eventId);
    });
    if (!this.alive) return;
    for (const eventId of events) this.send({ type: 'eventAck', eventId });
  }
}

export function hello(nonce = 1): MessageOf<'hello'> {
  return {
    type: 'hello',
    magic: 'DFIB',
    minVer: 1,
    maxVer: 1,
    features: 0,
    mtu: 252,
    nonce,
    schemaHash: SCHEMA_HASH,
    name: 'test',
  };
}
