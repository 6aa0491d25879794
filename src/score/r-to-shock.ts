/**
 * How a synchronized delivery, or the marker that could carry one, is counted against the R waves that somebody annotated.
 *
 *   it belongs to the nearest R within 150 ms (EC57's match window), before or after it; `ms` is signed, after is positive
 *   within: at most 60 ms away from that R, either way (IEC 60601-2-4 limits the time after R; before it is our own bar)
 *   early, late: farther from it; stray: no R within 150 ms
 *   on T: not within, and 160 to 360 ms after the newest R
 *
 * One delivery counts once. An early one is not turned into a late one of the beat before. Cost: a search by halves.
 */
import { type Hertz, type SampleIndex, samplesToMs } from '../core/units.ts';

export const MATCH_MS = 150;
export const WITHIN_MS = 60;
export const T_WAVE = { fromMs: 160, toMs: 360 } as const;

export type Placed = 'within' | 'early' | 'late' | 'stray';

export interface RToShock {
  placed: Placed;
  /** Number of the R that it belongs to, and the time from there; -1 and NaN for a stray one. */
  r: number;
  ms: number;
  onT: boolean;
}

/** `rs`: samples of the annotated R waves, rising. */
export function rToShock(rs: readonly SampleIndex[], sample: SampleIndex, fs: Hertz): RToShock {
  const before = newest(rs, sample);
  const sinceMs = before < 0 ? Infinity : samplesToMs(sample - rs[before], fs);
  const untilMs = before + 1 < rs.length ? samplesToMs(rs[before + 1] - sample, fs) : Infinity;
  const isAfter = sinceMs <= untilMs;
  const ms = isAfter ? sinceMs : -untilMs;
  const placed = placeOf(ms);
  const onT = placed !== 'within' && sinceMs >= T_WAVE.fromMs && sinceMs <= T_WAVE.toMs;
  if (placed === 'stray') return { placed, r: -1, ms: NaN, onT };
  return { placed, r: isAfter ? before : before + 1, ms, onT };
}

function placeOf(ms: number): Placed {
  if (Math.abs(ms) > MATCH_MS) return 'stray';
  if (Math.abs(ms) <= WITHIN_MS) return 'within';
  return ms < 0 ? 'early' : 'late';
}

/** Number of the last R at or before the sample, -1 when there is none. */
function newest(rs: readonly SampleIndex[], sample: SampleIndex): number {
  let [low, high] = [0, rs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rs[middle] <= sample) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
