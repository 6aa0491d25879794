/**
 * Events that the host has not acknowledged: each is repeated every 100 ms until it is, also to the next session.
 *
 * The queue is bounded: when a host acknowledges nothing, the oldest go, and are counted.
 */
import type { Microseconds } from '../src/core/units.ts';
import type { MessageOf } from '../src/protocol/messages.ts';
import { EVENT_REPEAT_MS } from '../src/protocol/rules.ts';

interface Pending {
  event: MessageOf<'event'>;
  /** 0: not sent in this session. */
  seq: number;
  dueUs: Microseconds;
}

const CAPACITY = 16;

export class EventQueue {
  dropped = 0;
  private pending: Pending[] = [];

  /** Infinity when nothing waits. */
  get nextUs(): Microseconds {
    let next = Infinity;
    for (const { dueUs } of this.pending) next = Math.min(next, dueUs);
    return next;
  }

  add(event: MessageOf<'event'>, us: Microseconds): void {
    if (this.pending.length === CAPACITY) {
      this.pending.shift();
      this.dropped++;
    }
    this.pending.push({ event, seq: 0, dueUs: us });
  }

  acknowledge(eventId: number): void {
    this.pending = this.pending.filter(({ event }) => event.eventId !== eventId);
  }

  /** The memory is gone. */
  clear(): void {
    this.pending = [];
  }

  /** A new session hears everything that the old one did not acknowledge. */
  startSession(us: Microseconds): void {
    for (const entry of this.pending) {
      entry.seq = 0;
      entry.dueUs = us;
    }
  }

  /** Sends what is due; `send` gets the seq of the first try, or 0, and returns the seq it used. */
  run(us: Microseconds, send: (event: MessageOf<'event'>, seq: number) => number): void {
    for (const entry of this.pending) {
      if (entry.dueUs > us) continue;
      entry.seq = send(entry.event, entry.seq);
      entry.dueUs = us + EVENT_REPEAT_MS * 1000;
    }
  }
}
