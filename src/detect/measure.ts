/**
 * Measures a candidate in the rings of the front end: span, steepness, width, contrast, roughness.
 */
import { type Candidates, SLOT_MASK } from './candidates.ts';
import { type FrontEnd, RING_MASK } from './front-end.ts';

const REACH_MS = 65;
const JUMP_MS = 11;

/** The part of the measuring that looks at the signal itself. */
export function measureSignal(c: Candidates, k: number, front: FrontEnd): void {
  const { x, fd } = front;
  const slot = k & SLOT_MASK;
  const reach = Math.round((REACH_MS * fd) / 1000);
  const at = c.at[slot];
  let low = Infinity;
  let high = -Infinity;
  let path = 0;
  let bend = 0;
  let before = x[(at - reach - 1) & RING_MASK];
  let stepBefore = 0;
  let jump = 0;
  const back = Math.max(1, Math.round((JUMP_MS * fd) / 1000));
  for (let i = at - reach; i <= at + reach; i++) {
    const v = x[i & RING_MASK];
    if (v < low) low = v;
    if (v > high) high = v;
    const step = v - before;
    path += Math.abs(step);
    bend += Math.abs(step - stepBefore);
    stepBefore = step;
    before = v;
    const d = Math.abs(v - x[(i - back) & RING_MASK]);
    if (d > jump) jump = d;
  }
  c.span[slot] = high - low;
  c.jump[slot] = jump;
  c.rough[slot] = path > 0 ? Math.min(1, bend / (2 * path)) : 1;
}

/** The part that looks at steepness and energy. */
export function measureEnergy(c: Candidates, k: number, front: FrontEnd): void {
  const { energy, slope, fd, delay } = front;
  const slot = k & SLOT_MASK;
  const peak = c.energy[slot];
  const middle = c.at[slot] + delay;
  const reach = Math.round((REACH_MS * fd) / 1000);
  const late = Math.round(front.slopeDelay);
  let steep = 0;
  for (let i = c.at[slot] + late - reach; i <= c.at[slot] + late + reach; i++)
    if (slope[i & RING_MASK] > steep) steep = slope[i & RING_MASK];
  let left = 1;
  while (left < 2 * reach && energy[(middle - left) & RING_MASK] > 0.5 * peak) left++;
  let right = 1;
  while (right < reach && energy[(middle + right) & RING_MASK] > 0.5 * peak) right++;
  const s = fd / 1000;
  const around =
    energy[(middle - Math.round(400 * s)) & RING_MASK] +
    energy[(middle - Math.round(310 * s)) & RING_MASK] +
    energy[(middle - Math.round(220 * s)) & RING_MASK] +
    energy[(middle - Math.round(130 * s)) & RING_MASK];
  c.steep[slot] = steep;
  c.width[slot] = left + right;
  c.contrast[slot] = peak / (0.25 * around + 0.02 * peak);
}

/** Largest |x[n] - x[n-leap]| within the hump, and before it. */
export function measureLeap(c: Candidates, k: number, front: FrontEnd, leap: number): void {
  const { x, fd } = front;
  const slot = k & SLOT_MASK;
  const at = c.at[slot];
  const reach = Math.round((REACH_MS * fd) / 1000);
  let most = 0;
  for (let i = at - reach; i <= at + reach; i++) {
    const d = Math.abs(x[i & RING_MASK] - x[(i - leap) & RING_MASK]);
    if (d > most) most = d;
  }
  let quiet = 0;
  const to = at - Math.round((90 * fd) / 1000);
  for (let i = at - Math.round((330 * fd) / 1000); i <= to; i++) {
    const d = Math.abs(x[i & RING_MASK] - x[(i - leap) & RING_MASK]);
    if (d > quiet) quiet = d;
  }
  c.leap[slot] = most;
  c.quiet[slot] = quiet;
}
