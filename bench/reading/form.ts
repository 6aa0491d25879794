/**
 * A reading: what one reader objects to, line by line (docs/advice/reading-form.md). Lines that are none are refused by name.
 *
 *   page, row, from, to (s within the row, whole or half), what, why
 *
 * `# pages 1-40` says what was read; a file without such a line stands for all pages.
 */
import { RecordError } from '../../src/core/errors.ts';
import { isShockable } from '../../src/score/advice-protocol.ts';
import type { KeyRow } from './key.ts';

/** What an objection comes to: unreadable and compressions are the same, each rhythm that was seen is one of its own. */
export type Claim = 'unreadable' | 'seenVF' | 'seenVT' | 'seenOrganised' | 'seenFlat';

interface Objection {
  claim: Claim;
  /** Shockability of the rhythm that was seen. */
  shockable?: boolean;
}

const OBJECTIONS: Readonly<Partial<Record<string, Objection>>> = {
  unreadable: { claim: 'unreadable' },
  compressions: { claim: 'unreadable' },
  seenVF: { claim: 'seenVF', shockable: true },
  seenVT: { claim: 'seenVT', shockable: true },
  seenOrganised: { claim: 'seenOrganised', shockable: false },
  seenFlat: { claim: 'seenFlat', shockable: false },
};

export interface Mark {
  key: KeyRow;
  /** Seconds within the row; `to` is not included. */
  from: number;
  to: number;
  claim: Claim;
  why: string;
  /** 'reading.tsv:12' */
  at: string;
}

export interface Reading {
  marks: readonly Mark[];
  /** Pages that were read. */
  pages: ReadonlySet<number>;
}

const HEAD = ['page', 'row', 'from', 'to', 'what', 'why'];
const PAGES = /^#\s*pages\s+(\d+)\s*-\s*(\d+)\s*$/;

/** One file; `file` is named in errors. */
export function parseReading(text: string, file: string, key: readonly KeyRow[]): Reading {
  const lines = text.split(/\r?\n/);
  const told = lines.flatMap((line) => pagesOf(PAGES.exec(line)));
  const pages = new Set(told.length > 0 ? told : key.map((k) => k.page));
  const rows = new Map(key.map((k) => [`${k.page} ${k.row}`, k]));
  const marks: Mark[] = [];
  lines.forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#') || line === HEAD.join('\t')) return;
    const at = `${file}:${i + 1}`;
    const mark = parseMark(line, at, rows);
    if (!pages.has(mark.key.page))
      throw new RecordError(
        `${at}: expected a page that "# pages" names as read, found page ${mark.key.page}`,
      );
    const other = marks.find(
      (m) => m.key === mark.key && m.from < mark.to && m.to > mark.from && m.claim !== mark.claim,
    );
    if (other !== undefined)
      throw new RecordError(
        `${at}: expected one objection at a time, found ${other.claim} there in ${other.at}`,
      );
    marks.push(mark);
  });
  return { marks, pages };
}

function pagesOf(found: RegExpExecArray | null): number[] {
  if (found === null) return [];
  const [first, last] = [Number(found[1]), Number(found[2])];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => first + k);
}

function parseMark(line: string, at: string, rows: ReadonlyMap<string, KeyRow>): Mark {
  const cells = line.split('\t').map((c) => c.trim());
  const [page, row, from, to] = cells.slice(0, 4).map((c) => (c === '' ? NaN : Number(c)));
  const [what, why] = cells.slice(4);
  const refuse = (expected: string): never => {
    throw new RecordError(`${at}: expected ${expected}, found "${line.slice(0, 60)}"`);
  };
  if (cells.length !== HEAD.length || why === '') refuse(`${HEAD.join(', ')} with tabs between`);
  const key = rows.get(`${page} ${row}`) ?? refuse('a page and row of the key');
  const objection = OBJECTIONS[what] ?? refuse(`one of ${Object.keys(OBJECTIONS).join(', ')}`);
  const half = Number.isInteger(2 * from) && Number.isInteger(2 * to);
  if (!half || !(from >= 0 && to > from && to <= Math.ceil(key.to - key.from)))
    refuse(`whole or half seconds from < to within 0-${key.to - key.from}`);
  const under = key.open.filter((o) => o.from < to && o.to > from);
  const differs = under.some((o) => isShockable(o.rhythm) !== objection.shockable);
  if (objection.shockable !== undefined && under.length > 0 && !differs)
    refuse(`a rhythm that differs in shockability from the label (${under.map((o) => o.rhythm).join(', ')})`);
  return { key, from, to, claim: objection.claim, why, at };
}

/** The files of one reading together. */
export function joined(readings: readonly Reading[]): Reading {
  return {
    marks: readings.flatMap((r) => r.marks),
    pages: new Set(readings.flatMap((r) => [...r.pages])),
  };
}
