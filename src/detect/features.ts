/**
 * What the judge of candidates looks at: twenty-eight numbers without unit, each a ratio to what is usual for this patient,
 * so that gain, electrode and patient drop out.
 */
import { BEAT, type Candidates, SLOT_MASK } from './candidates.ts';
import type { Usual } from './usual.ts';
import type { Hertz } from '../core/units.ts';

export const QRS_FEATURES = 28;
/** Neighbours within this time compete. */
const NEAR_MS = 300;

/** Which of them are logarithms of ratios, kept within +-4. */
const LOGS = [0, 1, 2, 3, 6, 7, 8, 11, 13, 16, 18, 19, 20, 21, 22, 25] as const;
/** Keeps a ratio finite when nothing is usual yet. */
const TINY = 1e-9;

/** Fills f for candidate k. `lastBeat` is the number of the last beat among the candidates, -1 when there is none. */
export function qrsFeatures(
  f: Float64Array,
  c: Candidates,
  k: number,
  usual: Usual,
  lastBeat: number,
  fd: Hertz,
): void {
  const slot = k & SLOT_MASK;
  const energy = c.energy[slot];
  const rr = usual.rr.value;
  const since = lastBeat < 0 ? 2 * fd : c.at[slot] - c.at[lastBeat & SLOT_MASK];
  f[0] = (energy + TINY) / (usual.energy.value + TINY);
  f[1] = (energy + TINY) / (usual.noise.value + TINY);
  f[2] = (c.steep[slot] + TINY) / (usual.steep.value + TINY);
  f[3] = (c.span[slot] + TINY) / (usual.span.value + TINY);
  f[4] = Math.min(2, since / fd);
  f[5] = Math.min(3, since / rr);
  f[6] = (largestAfter(c, k, fd) + TINY) / (energy + TINY);
  f[7] = (largestBefore(c, k, fd) + TINY) / (energy + TINY);
  f[8] = lastBeat < 0 ? 1 : (c.energy[lastBeat & SLOT_MASK] + TINY) / (energy + TINY);
  f[9] = c.alikeRuling[slot];
  f[10] = c.alikeBest[slot];
  f[11] = (c.contrast[slot] + TINY) / (1 + TINY);
  f[12] = c.rough[slot];
  f[13] = (c.width[slot] + TINY) / (usual.width.value + TINY);
  f[14] = rr / fd;
  f[15] = Math.abs(f[5] - 1);
  f[16] = (c.span[slot] + TINY) / (1 + TINY);
  f[18] = (c.leap[slot] + TINY) / (usual.leap.value + TINY);
  f[19] = (c.quiet[slot] + TINY) / (c.leap[slot] + TINY);
  f[20] = (c.jump[slot] + TINY) / (usual.jump.value + TINY);
  f[21] = (c.jump[slot] + TINY) / (c.span[slot] + TINY);
  f[22] = (energy + TINY) / (usual.tEnergy.value + TINY);
  f[23] = Math.min(0.5, Math.abs(since - usual.tTime.value) / fd);
  f[24] = c.bestShare[slot];
  f[25] = (c.span[slot] + TINY) / (c.bestSpan[slot] + TINY);
  rhythm(f, 26, c, k, rr);
  crowd(f, 27, c, k, fd);
  for (const i of LOGS) f[i] = Math.min(4, Math.max(-4, Math.log(f[i])));
  f[17] = f[9] * f[0];
}

/** Energy of the largest candidate within the time after k. Whole numbers: returning them allocates nothing. */
function largestAfter(c: Candidates, k: number, fd: Hertz): number {
  const until = c.at[k & SLOT_MASK] + (NEAR_MS * fd) / 1000;
  let most = 0;
  for (let j = k + 1; j < c.count && c.at[j & SLOT_MASK] <= until; j++)
    most = Math.max(most, c.energy[j & SLOT_MASK]);
  return most;
}

/** Energy of the largest candidate within the time before k that was no beat. */
function largestBefore(c: Candidates, k: number, fd: Hertz): number {
  const from = c.at[k & SLOT_MASK] - (NEAR_MS * fd) / 1000;
  let most = 0;
  for (let j = k - 1; j >= 0 && j > k - 8 && c.at[j & SLOT_MASK] >= from; j--)
    if (c.fate[j & SLOT_MASK] !== BEAT) most = Math.max(most, c.energy[j & SLOT_MASK]);
  return most;
}

/**
 * How well the time of k agrees with the beats before: for each of the last six, how far the distance is from a whole
 * number of the usual RR, 0 (on time) to 0.5; their mean. One false beat among them moves it little.
 */
function rhythm(f: Float64Array, into: number, c: Candidates, k: number, rr: number): void {
  let sum = 0;
  let beats = 0;
  for (let j = k - 1; j >= 0 && j > k - SLOT_MASK && beats < 6; j--) {
    if (c.fate[j & SLOT_MASK] !== BEAT) continue;
    const phase = (c.at[k & SLOT_MASK] - c.at[j & SLOT_MASK]) / rr;
    sum += Math.abs(phase - Math.floor(phase + 0.5));
    beats++;
  }
  f[into] = beats > 0 ? sum / beats : 0.25;
}

/** Humps within the last 1.5 s, as a share of twelve: noise makes many. */
function crowd(f: Float64Array, into: number, c: Candidates, k: number, fd: Hertz): void {
  const from = c.at[k & SLOT_MASK] - 1.5 * fd;
  let j = k - 1;
  while (j >= 0 && j > k - 12 && c.at[j & SLOT_MASK] >= from) j--;
  f[into] = (k - 1 - j) / 12;
}
