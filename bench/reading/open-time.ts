/**
 * What of a recording there is to read: the time that P2 counts after its written rules, and the rows that hold any of it.
 *
 * P2 is asked on its grid of 4 s from the start of the record, as the share that it leaves out is. Reads annotations,
 * docs/advice/p2-overrides.tsv and the list of unusable segments; no beats, scores or decisions.
 */
import { judge, type Reference } from '../../src/score/advice-protocol.ts';

/** Named as failures of a classifier in the literature review: whoever knew that could not read them blind. */
export const NOT_READ: ReadonlySet<string> = new Set([
  'vfdb/418',
  'vfdb/419',
  'vfdb/611',
  'vfdb/612',
  'cudb/cu12',
  'cudb/cu20',
  'cudb/cu30',
]);

export const ROW_S = 15;
const GRID_S = 4;

/** Seconds from the start of the record, and the one rhythm that they are labelled with. */
export interface OpenStretch {
  from: number;
  to: number;
  rhythm: string;
}

/** In order; windows of one rhythm that touch are one stretch. */
export function openStretches(reference: Reference, lengthS: number): OpenStretch[] {
  const found: OpenStretch[] = [];
  const { fs } = reference;
  for (let from = 0; from + GRID_S <= lengthS; from += GRID_S) {
    const label = judge('P2', reference, from * fs, (from + GRID_S) * fs);
    if (typeof label === 'string') continue;
    const last = found.at(-1);
    if (last?.to === from && last.rhythm === label.rhythm) last.to = from + GRID_S;
    else found.push({ from, to: from + GRID_S, rhythm: label.rhythm });
  }
  return found;
}

/** What of the stretches lies in from .. to, in seconds from `from`. */
export function within(stretches: readonly OpenStretch[], from: number, to: number): OpenStretch[] {
  return stretches
    .filter((s) => s.from < to && s.to > from)
    .map((s) => ({ ...s, from: Math.max(s.from, from) - from, to: Math.min(s.to, to) - from }));
}

/** Where the rows begin that hold any open time; they lie on a grid of 15 s. */
export function rowStarts(stretches: readonly OpenStretch[], lengthS: number): number[] {
  const starts: number[] = [];
  for (let from = 0; from < lengthS; from += ROW_S)
    if (within(stretches, from, from + ROW_S).length > 0) starts.push(from);
  return starts;
}
