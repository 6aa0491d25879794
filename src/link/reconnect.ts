/**
 * When to try a lost cable again: after 0.25 s, then twice as long each time up to 2 s (docs/PROTOCOL.md), for as long as
 * anybody wants it. Knows no port and no clock: time comes in, the next try goes out.
 *
 * A cable that holds for less than the longest wait has not come back: it goes on from where it was, so that a loose plug
 * does not make a storm of sessions. What was armed stays gone: a new cable is a new session (session/wire.ts).
 */
import type { Microseconds } from '../core/units.ts';

export interface BackOff {
  firstMs: number;
  lastMs: number;
}

export class Reconnect {
  /** Tries so far, over the whole life. */
  tries = 0;
  private readonly backOff: BackOff;
  private readonly tryNow: (now: Microseconds) => void;
  private waitMs: number;
  private dueUs: Microseconds = Infinity;
  private openSinceUs: Microseconds = -Infinity;
  private isTrying = false;
  private isOver = false;

  /** `tryNow` opens a new cable, at once or later, and tells us `opened` or `failed`. */
  constructor(backOff: BackOff, tryNow: (now: Microseconds) => void) {
    this.backOff = backOff;
    this.tryNow = tryNow;
    this.waitMs = backOff.firstMs;
  }

  /** A cable is there. */
  opened(now: Microseconds): void {
    this.isTrying = false;
    this.dueUs = Infinity;
    this.openSinceUs = now;
  }

  /** The cable went away. */
  lost(now: Microseconds): void {
    if (now - this.openSinceUs >= this.backOff.lastMs * 1000) this.waitMs = this.backOff.firstMs;
    this.again(now);
  }

  /** The try came to nothing. */
  failed(now: Microseconds): void {
    this.again(now);
  }

  /** Nobody wants it any more. */
  stop(): void {
    this.isOver = true;
    this.dueUs = Infinity;
  }

  /** Tries when it is time; says when to call again. */
  poll(now: Microseconds): Microseconds | undefined {
    if (now >= this.dueUs && !this.isTrying) {
      this.dueUs = Infinity;
      this.isTrying = true;
      this.tries++;
      this.tryNow(now);
    }
    return this.dueUs === Infinity ? undefined : this.dueUs;
  }

  private again(now: Microseconds): void {
    this.isTrying = false;
    if (this.isOver) return;
    this.dueUs = now + this.waitMs * 1000;
    this.waitMs = Math.min(2 * this.waitMs, this.backOff.lastMs);
  }
}
