/**
 * Where the R wave peaks: the sample within 70 ms of the hump's middle that lies farthest from the local baseline
 * (the mean of the signal 60-90 ms to either side). Works for either polarity.
 */
import { RING_MASK } from './front-end.ts';
import type { Hertz } from '../core/units.ts';

const REACH_MS = 70;
const EDGE_FROM_MS = 60;
const EDGE_TO_MS = 90;

/** Index in the decimated signal. */
export function rPeak(x: Float64Array, at: number, fd: Hertz): number {
  const from = Math.round((EDGE_FROM_MS * fd) / 1000);
  const to = Math.round((EDGE_TO_MS * fd) / 1000);
  let base = 0;
  for (let k = from; k <= to; k++) base += x[(at - k) & RING_MASK] + x[(at + k) & RING_MASK];
  base /= 2 * (to - from + 1);
  const reach = Math.round((REACH_MS * fd) / 1000);
  let best = -1;
  let peak = at;
  for (let i = at - reach; i <= at + reach; i++) {
    const d = Math.abs(x[i & RING_MASK] - base);
    if (d > best) {
      best = d;
      peak = i;
    }
  }
  return peak;
}
