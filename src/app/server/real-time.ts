/**
 * Makes simulated time follow the monotonic clock: every 10 ms the simulation is advanced to where the wall is.
 *
 * After a pause of the computer (sleep, a debugger) what is more than half a second behind is dropped, not caught up: a
 * patient who lived through a night in a second would be of no use to anybody.
 */
import type { Microseconds } from '../../core/units.ts';

const TICK_MS = 10;
const MOST_CATCH_UP_US = 500_000;

export class RealTime {
  private readonly advanceTo: (now: Microseconds) => void;
  private readonly timer: NodeJS.Timeout;
  private lastMs = performance.now();
  private time: Microseconds = 0;

  constructor(advanceTo: (now: Microseconds) => void) {
    this.advanceTo = advanceTo;
    this.timer = setInterval(() => this.tick(), TICK_MS);
  }

  /** Simulated time, at most a tick old. */
  get now(): Microseconds {
    return this.time;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Brings the simulation up to this very moment. */
  tick(): void {
    const nowMs = performance.now();
    const passedUs = Math.round((nowMs - this.lastMs) * 1000);
    this.lastMs = nowMs;
    this.time += Math.min(passedUs, MOST_CATCH_UP_US);
    this.advanceTo(this.time);
  }
}
