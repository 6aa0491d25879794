/**
 * A cable in memory, on a clock that somebody hands in: it delays, cuts messages in pieces, refuses when it is full
 * or closed. Bytes that are under way when either end closes are lost, as on a pulled plug.
 *
 * Nothing arrives inside `write`: only `poll` delivers, what was due when it was called, oldest first.
 */
import { copyOf } from '../core/byte-pool.ts';
import type { Rng } from '../core/rng.ts';
import type { Microseconds } from '../core/units.ts';
import { pieces } from './cut.ts';
import type { Chunking } from './cut.ts';
import { Endpoint } from './endpoint.ts';
import type { Link } from './link.ts';

export interface MemoryPairOptions {
  /** From `write` to `onBytes`; 250 us is about what a pseudo-terminal takes. */
  delayUs?: Microseconds;
  chunk?: Chunking;
  /** Only for chunk 'random'. */
  rng?: Rng;
  /** Bytes under way in one direction. */
  capacity?: number;
}

export interface MemoryPair {
  readonly host: Link;
  readonly device: Link;
  /** Delivers what is due; says when to call again, or undefined when nothing is under way. */
  poll(now: Microseconds): Microseconds | undefined;
}

interface Parcel {
  dueUs: Microseconds;
  bytes: Uint8Array;
}

/** One direction. */
class Wire {
  readonly parcels: Parcel[] = [];
  bytesUnderWay = 0;
  now: Microseconds = 0;
  private readonly options: MemoryPairOptions;

  constructor(options: MemoryPairOptions) {
    this.options = options;
  }

  send(bytes: Uint8Array): boolean {
    const { capacity = 65_536, delayUs = 250, chunk = 'whole', rng } = this.options;
    if (this.bytesUnderWay + bytes.length > capacity) return false;
    for (const piece of pieces(bytes, chunk, rng)) {
      this.parcels.push({ dueUs: this.now + delayUs, bytes: copyOf(piece) });
    }
    this.bytesUnderWay += bytes.length;
    return true;
  }

  get nextDueUs(): Microseconds {
    return this.parcels.length > 0 ? this.parcels[0].dueUs : Infinity;
  }

  clear(): void {
    this.parcels.length = 0;
    this.bytesUnderWay = 0;
  }

  /** Hands out the parcels that are due now, not those that the receiver sends meanwhile. */
  deliver(to: Endpoint): void {
    let due = 0;
    while (due < this.parcels.length && this.parcels[due].dueUs <= this.now) due++;
    for (; due > 0; due--) {
      const parcel = this.parcels.shift();
      if (parcel === undefined) return;
      this.bytesUnderWay -= parcel.bytes.length;
      to.arrive(parcel.bytes);
    }
  }
}

export function memoryPair(options: MemoryPairOptions = {}): MemoryPair {
  const toDevice = new Wire(options);
  const toHost = new Wire(options);
  const endpoint = (side: string, wire: Wire, peer: () => Endpoint): Endpoint =>
    new Endpoint(`memory:${side}`, {
      send: (bytes) => wire.send(bytes),
      shut: () => {
        toDevice.clear();
        toHost.clear();
        peer().end('the other end closed');
      },
    });
  const host: Endpoint = endpoint('host', toDevice, () => device);
  const device: Endpoint = endpoint('device', toHost, () => host);
  return {
    host,
    device,
    poll(now) {
      toDevice.now = now;
      toHost.now = now;
      toDevice.deliver(device);
      toHost.deliver(host);
      const next = Math.min(toDevice.nextDueUs, toHost.nextDueUs);
      return next === Infinity ? undefined : next;
    },
  };
}
