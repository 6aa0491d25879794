/**
 * Where two readings object alike, second by second, and how well they agree.
 *
 * A second belongs to an objection that covers half of it or more (the one that covers most). What both call unreadable or
 * ruled by compressions becomes `unreadable`; where both saw the same rhythm, and it is not the label's, it becomes `disputed`:
 * left out, never labelled anew. Figures are over the seconds that P2 counts, on pages that both have read.
 *
 *   kappa = (po - pe) / (1 - pe)        Cohen 1960; classes: nothing, unreadable, and each rhythm that was seen
 */
import type { Override } from '../../src/score/advice-override.ts';
import type { Claim, Mark, Reading } from './form.ts';
import type { KeyRow } from './key.ts';

export interface Agreement {
  pages: number;
  /** Seconds that P2 counts on these pages. */
  seconds: number;
  first: number;
  second: number;
  /** Both object, and alike. */
  both: number;
  /** Both object, and not alike. */
  unlike: number;
  /** NaN where neither objects. */
  kappa: number;
}

export interface Merged {
  overrides: { record: string; override: Override }[];
  agreement: Agreement;
}

const HALF = 0.5;

/** The objection of each second of a row. */
function secondsOf(row: KeyRow, marks: readonly Mark[]): (Mark | undefined)[] {
  return Array.from({ length: Math.floor(row.to - row.from) }, (_, s) => {
    const cover = (m: Mark): number => Math.min(m.to, s + 1) - Math.max(m.from, s);
    const best = [...marks].sort((a, b) => cover(b) - cover(a)).at(0);
    return best !== undefined && cover(best) >= HALF ? best : undefined;
  });
}

export function merge(key: readonly KeyRow[], first: Reading, second: Reading): Merged {
  const found: Merged['overrides'] = [];
  const pairs: [string, string][] = [];
  const rows = key.filter((k) => first.pages.has(k.page) && second.pages.has(k.page));
  const inOrder = [...rows].sort((a, b) => a.record.localeCompare(b.record) || a.from - b.from);
  for (const row of inOrder) {
    const [a, b] = [first, second].map((r) =>
      secondsOf(
        row,
        r.marks.filter((m) => m.key === row),
      ),
    );
    a.forEach((one, s) => {
      const other = b[s];
      if (row.open.some((o) => o.from <= s && o.to > s)) pairs.push([one?.claim ?? '', other?.claim ?? '']);
      if (one !== undefined && one.claim === other?.claim) add(found, row.record, row.from + s, one, other);
    });
  }
  return { overrides: found, agreement: agreementOf(pairs, new Set(rows.map((r) => r.page)).size) };
}

const WHY: Readonly<Record<Claim, string>> = {
  unreadable: '',
  seenVF: 'seen VF: ',
  seenVT: 'seen VT: ',
  seenOrganised: 'seen organised: ',
  seenFlat: 'seen flat: ',
};

/** One second more; it lengthens the last stretch where both readers said what they said there. */
function add(found: Merged['overrides'], record: string, fromS: number, one: Mark, other: Mark): void {
  const what = one.claim === 'unreadable' ? 'unreadable' : 'disputed';
  const why = WHY[one.claim] + [...new Set([one.why, other.why])].join(' / ');
  const last = found.at(-1);
  if (
    last?.record === record &&
    last.override.toS === fromS &&
    last.override.why === why &&
    last.override.what === what
  )
    last.override.toS = fromS + 1;
  else found.push({ record, override: { fromS, toS: fromS + 1, what, why } });
}

function agreementOf(pairs: readonly [string, string][], pages: number): Agreement {
  const count = (test: (a: string, b: string) => boolean): number =>
    pairs.filter(([a, b]) => test(a, b)).length;
  const n = pairs.length;
  const classes = new Set(pairs.flat());
  let expected = 0;
  for (const c of classes) expected += (count((a) => a === c) / n) * (count((_, b) => b === c) / n);
  const observed = count((a, b) => a === b) / n;
  return {
    pages,
    seconds: n,
    first: count((a) => a !== ''),
    second: count((_, b) => b !== ''),
    both: count((a, b) => a !== '' && a === b),
    unlike: count((a, b) => a !== '' && b !== '' && a !== b),
    kappa: expected < 1 ? (observed - expected) / (1 - expected) : NaN,
  };
}
