/**
 * The synchroniser's own path: finds the rising edge of a QRS with no look-ahead, and fires some ms later, at the R (sync-hold.ts).
 *
 *   d[n] = |x[n] + x[n-1] - x[n-k] - x[n-k-1]| / 2,  k = 33 ms       (the leap: how far the signal went in 33 ms)
 *
 * A steep narrow R and a slow tall ventricular beat both leap within 33 ms, so both are seen on the way up, where a filter
 * for narrow complexes would wait for the way down. When the leap exceeds a share of what QRS complexes reach, a small
 * network (sync-features.ts) judges this sample and the next few; the first that it takes for the edge of a QRS counts.
 * When none is, the whole hump is let pass: a trigger is suppressed rather than late.
 *
 * Only a trigger that is `sure` may carry a shock (sync-sure.ts, docs/SAFETY.md).
 *
 * The levels come from the confirmed beats, which run behind; before the first is confirmed nothing fires. Measured on
 * records the judge has not seen (`npm run bench:folds`): docs/RESULTS.md.
 */
import { type Hertz, msToSamples } from '../core/units.ts';
import type { Candidates } from './candidates.ts';
import type { Usual } from './usual.ts';
import { type FrontEnd, RING_MASK } from './front-end.ts';
import { Network, type Weights } from './network.ts';
import type { DetectorProfile } from './profile.ts';
import { SYNC_FEATURES, syncFeatures, type SyncState } from './sync-features.ts';
import { SyncHold } from './sync-hold.ts';
import { SyncSure } from './sync-sure.ts';

// 28 ms makes three times as many late triggers on wide beats, 40 ms twice as many false ones (mitdb).
const LEAP_MS = 33;
/** Share of the usual leap from which on the judge looks. */
const SHARE = 0.33;
/** Margin over what is reached between beats, and its largest share of the QRS level. */
const OVER_QUIET = 1.1;
const QUIET_SHARE = 0.6;
/** What stands between beats counts up to this share of the usual leap. */
const QUIET_MOST = 0.7;
/** Where the guard against T waves starts, as a share of the usual leap and of the leap of the beat just seen: the larger counts. */
const GUARD_SHARE = 0.65;
/** So long after the first crossing an edge may still be taken. */
const TRY_MS = 40;
/** For training and validation: the low-rate sample that is judged, its features; an answer overrules. */
export type SyncTutor = (at: number, f: Float64Array, score: number) => boolean | undefined;

export class SyncTrigger implements SyncState {
  /** Low-rate samples that a leap spans. */
  readonly leap: number;
  readonly fd: Hertz;
  /** Where the last `scan` fired, -1 when it did not, and whether it is sure. */
  fired = -1;
  sure = false;
  usualLeap = Infinity;
  usualJump = Infinity;
  rr = 0.5;
  quiet = 0.5;
  /** Largest leap within the refractory time after the last trigger. */
  peak = 0.5;
  /** Usual largest leap between beats, and how long after the R it comes. */
  tLeap = 0.5;
  tTime = 0.5;
  /** Mean sign of the leaps that fired. */
  polarity = 0.5;
  lastR = 0;
  beatAt = 0;
  triedAt = 0;
  private readonly network: Network;
  private readonly tutor: SyncTutor | undefined;
  /** The leap that is being judged. */
  readonly now = new Float64Array(1);
  private readonly f = new Float64Array(SYNC_FEATURES);
  private readonly score = new Float64Array(1);
  private readonly refractory: number;
  private readonly tries: number;
  private readonly guardEnd: number;
  private readonly hold: SyncHold;
  private readonly certainty: SyncSure;
  private level = Infinity;
  /** Largest leap since the refractory time, without the hump that is being judged, and where. */
  private between = 0.5;
  private betweenAt = 0;
  /** Largest leap of the hump that is being judged; 0 outside. */
  private hump = 0.5;
  private humpAt = 0;

  constructor(fd: Hertz, profile: DetectorProfile, weights: Weights, tutor?: SyncTutor) {
    this.fd = fd;
    this.leap = Math.max(2, msToSamples(LEAP_MS, fd));
    this.refractory = msToSamples(profile.refractoryMs, fd);
    this.guardEnd = msToSamples(profile.tGuardMs, fd);
    this.tries = msToSamples(TRY_MS, fd);
    this.hold = new SyncHold(fd);
    this.certainty = new SyncSure(fd);
    this.network = new Network(weights);
    this.tutor = tutor;
    this.reset();
  }

  /** Takes the levels of the confirmed beats, the newest of which is in `slot` and has its R at `r`. */
  learn(usual: Usual, c: Candidates, slot: number, r: number): void {
    const qrs = usual.leap.value;
    this.quiet += (Math.min(c.quiet[slot], QUIET_MOST * qrs) - this.quiet) / 4;
    this.usualLeap = qrs;
    this.usualJump = usual.jump.value;
    this.rr = usual.rr.value;
    this.level = Math.max(SHARE * qrs, Math.min(OVER_QUIET * this.quiet, QUIET_SHARE * qrs));
    this.beatAt = c.at[slot];
    this.certainty.beat();
    this.hold.learn(r);
    if (this.beatAt > this.lastR) this.lastR = this.beatAt;
  }

  /** Looks at the signal from..to-1; stops after the sample on which it fires or finds an edge. Returns where it stopped. */
  scan(front: FrontEnd, from: number, to: number): number {
    const { pair } = front;
    const { leap, level } = this;
    const deaf = this.lastR + this.refractory;
    this.fired = -1;
    for (let i = from; i < to; i++) {
      const d = 0.5 * Math.abs(pair[i & RING_MASK] - pair[(i - leap) & RING_MASK]);
      if (i < deaf) {
        if (d > this.peak) this.peak = d;
        if (this.hold.isOn && this.hold.isDue(front.x, i)) {
          this.fired = i;
          return i + 1;
        }
      } else if (d <= level) {
        if (this.hump > 0) this.endHump();
        if (d > this.between) {
          this.between = d;
          this.betweenAt = i;
        }
      } else {
        this.now[0] = d; // handed over as an argument it would be allocated
        if (this.isOverGuard(i) && this.judge(front, i)) return i + 1;
      }
    }
    return to;
  }

  /** A leap after an R must exceed what a T wave reaches: a level that falls in a line until the T guard ends. */
  private isOverGuard(i: number): boolean {
    const left = (this.lastR + this.guardEnd - i) / (this.guardEnd - this.refractory);
    if (left <= 0) return true;
    const top = GUARD_SHARE * Math.max(this.usualLeap, this.peak);
    return this.now[0] > this.level + Math.max(0, top - this.level) * left;
  }

  private endHump(): void {
    if (this.hump > this.between) {
      this.between = this.hump;
      this.betweenAt = this.humpAt;
    }
    this.hump = 0;
  }

  /** True when the sample is the edge of a QRS. */
  private judge(front: FrontEnd, i: number): boolean {
    const d = this.now[0];
    if (this.hump === 0) this.triedAt = i;
    if (d > this.hump) {
      this.hump = d;
      this.humpAt = i;
    }
    if (i - this.triedAt > this.tries) return false;
    syncFeatures(this.f, front.x, i, this);
    this.network.score(this.f, this.score, 0);
    const told = this.tutor?.(i, this.f, this.score[0]);
    if (told === undefined ? this.score[0] <= 0 : !told) return false;
    this.found(front.x, i);
    return true;
  }

  /** An edge: whether the trigger is sure is settled here, when it comes is not. */
  private found(x: Float64Array, i: number): void {
    const sign = x[i & RING_MASK] > x[(i - this.leap) & RING_MASK] ? 1 : -1;
    this.hold.start(x, i, i - this.leap);
    if (i - this.lastR < 2 * this.fd && this.between > 0) {
      this.tLeap += (this.between - this.tLeap) / 4;
      this.tTime += (this.betweenAt - this.lastR - this.tTime) / 4;
    }
    this.sure = this.certainty.judge(this.score, i - this.lastR, this.rr);
    this.polarity += (sign - this.polarity) / 8;
    this.lastR = i;
    this.peak = this.between = this.hump = 0;
  }

  reset(): void {
    this.level = this.usualLeap = this.usualJump = Infinity;
    this.rr = 0.8 * this.fd;
    this.quiet = this.peak = this.tLeap = this.polarity = this.between = this.hump = 0;
    this.tTime = 0.3 * this.fd;
    this.lastR = this.beatAt = -(2 ** 29);
    this.betweenAt = this.humpAt = this.triedAt = 0;
    this.fired = -1;
    this.sure = false;
    this.hold.reset();
    this.certainty.reset();
  }
}
