/**
 * The bad cable of a FaultSpec for whole packets: what faulty.ts does to bytes, as far as it shows to who hears packets.
 *
 * A packet with a turned bit, a missing end or garbage before it is one that does not arrive (its CRC says so). Order is
 * kept, nothing arrives at the instant it was sent. Both directions suffer, each with its own dice.
 */
import type { Rng } from '../../core/rng.ts';
import type { Microseconds } from '../../core/units.ts';
import type { FaultSpec, Ratio } from '../../link/fault-spec.ts';
import type { Packet } from '../../protocol/codec.ts';

/** As the memory pair's: about what a pseudo-terminal takes. */
const DELAY_US = 250;
/** Bytes of an ordinary packet, for rates that count bytes. */
const PACKET_BYTES = 40;

interface Parcel {
  dueUs: Microseconds;
  packet: Packet;
}

/** One direction. */
class Lane {
  spec: FaultSpec;
  private readonly rng: Rng;
  private queue: Parcel[] = [];
  private head = 0;
  private lastDueUs: Microseconds = 0;
  private held: Packet | undefined;

  constructor(spec: FaultSpec, rng: Rng) {
    this.spec = spec;
    this.rng = rng;
  }

  get nextUs(): Microseconds {
    return this.head < this.queue.length ? this.queue[this.head].dueUs : Infinity;
  }

  clear(): void {
    this.queue = [];
    this.head = 0;
    this.held = undefined;
  }

  accept(packet: Packet, now: Microseconds, isGood: boolean): void {
    if (isGood && this.held === undefined) return this.enqueue(packet, now + DELAY_US);
    const { spec } = this;
    if (this.happens(spec.drop) || this.isDamaged()) return;
    if (this.held === undefined && this.happens(spec.reorder)) {
      this.held = packet;
      return;
    }
    this.enqueue(packet, this.arrival(now));
    if (this.happens(spec.duplicate)) this.enqueue(packet, this.arrival(now));
    if (this.held === undefined) return;
    this.enqueue(this.held, this.arrival(now));
    this.held = undefined;
  }

  /** Hands out what is due, not what is sent meanwhile. */
  deliver(now: Microseconds, to: (packet: Packet) => void): void {
    while (this.nextUs <= now) {
      const { packet } = this.queue[this.head++];
      if (this.head === this.queue.length) {
        this.queue.length = 0;
        this.head = 0;
      }
      to(packet);
    }
  }

  private happens(ratio: Ratio | undefined): boolean {
    return ratio !== undefined && this.rng.chance(ratio.times, ratio.outOf);
  }

  private isDamaged(): boolean {
    const { flip, truncate, garbage } = this.spec;
    const flips = flip === undefined ? 0 : 1 - (1 - flip.times / flip.outOf) ** PACKET_BYTES;
    return this.rng.float() < flips || this.happens(truncate) || this.happens(garbage);
  }

  private arrival(now: Microseconds): Microseconds {
    const { delayUs = 0, jitterUs = 0, burstUs = 0, stallUs = 0, stall } = this.spec;
    let due = now + DELAY_US + delayUs + (jitterUs > 0 ? this.rng.int(0, jitterUs) : 0);
    if (this.happens(stall)) due += stallUs;
    return burstUs > 0 ? Math.ceil(due / burstUs) * burstUs : due;
  }

  private enqueue(packet: Packet, dueUs: Microseconds): void {
    this.lastDueUs = Math.max(dueUs, this.lastDueUs);
    this.queue.push({ dueUs: this.lastDueUs, packet });
  }
}

export class PacketCable {
  open = true;
  private readonly toBox: Lane;
  private readonly toHost: Lane;
  isGood = true;

  constructor(spec: FaultSpec, rng: Rng) {
    this.toBox = new Lane(spec, rng.fork('out'));
    this.toHost = new Lane(spec, rng.fork('in'));
    this.faults = spec;
  }

  get nextUs(): Microseconds {
    return Math.min(this.toBox.nextUs, this.toHost.nextUs);
  }

  /** What it does to the packets from now on. */
  set faults(spec: FaultSpec) {
    this.toBox.spec = this.toHost.spec = spec;
    this.isGood = Object.keys(spec).length === 0;
  }

  fromHost(packet: Packet, now: Microseconds): void {
    if (this.open) this.toBox.accept(packet, now, this.isGood);
  }

  fromBox(packet: Packet, now: Microseconds): void {
    if (this.open) this.toHost.accept(packet, now, this.isGood);
  }

  deliver(now: Microseconds, toBox: (packet: Packet) => void, toHost: (packet: Packet) => void): void {
    this.toBox.deliver(now, toBox);
    this.toHost.deliver(now, toHost);
  }

  /** What is under way is gone. */
  close(): void {
    this.open = false;
    this.toBox.clear();
    this.toHost.clear();
  }
}
