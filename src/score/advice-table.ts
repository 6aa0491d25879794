/**
 * Counts of right and wrong advice, and what can be said with them.
 *
 *   Se = advised / shockable,  Sp = not advised / non-shockable,  BAC = (Se + Sp) / 2
 *   lower bound: one-sided 90 %, clustered by record: windows of one record are not independent
 *
 * Inconclusive counts as "no shock advised": for the patient it is that. The bound: the variance of the ratio of sums over
 * records (Taylor; Cochran 1977, 6.3) against the binomial variance gives the design effect, n / effect the effective n,
 * and Wilson's score bound is taken with that. Without any error the variance is no guide: an intra-record correlation
 * of 0.1 is assumed.
 */
import type { Verdict } from '../core/advice.ts';
import type { Label } from './advice-protocol.ts';

export interface Tally {
  right: number;
  all: number;
}

const Z90 = 1.2815515655446004;
const ASSUMED_CORRELATION = 0.1;

export function share({ right, all }: Tally): number {
  return all > 0 ? right / all : NaN;
}

export function sumOf(tallies: Iterable<Tally>): Tally {
  const sum: Tally = { right: 0, all: 0 };
  for (const t of tallies) {
    sum.right += t.right;
    sum.all += t.all;
  }
  return sum;
}

/** Mean over records that have any. */
export function averageOf(tallies: Iterable<Tally>): number {
  let sum = 0;
  let n = 0;
  for (const t of tallies) {
    if (t.all === 0) continue;
    sum += share(t);
    n++;
  }
  return n > 0 ? sum / n : NaN;
}

export function effectiveCount(records: readonly Tally[]): number {
  const used = records.filter((r) => r.all > 0);
  const { right, all } = sumOf(used);
  const p = right / all;
  const m = used.length;
  if (right === all || right === 0) {
    const mean = all / m;
    return all / (1 + (mean - 1) * ASSUMED_CORRELATION);
  }
  if (m < 2) return 1;
  let squares = 0;
  for (const r of used) squares += (r.right - p * r.all) ** 2;
  const variance = ((m / (m - 1)) * squares) / (all * all);
  return Math.min(all, (p * (1 - p)) / variance);
}

/** Wilson's lower bound, one-sided 90 %, with the effective number of windows. */
export function lowerBound(records: readonly Tally[]): number {
  const p = share(sumOf(records));
  if (Number.isNaN(p)) return NaN;
  const n = effectiveCount(records);
  const z2 = Z90 * Z90;
  const middle = p + z2 / (2 * n);
  const spread = Z90 * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return Math.max(0, (middle - spread) / (1 + z2 / n));
}

export type VerdictCounts = Record<Verdict, number>;

/** Right and wrong by record and by row; a row is a rhythm or a class of the protocol. */
export class AdviceTable {
  /** row -> record -> tally */
  private readonly rows = new Map<string, Map<string, Tally>>();
  private readonly shockableRows = new Set<string>();
  /** What was said of each annotated rhythm: `confusion.get('AFIB')`. */
  readonly confusion = new Map<string, VerdictCounts>();

  add(record: string, { row, shockable, rhythm }: Label, verdict: Verdict): void {
    const key = `${shockable ? '+' : '-'}${row}`;
    if (shockable) this.shockableRows.add(key);
    const byRecord = this.rows.get(key) ?? new Map<string, Tally>();
    this.rows.set(key, byRecord);
    const tally = byRecord.get(record) ?? { right: 0, all: 0 };
    byRecord.set(record, tally);
    tally.all++;
    if ((verdict === 'shock') === shockable) tally.right++;
    const said = this.confusion.get(rhythm) ?? { shock: 0, noShock: 0, inconclusive: 0 };
    this.confusion.set(rhythm, said);
    said[verdict]++;
  }

  /** Names of the rows, shockable ones first. */
  rowNames(shockable: boolean): string[] {
    return [...this.rows.keys()]
      .filter((key) => this.shockableRows.has(key) === shockable)
      .map((key) => key.slice(1))
      .sort();
  }

  byRecord(shockable: boolean, row?: string): Map<string, Tally> {
    const merged = new Map<string, Tally>();
    for (const [key, records] of this.rows) {
      if (this.shockableRows.has(key) !== shockable || (row !== undefined && key.slice(1) !== row)) continue;
      for (const [record, t] of records) {
        const sum = merged.get(record) ?? { right: 0, all: 0 };
        merged.set(record, { right: sum.right + t.right, all: sum.all + t.all });
      }
    }
    return merged;
  }

  tally(shockable: boolean, row?: string): Tally {
    return sumOf(this.byRecord(shockable, row).values());
  }

  /** Balanced accuracy over all rows, 0..1. */
  get bac(): number {
    return (share(this.tally(true)) + share(this.tally(false))) / 2;
  }
}
