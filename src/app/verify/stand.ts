/**
 * Where a device is verified: one face for the simulated box in this program (on the simulated clock) and for a device at
 * the end of a cable (in real time). The checks are written once and know neither clocks nor ports.
 */
import type { Microseconds } from '../../core/units.ts';
import type { BenchAnswerOf, BenchRequest, BenchType } from '../../protocol/bench-messages.ts';

/** Whoever holds the host's end of the cable: a packet host, a terminal, or the whole session. */
export interface HostEnd {
  onSend: (bytes: Uint8Array) => void;
  opened(now: Microseconds): void;
  closed(why: string, now: Microseconds): void;
  receive(bytes: Uint8Array, now: Microseconds): void;
  /** Does what is due; says when to call again. */
  poll(now: Microseconds): Microseconds | undefined;
}

/** What can be asked of the bench channel; the answer without `id` and `ok`. */
export interface BenchHands {
  ask<K extends BenchType>(request: Extract<BenchRequest, { do: K }>): Promise<BenchAnswerOf<K>>;
}

/** The bench channel cannot do that here: what needs it is not run. */
export class BenchRefused extends Error {}

export interface Stand {
  readonly kind: 'simulated' | 'cable';
  readonly now: Microseconds;
  /** Undefined: a device without a bench channel, like real firmware. */
  bench: BenchHands | undefined;
  /** Gives the cable to a host; the one before hears nothing any more. */
  attach(host: HostEnd): void;
  /** Lets time pass until `done`, at most so long; says whether it was done. */
  until(done: () => boolean, mostMs: number): Promise<boolean>;
  close(): void;
}
