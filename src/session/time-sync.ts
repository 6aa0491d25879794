/**
 * The box's clock as seen from here: of the last 16 exchanges the one with the shortest round trip counts
 * (its two ways were the most alike).
 *
 *   host t1 -> box t2 .. t3 -> host t4        offset = ((t2 - t1) + (t3 - t4)) / 2        round trip = (t4-t1) - (t3-t2)
 */
import type { Microseconds } from '../core/units.ts';
import { TIMESYNC_KEPT } from '../protocol/rules.ts';

interface Exchange {
  offsetUs: Microseconds;
  roundTripUs: Microseconds;
}

export class TimeSync {
  private kept: Exchange[] = [];

  /** NaN before the first exchange. */
  get offsetUs(): Microseconds {
    return this.best()?.offsetUs ?? NaN;
  }
  get roundTripUs(): Microseconds {
    return this.best()?.roundTripUs ?? NaN;
  }

  add(t1: Microseconds, t2: Microseconds, t3: Microseconds, t4: Microseconds): void {
    const roundTripUs = t4 - t1 - (t3 - t2);
    if (roundTripUs < 0) return;
    this.kept.push({ offsetUs: Math.round((t2 - t1 + (t3 - t4)) / 2), roundTripUs });
    if (this.kept.length > TIMESYNC_KEPT) this.kept.shift();
  }

  /** What the box's clock shows at our time `now`. */
  toBox(now: Microseconds): Microseconds {
    return Math.round(now + (this.best()?.offsetUs ?? 0));
  }

  reset(): void {
    this.kept = [];
  }

  private best(): Exchange | undefined {
    return this.kept.reduce<Exchange | undefined>(
      (best, e) => (best === undefined || e.roundTripUs < best.roundTripUs ? e : best),
      undefined,
    );
  }
}
