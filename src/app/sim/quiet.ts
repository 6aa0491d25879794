/**
 * How far a stage may jump while both ends only tell each other that they are there: heartbeats, clock exchanges and
 * questions for STATUS on a good cable change nothing but the time at which each was heard last, and that is known.
 *
 * Exact, not a model: test/sim/quiet.test.ts tells stories with and without and finds the same events at the same times.
 */
import type { BeatBox } from '../../../firmware-sim/beat-box.ts';
import type { Microseconds } from '../../core/units.ts';
import type { Session } from '../../session/session.ts';

/** There and back on a good cable, with a little room: nothing is under way at the end of a jump. */
export const ROUND_TRIP_US = 600;
const ONE_WAY_US = 250;
/** Shorter jumps do not pay. */
const LEAST_US = 150_000;

export interface Quiet {
  endUs: Microseconds;
  /** When the last packet before the end reached each side. */
  hostHeardAt: Microseconds;
  boxHeardAt: Microseconds;
}

/** Undefined where a jump does not pay. Nothing else happens before `untilUs`. */
export function quietEnd(
  now: Microseconds,
  untilUs: Microseconds,
  session: Session,
  { reports }: BeatBox,
): Quiet | undefined {
  const host = session.chores;
  // Who is about to give the other up hears of him first, or this is no quiet time.
  if (host.deadline + ROUND_TRIP_US >= reports.worriesUs) return undefined;
  if (reports.nextReportUs + ROUND_TRIP_US >= session.worriesAt) return undefined;
  let endUs = untilUs - 1;
  while (endUs - now >= LEAST_US) {
    const asked = host.lastAskedBefore(endUs);
    const beat = host.lastBeatBefore(endUs);
    const told = reports.lastReportBefore(endUs);
    const newest = Math.max(asked, beat, told);
    const hostHears = Math.max(told, asked);
    if (hostHears === -Infinity || Math.max(asked, beat) === -Infinity) return undefined;
    if (endUs - newest >= ROUND_TRIP_US) {
      const answered = asked + ONE_WAY_US;
      return {
        endUs,
        hostHeardAt: Math.max(told, answered) + ONE_WAY_US,
        boxHeardAt: Math.max(asked, beat) + ONE_WAY_US,
      };
    }
    endUs = newest;
  }
  return undefined;
}
