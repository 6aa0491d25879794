/**
 * Stretches of recordings that protocol P2 treats apart, each with what it is and why: `record, from, to, what, why`.
 *
 * Found by written rules (src/dataset/overrides) on the signal and its annotations: `saturation` and `compressions` leave P2;
 * the others name a class of their own, which is told apart. Found by a blind reading (docs/advice/READING.md): `unreadable`,
 * and `disputed` where two readers saw a rhythm that differs from the label in shockability; both leave P2R. Neither rules nor
 * readers saw what a classifier said.
 */
import { RecordError } from '../core/errors.ts';

const RULE_KINDS = ['saturation', 'compressions', 'fineVF', 'slowVT', 'notFlat'] as const;
export const READING_KINDS = ['unreadable', 'disputed'] as const;

export type ReadingKind = (typeof READING_KINDS)[number];
export type OverrideKind = (typeof RULE_KINDS)[number] | ReadingKind;

export interface Override {
  /** Seconds from the start of the record. */
  fromS: number;
  /** Not included. */
  toS: number;
  what: OverrideKind;
  /** The measured value and the limit of the rule, or what the readers wrote. */
  why: string;
}

const COLUMNS = 5;
type OverridesByRecord = Map<string, Override[]>;

/** What the rules wrote: lines of five columns with tabs between; `#` begins a remark. `file` is named in errors. */
export function parseOverrides(text: string, file: string): OverridesByRecord {
  return parseKinds(text, file, RULE_KINDS);
}

/** What the readers wrote, in the same form. */
export function parseReading(text: string, file: string): OverridesByRecord {
  return parseKinds(text, file, READING_KINDS);
}

/** The overrides of both, by record. */
export function withReading(
  rules: ReadonlyMap<string, readonly Override[]>,
  reading: ReadonlyMap<string, readonly Override[]>,
): OverridesByRecord {
  const records = new Set([...rules.keys(), ...reading.keys()]);
  return new Map([...records].map((r) => [r, [...(rules.get(r) ?? []), ...(reading.get(r) ?? [])]]));
}

function parseKinds(text: string, file: string, kinds: readonly OverrideKind[]): OverridesByRecord {
  const found = new Map<string, Override[]>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const cells = line.split('\t');
    const [record, from, to, word, why] = cells;
    const what = kinds.find((k) => k === word);
    if (cells.length !== COLUMNS || what === undefined || !(Number(to) > Number(from)))
      throw new RecordError(
        `${file}:${i + 1}: expected record, from, to (s), one of ${kinds.join(', ')}, and why, with tabs` +
          ` between, found "${line.slice(0, 60)}"`,
      );
    const known = found.get(record) ?? [];
    known.push({ fromS: Number(from), toS: Number(to), what, why });
    found.set(record, known);
  });
  return found;
}

export function overrideLine(record: string, { fromS, toS, what, why }: Override): string {
  return [record, seconds(fromS), seconds(toS), what, why].join('\t');
}

const seconds = (s: number): string => String(Math.round(s * 1000) / 1000);
