/**
 * What the judge of the synchroniser looks at on a sample whose leap is large: sixteen numbers without unit, all known
 * now. How large and how sudden the leap is, what the signal did in the 100 ms before, and how the time since the last R
 * agrees with the usual T wave and the usual RR. No logarithm: a ratio a/b goes in as a / (a + b), which stays in 0..1.
 */
import { RING_MASK } from './front-end.ts';
import type { Hertz } from '../core/units.ts';

export const SYNC_FEATURES = 16;
/** The fast jump that QRS complexes have (measure.ts uses the same). */
const JUMP_S = 0.011;
const TINY = 1e-9;

/** What the trigger remembers. Times in low-rate samples, leaps in mV. */
export interface SyncState {
  readonly fd: Hertz;
  /** The leap that is judged. */
  readonly now: Float64Array;
  readonly leap: number;
  readonly usualLeap: number;
  readonly usualJump: number;
  readonly rr: number;
  readonly quiet: number;
  readonly peak: number;
  readonly tLeap: number;
  readonly tTime: number;
  readonly polarity: number;
  readonly lastR: number;
  readonly beatAt: number;
  readonly triedAt: number;
}

/** Fills f for sample i of the ring x. */
export function syncFeatures(f: Float64Array, x: Float64Array, i: number, s: SyncState): void {
  const d = s.now[0];
  const { leap, fd } = s;
  const v0 = x[i & RING_MASK];
  const v1 = x[(i - leap) & RING_MASK];
  const v2 = x[(i - 2 * leap) & RING_MASK];
  const v3 = x[(i - 3 * leap) & RING_MASK];
  const v4 = x[(i - 4 * leap) & RING_MASK];
  const sign = v0 > v1 ? 1 : -1;
  const scale = sign / (d + TINY);
  const back = Math.max(1, Math.round(JUMP_S * fd));
  const jump = Math.abs(v0 - x[(i - back) & RING_MASK]);
  const step = Math.abs(v0 - x[(i - 1) & RING_MASK]) * leap;
  const since = i - s.lastR;
  f[0] = d / (d + s.usualLeap);
  f[1] = jump / (jump + s.usualJump + TINY);
  f[2] = (jump * leap) / (jump * leap + back * d + TINY);
  f[3] = step / (step + d + TINY);
  f[4] = soft((v1 - v2) * scale);
  f[5] = soft((v2 - v3) * scale);
  f[6] = soft((v3 - v4) * scale);
  f[7] = Math.min(2, since / s.rr);
  f[8] = Math.min(1.5, since / fd);
  f[9] = s.tLeap / (s.tLeap + d);
  f[10] = Math.min(0.5, Math.abs(since - s.tTime) / fd);
  f[11] = s.quiet / (s.quiet + d);
  f[12] = s.peak / (s.peak + d);
  f[13] = sign * s.polarity;
  f[14] = Math.min(2.5, (i - s.beatAt) / s.rr);
  f[15] = (i - s.triedAt) / fd;
}

const soft = (u: number): number => u / (1 + Math.abs(u));
