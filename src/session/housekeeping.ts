/**
 * What the host says while nothing happens: a heartbeat five times a second, a clock exchange and a question for STATUS.
 *
 * Kept by itself so that a simulation can leave out the rounds that change nothing (`leaveOut`).
 */
import { firstDueFrom, lastDueBefore } from '../core/periodic.ts';
import type { Microseconds } from '../core/units.ts';
import { HEARTBEAT_MS, TIMESYNC_MS } from '../protocol/rules.ts';

export interface Chores {
  beat: () => void;
  syncTime: () => void;
  askStatus: () => void;
  /** Nothing is charged: STATUS may be older. */
  isIdle: () => boolean;
}

const HEARTBEAT_US = HEARTBEAT_MS * 1000;
const TIMESYNC_US = TIMESYNC_MS * 1000;
const STATUS_US = { charged: 250_000, idle: 1_000_000 } as const;

export class Housekeeping {
  private readonly chores: Chores;
  private heartbeatAt: Microseconds = Infinity;
  private timesyncAt: Microseconds = Infinity;
  private statusAt: Microseconds = Infinity;

  constructor(chores: Chores) {
    this.chores = chores;
  }

  get deadline(): Microseconds {
    return Math.min(this.heartbeatAt, this.timesyncAt, this.statusAt);
  }

  start(now: Microseconds): void {
    this.heartbeatAt = this.timesyncAt = this.statusAt = now;
  }

  stop(): void {
    this.heartbeatAt = this.timesyncAt = this.statusAt = Infinity;
  }

  /** Not at its time but now. */
  askStatusNow(now: Microseconds): void {
    this.statusAt = now + this.statusPeriodUs;
    this.chores.askStatus();
  }

  poll(now: Microseconds): void {
    if (now >= this.heartbeatAt) {
      this.heartbeatAt = now + HEARTBEAT_US;
      this.chores.beat();
    }
    if (now >= this.timesyncAt) {
      this.timesyncAt = now + TIMESYNC_US;
      this.chores.syncTime();
    }
    if (now >= this.statusAt) this.askStatusNow(now);
  }

  /** When something that has an answer was said last, if nobody comes in between. */
  lastAskedBefore(endUs: Microseconds): Microseconds {
    const status = lastDueBefore(this.statusAt, this.statusPeriodUs, endUs);
    return Math.max(status, lastDueBefore(this.timesyncAt, TIMESYNC_US, endUs));
  }

  lastBeatBefore(endUs: Microseconds): Microseconds {
    return lastDueBefore(this.heartbeatAt, HEARTBEAT_US, endUs);
  }

  /** Everything that would be said before `endUs` counts as said. */
  leaveOut(endUs: Microseconds): void {
    this.heartbeatAt = firstDueFrom(this.heartbeatAt, HEARTBEAT_US, endUs);
    this.timesyncAt = firstDueFrom(this.timesyncAt, TIMESYNC_US, endUs);
    this.statusAt = firstDueFrom(this.statusAt, this.statusPeriodUs, endUs);
  }

  private get statusPeriodUs(): Microseconds {
    return this.chores.isIdle() ? STATUS_US.idle : STATUS_US.charged;
  }
}
