/**
 * Stretches of recordings that protocol P2 treats apart, each with what it is and why: `record, from, to, what, why`.
 *
 * They are found by written rules (src/dataset/overrides) on the signal and its annotations, never by what a classifier said
 * about it. `saturation` and `compressions` leave P2; the others name a class of their own, which is told apart.
 */
import { RecordError } from '../core/errors.ts';

export type OverrideKind = 'saturation' | 'compressions' | 'fineVF' | 'slowVT' | 'notFlat';

const OVERRIDE_KINDS: readonly OverrideKind[] = ['saturation', 'compressions', 'fineVF', 'slowVT', 'notFlat'];

export interface Override {
  /** Seconds from the start of the record. */
  fromS: number;
  /** Not included. */
  toS: number;
  what: OverrideKind;
  /** The measured value and the limit of the rule. */
  why: string;
}

const COLUMNS = 5;
const isKind = (text: string): text is OverrideKind => OVERRIDE_KINDS.some((k) => k === text);

/** Lines of five columns with tabs between; `#` begins a remark. `file` is named in errors. */
export function parseOverrides(text: string, file: string): Map<string, Override[]> {
  const found = new Map<string, Override[]>();
  text.split(/\r?\n/).forEach((line, i) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const cells = line.split('\t');
    const [record, from, to, what, why] = cells;
    if (cells.length !== COLUMNS || !isKind(what) || !(Number(to) > Number(from)))
      throw new RecordError(
        `${file}:${i + 1}: expected record, from, to (s), one of ${OVERRIDE_KINDS.join(', ')}, and why, with tabs` +
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
