import { assert } from './errors.ts';
import type { Microseconds } from './units.ts';

/** Time as everybody but `src/app` sees it: a number that somebody hands in. */
export interface Clock {
  readonly now: Microseconds;
}

/** A clock that stands still until it is told to move. */
export class SimulatedClock implements Clock {
  private time: Microseconds;

  constructor(start: Microseconds = 0) {
    this.time = start;
  }

  get now(): Microseconds {
    return this.time;
  }

  advanceBy(us: Microseconds): void {
    assert(us >= 0, () => `time goes forward, not by ${us} us`);
    this.time += us;
  }

  advanceTo(us: Microseconds): void {
    assert(us >= this.time, () => `time goes forward, from ${this.time} not to ${us}`);
    this.time = us;
  }
}
