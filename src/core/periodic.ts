/**
 * Something that is due again and again, as a number that a simulation may move on without doing it.
 */
import type { Microseconds } from './units.ts';

/** The last time before `endUs` at which it is due, from `nextUs` on every `periodUs`; -Infinity when it is not. */
export function lastDueBefore(
  nextUs: Microseconds,
  periodUs: Microseconds,
  endUs: Microseconds,
): Microseconds {
  if (!(nextUs < endUs)) return -Infinity;
  return nextUs + Math.floor((endUs - 1 - nextUs) / periodUs) * periodUs;
}

/** When it is due first at `endUs` or later. */
export function firstDueFrom(
  nextUs: Microseconds,
  periodUs: Microseconds,
  endUs: Microseconds,
): Microseconds {
  return nextUs < endUs ? lastDueBefore(nextUs, periodUs, endUs) + periodUs : nextUs;
}
