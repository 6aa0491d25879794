/**
 * The synchroniser's own path: fires on the rising edge of a QRS, with no look-ahead.
 *
 *   d[n] = |x[n] + x[n-1] - x[n-k] - x[n-k-1]| / 2,  k = 33 ms       (the leap: how far the signal went in 33 ms)
 *
 * Fires when the leap exceeds the larger of two levels: a share of what the last eight QRS complexes reached, and what
 * the stretches before them reached (P, T, noise) with a margin. A steep narrow R and a slow tall ventricular beat both
 * leap within 33 ms, so both fire on the way up, where a filter for narrow complexes would wait for the way down.
 * After an R the level starts high and falls in a line until the T guard ends: a T wave leaps less than its own QRS.
 *
 * The levels come from the confirmed beats, which run behind; before the first is confirmed nothing fires. Measured on
 * mitdb, lead 0 (`npm run bench -- sync`): docs/RESULTS.md.
 */
import { type Hertz, msToSamples } from '../core/units.ts';
import type { Candidates } from './candidates.ts';
import type { Usual } from './features.ts';
import { type FrontEnd, RING_MASK } from './front-end.ts';
import type { DetectorProfile } from './profile.ts';

// 28 ms makes three times as many late triggers on wide beats, 40 ms twice as many false ones (mitdb).
const LEAP_MS = 33;
// 0.35 doubles the false triggers, 0.45 makes 0.17 % of all triggers later than 60 ms.
const SHARE = 0.37;
/** Margin over what is reached between beats, and its largest share of the QRS level. */
const OVER_QUIET = 1.3;
const QUIET_SHARE = 0.75;
/** Where the guard starts, as a share of the usual leap and of the leap of the beat just seen: the larger counts. */
const GUARD_SHARE = 0.7;

export class SyncTrigger {
  /** Low-rate samples that a leap spans. */
  readonly leap: number;
  /** Where the last `scan` fired, -1 when it did not. */
  fired = -1;
  private readonly refractory: number;
  private readonly guardEnd: number;
  private level = Infinity;
  private usual = Infinity;
  private quiet = 0.5;
  /** Largest leap within the refractory time after the last trigger. */
  private peak = 0.5;
  private firedAt = 0;

  constructor(fd: Hertz, profile: DetectorProfile) {
    this.leap = Math.max(2, msToSamples(LEAP_MS, fd));
    this.refractory = msToSamples(profile.refractoryMs, fd);
    this.guardEnd = msToSamples(profile.tGuardMs, fd);
    this.reset();
  }

  /** Takes the levels of the confirmed beats, the newest of which is in `slot`. */
  learn(usual: Usual, c: Candidates, slot: number): void {
    const qrs = usual.leap.value;
    this.quiet += (Math.min(c.quiet[slot], GUARD_SHARE * qrs) - this.quiet) / 4;
    this.usual = qrs;
    this.level = Math.max(SHARE * qrs, Math.min(OVER_QUIET * this.quiet, QUIET_SHARE * qrs));
  }

  /** Looks at the signal from..to-1; stops after the sample on which it fires. Returns where it stopped. */
  scan(front: FrontEnd, from: number, to: number): number {
    const { x } = front;
    const { leap, level, firedAt, refractory, guardEnd } = this;
    const deaf = firedAt + refractory;
    this.fired = -1;
    for (let i = from; i < to; i++) {
      const now = x[i & RING_MASK] + x[(i - 1) & RING_MASK];
      const d = 0.5 * Math.abs(now - x[(i - leap) & RING_MASK] - x[(i - leap - 1) & RING_MASK]);
      if (i < deaf) {
        if (d > this.peak) this.peak = d;
      } else if (d > level) {
        const left = (firedAt + guardEnd - i) / (guardEnd - refractory);
        const top = GUARD_SHARE * Math.max(this.usual, this.peak);
        if (left > 0 && d <= level + Math.max(0, top - level) * left) continue;
        this.fired = this.firedAt = i;
        this.peak = 0;
        return i + 1;
      }
    }
    return to;
  }

  reset(): void {
    this.level = this.usual = Infinity;
    this.quiet = this.peak = 0;
    this.firedAt = -(2 ** 29);
    this.fired = -1;
  }
}
