/**
 * From scores to tables: single windows, and the vote of three, by protocol.
 *
 * Inconclusive windows count as "no shock advised". Windows do not overlap, but for P0 (every second). A vote is judged
 * where all the time that it may look at (3 windows) carries one label.
 */
import { acLag, acPeak } from '../../advisory/features/autocorrelation.ts';
import { ballot, DECIDE, FEATURES, REGULAR, vote, VOTE, type VoteResult } from '../../advisory/index.ts';
import type { Verdict } from '../../core/advice.ts';
import { countLeftOut, type LeftOutCounts, noneLeftOut } from '../../score/advice-left-out.ts';
import { isShockable, type Protocol } from '../../score/advice-protocol.ts';
import { AdviceTable } from '../../score/advice-table.ts';
import type { Validated } from './cross-validate.ts';
import type { RecordWindows, WindowRow } from './record-windows.ts';

export type Scope = 'cudb+vfdb' | 'all';

function inScope(r: RecordWindows, scope: Scope): boolean {
  return scope === 'all' || r.database !== 'mitdb';
}

/**
 * Gates and score; the same without the watch for compressions, whose memory is longer than a window; or with the VT rule of
 * 150/min, which the protocols know nothing of: they call every annotated VT shockable.
 */
export type Chain = 'whole' | 'without watch' | 'with VT rule';

const AC_PEAK = FEATURES.indexOf(acPeak);
const AC_LAG = FEATURES.indexOf(acLag);

/** What decide.ts calls a slow VT, where the score says shock. */
function isSlowVT({ gate, features }: WindowRow, score: number): boolean {
  return gate === 'open' && score > 0 && features[AC_PEAK] > REGULAR && 60 / features[AC_LAG] < DECIDE.vtRate;
}

export function verdictOf(r: RecordWindows, k: number, score: number, chain: Chain = 'whole'): Verdict {
  const { gate, alone } = r.rows[k];
  const answer = chain === 'without watch' ? alone : gate;
  if (answer !== 'open') return answer;
  if (chain === 'with VT rule' && isSlowVT(r.rows[k], score)) return 'noShock';
  return score > 0 ? 'shock' : 'noShock';
}

export function singleTable(
  v: Validated,
  windowS: number,
  protocol: Protocol,
  scope: Scope,
  chain: Chain = 'whole',
): AdviceTable {
  const table = new AdviceTable();
  for (const [r, scores] of v.scores) {
    if (!inScope(r, scope)) continue;
    for (let k = 0; k < r.rows.length; k += protocol === 'P0' ? 1 : windowS) {
      const label = r.rows[k].labels[protocol];
      if (label !== undefined) table.add(r.record, label, verdictOf(r, k, scores[k], chain));
    }
  }
  return table;
}

/** What the vote says at the end of each row. */
export function votes(
  r: RecordWindows,
  scores: Float64Array,
  windowS: number,
  chain: Chain = 'whole',
): VoteResult[] {
  const ballots = r.rows.map((_, k) => ballot(verdictOf(r, k, scores[k], chain), scores[k], VOTE));
  const slow = r.rows.map((row, k) => chain === 'with VT rule' && isSlowVT(row, scores[k]));
  return r.rows.map((_, k) => {
    const places = Array.from({ length: VOTE.windows }, (_, j) => k - j * windowS).filter((at) => at >= 0);
    return vote(
      places.map((at) => ballots[at]),
      VOTE,
      places.map((at) => slow[at]),
    );
  });
}

export function voteTable(
  v: Validated,
  windowS: number,
  protocol: Protocol,
  scope: Scope,
  chain: Chain = 'whole',
): AdviceTable {
  const table = new AdviceTable();
  const reach = (VOTE.windows - 1) * windowS;
  for (const [r, scores] of v.scores) {
    if (!inScope(r, scope)) continue;
    const verdicts = votes(r, scores, windowS, chain);
    for (let k = reach; k < r.rows.length; k += protocol === 'P0' ? 1 : reach + windowS) {
      const labels = [k, k - windowS, k - reach].map((i) => r.rows[i].labels[protocol]);
      const [label] = labels;
      if (label === undefined || labels.some((l) => l?.row !== label.row || l.shockable !== label.shockable))
        continue;
      table.add(r.record, label, verdicts[k].verdict);
    }
  }
  return table;
}

/** What the protocol leaves out of the records in scope, by windows of `windowS`. */
export function leftOut(v: Validated, windowS: number, protocol: Protocol, scope: Scope): LeftOutCounts {
  const counts = noneLeftOut();
  for (const r of v.scores.keys())
    if (inScope(r, scope)) countLeftOut(counts, protocol, r.reference, windowS, r.lengthS * r.reference.fs);
  return counts;
}

export interface FalseAlarms {
  hours: number;
  /** Separate runs of "shock advised". */
  episodes: number;
  byRecord: Map<string, number>;
}

/** Voted shock advice on mitdb records without any VT, VF or flutter mark. */
export function falseAlarms(v: Validated, windowS: number): FalseAlarms {
  const found: FalseAlarms = { hours: 0, episodes: 0, byRecord: new Map() };
  for (const [r, scores] of v.scores) {
    if (r.database !== 'mitdb' || r.reference.spans.some((s) => isShockable(s.rhythm))) continue;
    found.hours += r.lengthS / 3600;
    let before: Verdict = 'noShock';
    for (const { verdict } of votes(r, scores, windowS)) {
      if (verdict === 'shock' && before !== 'shock') {
        found.episodes++;
        found.byRecord.set(r.record, (found.byRecord.get(r.record) ?? 0) + 1);
      }
      before = verdict;
    }
  }
  return found;
}

export interface Onset {
  record: string;
  atS: number;
  /** Seconds to the first voted shock advice; 0 for up to 10 s before; Infinity when it never came. */
  delayS: number;
}

const EARLY_S = 10;

/** VF episodes of cudb that begin after a rhythm that is not shockable, and how long the vote took. */
export function onsets(v: Validated, windowS: number): Onset[] {
  const found: Onset[] = [];
  for (const [r, scores] of v.scores) {
    if (r.database !== 'cudb') continue;
    const { fs, spans } = r.reference;
    const verdicts = votes(r, scores, windowS);
    for (let i = 1; i < spans.length; i++) {
      if (spans[i].rhythm !== 'VF' || isShockable(spans[i - 1].rhythm)) continue;
      const { from, to } = spans[i];
      const k = r.rows.findIndex((row, j) => {
        return row.to > from - EARLY_S * fs && row.to <= to && verdicts[j].verdict === 'shock';
      });
      const delayS = k < 0 ? Infinity : Math.max(0, (r.rows[k].to - from) / fs);
      found.push({ record: r.record, atS: from / fs, delayS });
    }
  }
  return found;
}
