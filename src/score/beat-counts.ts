/**
 * What a beat-by-beat comparison counts: a matrix of reference class against test class.
 *
 * A cell is named as in EC57: 'Nv' is a reference N that the test called V; 'No' was missed; 'On' was extra.
 */
import type { AamiClass } from './aami.ts';

type RefLabel = AamiClass | 'O' | 'X';
type TestLabel = Lowercase<AamiClass> | 'o' | 'x';
export type BeatCell = `${RefLabel}${TestLabel}`;

export interface BeatCounts {
  cells: Partial<Record<BeatCell, number>>;
  rrErrorCount: number;
  rrErrorSquares: number;
  /** Test shutdown, rounded to a second. */
  shutdownSeconds: number;
}

/** Sum of the cells of these reference labels (upper case) and test labels (lower case). */
export function cells(counts: BeatCounts, refs: string, tests: string): number {
  let sum = 0;
  for (const ref of refs) for (const test of tests) sum += counts.cells[`${ref}${test}` as BeatCell] ?? 0;
  return sum;
}

/** The four figures everybody quotes, as pairs: how many of how many. */
export interface Ratio {
  of: number;
  all: number;
}

export interface BeatStatistics {
  qrsSe: Ratio;
  qrsPp: Ratio;
  vebSe: Ratio;
  vebPp: Ratio;
  vebFpr: Ratio;
  svebSe: Ratio;
  svebPp: Ratio;
}

export function beatStatistics(c: BeatCounts): BeatStatistics {
  const qrs = cells(c, 'NSVFQ', 'nsvfq');
  const veb = cells(c, 'V', 'v');
  const vebFalse = cells(c, 'NSOX', 'v');
  const sveb = cells(c, 'S', 's');
  return {
    qrsSe: { of: qrs, all: cells(c, 'NSVFQ', 'nsvfqox') },
    qrsPp: { of: qrs, all: cells(c, 'NSVFQOX', 'nsvfq') },
    vebSe: { of: veb, all: cells(c, 'V', 'nsvfqox') },
    // A fusion or unclassifiable beat called V is neither right nor wrong (EC57).
    vebPp: { of: veb, all: veb + vebFalse },
    vebFpr: { of: vebFalse, all: vebFalse + cells(c, 'NSFQOX', 'nsfq') },
    svebSe: { of: sveb, all: cells(c, 'S', 'nsvfqox') },
    svebPp: { of: sveb, all: cells(c, 'NSVFOX', 's') },
  };
}

export function percent({ of, all }: Ratio): number {
  return all <= 0 ? NaN : (100 * of) / all;
}

/** RMS error of the RR intervals, ms; NaN when there were none. */
export function rrErrorMs(c: BeatCounts, fs: number): number {
  return c.rrErrorCount === 0 ? NaN : (Math.sqrt(c.rrErrorSquares / c.rrErrorCount) * 1000) / fs;
}
