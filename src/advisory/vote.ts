/**
 * Several windows decide together: the score now, one window ago and two windows ago (no overlap).
 *
 *   voted score = mean of the three, each held within +-4;  shock where it is over 0
 *   early exit: the two newest both over 1.5 (shock) or both under -1.5 (no shock) decide without the third
 *
 * A window that a gate answered counts as -4 (no shock) or is left out (inconclusive). The newest window must be
 * conclusive and at least two must take part. One artifact among three windows does not move the decision.
 *
 * A slow VT (decide.ts) votes with its score, but where all windows that have an opinion call it so, no shock is advised: one
 * or two such windows also happen in VF, which repeats itself for some seconds.
 */
import type { Verdict } from '../core/advice.ts';

export interface VoteOptions {
  windows: number;
  clip: number;
  early: number;
}

export const VOTE: VoteOptions = { windows: 3, clip: 4, early: 1.5 };

export interface VoteResult {
  verdict: Verdict;
  /** Mean of the clipped scores; NaN when inconclusive. */
  score: number;
  /** Windows that took part. */
  voters: number;
}

/** The number a window votes with; NaN where it has no opinion. */
export function ballot(verdict: Verdict, score: number, options: VoteOptions): number {
  if (verdict === 'inconclusive') return NaN;
  const sure = Number.isNaN(score) ? (verdict === 'shock' ? Infinity : -Infinity) : score;
  return Math.max(-options.clip, Math.min(options.clip, sure));
}

/** `ballots`, newest first, and which of their windows were called a slow VT. */
export function vote(
  ballots: readonly number[],
  options: VoteOptions = VOTE,
  slowVT: readonly boolean[] = [],
): VoteResult {
  const none: VoteResult = { verdict: 'inconclusive', score: NaN, voters: 0 };
  if (ballots.length === 0 || Number.isNaN(ballots[0])) return none;
  const given = ballots.slice(0, options.windows).filter((b) => !Number.isNaN(b));
  if (given.length < Math.min(2, options.windows)) return none;
  const newest = given.slice(0, 2);
  const early =
    newest.every((b) => b > options.early) || newest.every((b) => b < -options.early) ? newest : given;
  const score = early.reduce((sum, b) => sum + b, 0) / early.length;
  const isSlow = ballots.slice(0, options.windows).every((b, i) => Number.isNaN(b) || slowVT[i]);
  return { verdict: score > 0 && !isSlow ? 'shock' : 'noShock', score, voters: early.length };
}
