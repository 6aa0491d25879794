/**
 * Whether a trigger may carry a shock: the judge is far from doubt about it, and was so about those before it. In VF the judge
 * finds edges, too, but doubts most of them. What comes so soon after an R that it may be its T wave is sure only where the
 * rhythm expects an R.
 *
 * Chosen on the shipped judge's triggers in mitdb, svdb, cudb and vfdb: with scores of 4 and 2 and no trust a sure one came in 81
 * of 104 stretches of VF, now in 57; with trust 3 in 43, but simulated VT was never sure, and that is what cardioversion is for.
 */
import { type Hertz, msToSamples } from '../core/units.ts';

/** Log-odds that are enough at any time, and where an R is expected. */
const SURE_SCORE = 5;
const EXPECTED_SCORE = 2;
/** It is expected one usual RR after the last, give or take this share of it: a T wave is not. */
const EXPECTED = 0.12;
/** Mean of the last scores or so, none of which counts for more than MOST_SCORE. */
const TRUST = 2;
const MOST_SCORE = 8;
const MEMORY = 8;
/** Until so long after an R it may be a T wave. */
const T_END_MS = 360;
/** So many beats must have been seen since the start or the last gap: until then what is usual is a guess. */
const SURE_BEATS = 8;

export class SyncSure {
  private readonly tEnd: number;
  private trust = 0.5;
  /** Confirmed beats so far. */
  private beats = 0;

  constructor(fd: Hertz) {
    this.tEnd = msToSamples(T_END_MS, fd);
    this.reset();
  }

  /** A beat was confirmed. */
  beat(): void {
    this.beats++;
  }

  /** Of the next trigger: its log-odds in score[0], `since` low-rate samples after the last R, where `rr` is usual. */
  judge(score: Float64Array, since: number, rr: number): boolean {
    const isExpected = Math.abs(since - rr) <= EXPECTED * rr;
    const isTrusted = this.trust >= TRUST && this.beats >= SURE_BEATS;
    this.trust += (Math.min(MOST_SCORE, score[0]) - this.trust) / MEMORY;
    if (!isTrusted || (!isExpected && since < this.tEnd)) return false;
    return score[0] >= (isExpected ? EXPECTED_SCORE : SURE_SCORE);
  }

  reset(): void {
    this.trust = 0;
    this.beats = 0;
  }
}
