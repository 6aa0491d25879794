/**
 * A bad cable around a good one. Both directions suffer, each with its own dice, so the same seed and the same
 * traffic give the same damage. Bytes move only in `poll`, as on a memory pair.
 */
import { copyOf } from '../core/byte-pool.ts';
import type { Rng } from '../core/rng.ts';
import type { Microseconds } from '../core/units.ts';
import { pieces } from './cut.ts';
import { Endpoint } from './endpoint.ts';
import type { FaultSpec, Ratio } from './fault-spec.ts';
import { isUnplugged, isWithin } from './fault-spec.ts';
import type { Link } from './link.ts';

/** A link whose bytes move when it is told the time. */
export interface TimedLink extends Link {
  /** Moves what is due; says when to call again, or undefined when nothing is under way. */
  poll(now: Microseconds): Microseconds | undefined;
}

/** What a cable did so far, both directions together. */
export interface FaultCounters {
  flipped: number;
  dropped: number;
  duplicated: number;
  reordered: number;
  truncated: number;
  garbled: number;
  stalled: number;
  muted: number;
}

const CAPACITY = 262_144;
/** On the line at 8N1. */
const BITS_PER_BYTE = 10;

/** One direction: damages packets on their way in, hands them out when they are due. */
class Lane {
  private spec: FaultSpec;
  private readonly rng: Rng;
  private readonly counters: FaultCounters;
  private queue: { dueUs: Microseconds; bytes: Uint8Array }[] = [];
  private queued = 0;
  private lastDueUs = 0;
  private capacity = CAPACITY;
  private held: Uint8Array | undefined;

  constructor(spec: FaultSpec, rng: Rng, counters: FaultCounters) {
    this.rng = rng;
    this.counters = counters;
    this.spec = spec;
    this.use(spec);
  }

  /** From the next packet on. */
  use(spec: FaultSpec): void {
    this.spec = spec;
    this.capacity = spec.baud === undefined ? CAPACITY : Math.ceil(spec.baud / BITS_PER_BYTE);
  }

  get nextDueUs(): Microseconds {
    return this.queue.length > 0 ? this.queue[0].dueUs : Infinity;
  }

  /** A packet ends with a zero byte; what is left over counts as one. */
  accept(bytes: Uint8Array, now: Microseconds): boolean {
    if (this.queued + bytes.length > this.capacity) return false;
    for (let from = 0; from < bytes.length;) {
      const zero = bytes.indexOf(0, from);
      const to = zero < 0 ? bytes.length : zero + 1;
      this.acceptPacket(bytes, from, to, now);
      from = to;
    }
    return true;
  }

  deliver(now: Microseconds, send: (bytes: Uint8Array) => void): void {
    while (this.nextDueUs <= now) {
      const first = this.queue.shift();
      if (first === undefined) return;
      this.queued -= first.bytes.length;
      send(first.bytes);
    }
  }

  clear(): void {
    this.queue = [];
    this.queued = 0;
    this.held = undefined;
  }

  private happens(ratio: Ratio | undefined): boolean {
    return ratio !== undefined && this.rng.chance(ratio.times, ratio.outOf);
  }

  private acceptPacket(from: Uint8Array, begin: number, end: number, now: Microseconds): void {
    const { spec, rng, counters } = this;
    if (this.happens(spec.drop)) {
      counters.dropped++;
      return;
    }
    let bytes = this.flipBits(copyOf(from, begin, end));
    if (this.happens(spec.truncate)) {
      counters.truncated++;
      bytes = bytes.subarray(0, rng.int(0, bytes.length - 1));
    }
    if (this.happens(spec.garbage)) {
      counters.garbled++;
      this.enqueue(
        Uint8Array.from({ length: rng.int(1, 32) }, () => rng.int(0, 255)),
        now,
      );
    }
    if (this.held === undefined && this.happens(spec.reorder)) {
      counters.reordered++;
      this.held = bytes;
      return;
    }
    this.enqueue(bytes, now);
    if (this.happens(spec.duplicate)) {
      counters.duplicated++;
      this.enqueue(bytes, now);
    }
    if (this.held !== undefined) {
      this.enqueue(this.held, now);
      this.held = undefined;
    }
  }

  private flipBits(bytes: Uint8Array): Uint8Array {
    const { flip } = this.spec;
    if (flip === undefined) return bytes;
    for (let i = 0; i < bytes.length; i++) {
      if (!this.happens(flip)) continue;
      bytes[i] ^= 1 << this.rng.int(0, 7);
      this.counters.flipped++;
    }
    return bytes;
  }

  private enqueue(bytes: Uint8Array, now: Microseconds): void {
    const { spec, rng } = this;
    const { delayUs = 0, jitterUs = 0, burstUs = 0, stallUs = 0 } = spec;
    let dueUs = now + delayUs + (jitterUs > 0 ? rng.int(0, jitterUs) : 0);
    if (this.happens(spec.stall)) {
      this.counters.stalled++;
      dueUs += stallUs;
    }
    if (burstUs > 0) dueUs = Math.ceil(dueUs / burstUs) * burstUs;
    const usPerByte = spec.baud === undefined ? 0 : (BITS_PER_BYTE * 1_000_000) / spec.baud;
    for (const piece of pieces(bytes, spec.split ?? 'whole', rng)) {
      // A cable keeps the order of its bytes, and a UART sends one after the other.
      dueUs = Math.max(dueUs, this.lastDueUs) + piece.length * usPerByte;
      this.lastDueUs = dueUs;
      this.queue.push({ dueUs: Math.ceil(dueUs), bytes: piece });
      this.queued += piece.length;
    }
  }
}

function nextUnplugUs({ unplug }: FaultSpec, us: Microseconds): Microseconds {
  let next = Infinity;
  if (unplug !== undefined) for (const { atUs } of unplug) if (atUs > us) next = Math.min(next, atUs);
  return next;
}

export interface FaultyLink extends TimedLink {
  readonly counters: Readonly<FaultCounters>;
  /** Does this from now on; what is under way has had its damage. */
  setFaults(spec: FaultSpec): void;
}

/**
 * `startUs`: what the times in `spec` count from; without it, the first poll. A cable that is plugged in again goes on in the
 * same run.
 */
export function faulty(inner: Link, rng: Rng, spec: FaultSpec, startUs?: Microseconds): FaultyLink {
  const counters: FaultCounters = {
    flipped: 0,
    dropped: 0,
    duplicated: 0,
    reordered: 0,
    truncated: 0,
    garbled: 0,
    stalled: 0,
    muted: 0,
  };
  const out = new Lane(spec, rng.fork('out'), counters);
  const into = new Lane(spec, rng.fork('in'), counters);
  let now: Microseconds = startUs ?? 0;
  const isMute = () => isWithin(spec.mute, now - (startUs ?? now));
  const accept = (lane: Lane, bytes: Uint8Array): boolean => {
    if (!isMute()) return lane.accept(bytes, now);
    counters.muted++;
    return true;
  };
  const link = new Endpoint(`${inner.name} (faulty)`, {
    send: (bytes) => accept(out, bytes),
    shut: () => {
      out.clear();
      into.clear();
      inner.close();
    },
  }).takeSpeedOf(inner);
  inner.onBytes = (bytes) => void accept(into, bytes);
  inner.onClose = (why) => link.end(why);

  const write = (bytes: Uint8Array): void => void inner.write(bytes);
  const arrive = (bytes: Uint8Array): void => link.arrive(bytes);
  const poll = (time: Microseconds): Microseconds | undefined => {
    now = time;
    const since = (startUs ??= time);
    if (link.open && isUnplugged(spec, now - since)) link.end('unplugged');
    if (!link.open) return undefined;
    out.deliver(now, write);
    into.deliver(now, arrive);
    const next = Math.min(out.nextDueUs, into.nextDueUs, since + nextUnplugUs(spec, now - since));
    return next === Infinity ? undefined : next;
  };
  const setFaults = (next: FaultSpec): void => {
    spec = next;
    out.use(next);
    into.use(next);
  };
  return Object.assign(link, { poll, counters, setFaults });
}
