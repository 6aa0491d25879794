/**
 * What the rhythm really was: spans of one rhythm each, out of an annotation file.
 *
 * A rhythm change (`+`, aux "(VT") lasts to the next one; `[` .. `]` is ventricular flutter or fibrillation and goes
 * before it (a `[` that is never closed runs to the end: cu15, cu20, cu28, cu35). Synonyms are brought to one word.
 * Time before the first mark, and the time outside `[` .. `]` of a file that marks nothing else (cudb), is 'unlabelled'.
 */
import { type Annotation, CODE } from '../core/annotations.ts';
import type { SampleIndex } from '../core/units.ts';

export interface RhythmSpan {
  from: SampleIndex;
  /** Not included. */
  to: SampleIndex;
  /** MIT word without the bracket: 'N', 'VT', 'VF', 'AFIB', 'NOISE', ...; or 'unlabelled'. */
  rhythm: string;
}

const SYNONYMS: Readonly<Partial<Record<string, string>>> = {
  NSR: 'N',
  VFIB: 'VF',
  AF: 'AFIB',
  SBR: 'SBR',
  VER: 'IVR',
  HGEA: 'HGEA',
};

export const UNLABELLED = 'unlabelled';

/** Spans in order, without gaps, over 0 .. length. */
export function rhythmSpans(annotations: readonly Annotation[], length: SampleIndex): RhythmSpan[] {
  const spans: RhythmSpan[] = [];
  let under = UNLABELLED;
  let fibrillation = false;
  let from = 0;
  let now = UNLABELLED;
  const change = (at: SampleIndex): void => {
    const next = fibrillation ? 'VF' : under;
    if (next === now) return;
    if (at > from) spans.push({ from, to: at, rhythm: now });
    from = Math.max(from, at);
    now = next;
  };
  for (const { sample, code, aux } of annotations) {
    if (code === CODE.RHYTHM && aux.startsWith('(')) {
      const word = aux.slice(1).trim();
      // cudb writes "(VF" at the `[` itself: the bracket says where it ends.
      if (!(fibrillation && word === 'VF')) under = SYNONYMS[word] ?? word;
    } else if (code === CODE.VFON) fibrillation = true;
    else if (code === CODE.VFOFF) {
      fibrillation = false;
      if (under === 'VF') under = UNLABELLED;
    } else continue;
    change(sample);
  }
  if (length > from) spans.push({ from, to: length, rhythm: now });
  return spans;
}

/** The rhythm of which from .. to - 1 holds most, and how much of it that is. */
export function rhythmIn(
  spans: readonly RhythmSpan[],
  from: SampleIndex,
  to: SampleIndex,
): { rhythm: string; share: number } {
  const lengths = new Map<string, number>();
  for (const span of spans) {
    const overlap = Math.min(to, span.to) - Math.max(from, span.from);
    if (overlap > 0) lengths.set(span.rhythm, (lengths.get(span.rhythm) ?? 0) + overlap);
  }
  let best = UNLABELLED;
  let most = 0;
  for (const [rhythm, length] of lengths)
    if (length > most) {
      best = rhythm;
      most = length;
    }
  return { rhythm: best, share: most / (to - from) };
}
