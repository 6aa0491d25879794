/**
 * Which windows count, and as what: the protocols that shock advice is scored by. Fixed before any result was looked at.
 *
 *   P0   every window, every second; a window is shockable when VF, VFL and VT fill more than half of it; nothing is left
 *        out, noise and asystole count as non-shockable.
 *   P1   windows that lie within one label class (shockable: VF, VFL, VT); NOISE and ASYS out; 5 s on both sides of
 *        every marked change between shockable and not are out; windows do not overlap.
 *   P1X  P1 less the windows that touch an 8-s segment which independent readers called unusable (label "X").
 *   P2   AHA 1997 classes. As P1X, and: the window lies in one rhythm; time without a rhythm label and NOISE have no AHA
 *        class; what the overrides call saturated or ruled by compressions is out; fine VF, slow VT and asystole that is
 *        not flat are told apart by the overrides (advice-override.ts).
 *   P2R  P2 less the windows that touch what a blind reading found unreadable or wrongly labelled (docs/advice/READING.md).
 */
import type { SampleIndex } from '../core/units.ts';
import { type Override, type OverrideKind, READING_KINDS, type ReadingKind } from './advice-override.ts';
import { type RhythmSpan, rhythmIn, UNLABELLED } from './advice-reference.ts';

export type Protocol = 'P0' | 'P1' | 'P1X' | 'P2' | 'P2R';
export const PROTOCOLS: readonly Protocol[] = ['P0', 'P1', 'P1X', 'P2', 'P2R'];
/** Those with the classes of the AHA. */
export const hasAhaClasses = (protocol: Protocol): boolean => protocol === 'P2' || protocol === 'P2R';

/** Class of one window: what should be advised, and the row that it counts in. */
export interface Label {
  shockable: boolean;
  row: string;
  /** As annotated; what fills most of the window. */
  rhythm: string;
}

/** Why a window does not count. */
export type LeftOut =
  | 'mixed'
  | 'transition'
  | 'unusable'
  | 'noise'
  | 'asystole'
  | 'unlabelled'
  | 'saturation'
  | 'compressions'
  | ReadingKind;

/** What the protocol has to know of a record. */
export interface Reference {
  fs: number;
  /** In samples. */
  spans: readonly RhythmSpan[];
  /** Segments that independent readers called unusable, in samples. */
  unusable: readonly { from: SampleIndex; to: SampleIndex }[];
  overrides: readonly Override[];
}

const SHOCKABLE: ReadonlySet<string> = new Set(['VF', 'VFL', 'VT']);
const NOT_JUDGED: ReadonlySet<string> = new Set(['NOISE', 'ASYS']);
const GUARD_S = 5;

export function isShockable(rhythm: string): boolean {
  return SHOCKABLE.has(rhythm);
}

const touches = (stretches: readonly { from: number; to: number }[], from: number, to: number): boolean =>
  stretches.some((s) => s.from < to && s.to > from);

/** True when a change between shockable and not lies within `guard` samples of from .. to. */
function nearChange(spans: readonly RhythmSpan[], from: number, to: number, guard: number): boolean {
  for (let i = 1; i < spans.length; i++) {
    const at = spans[i].from;
    if (isShockable(spans[i - 1].rhythm) === isShockable(spans[i].rhythm)) continue;
    if (at > from - guard && at < to + guard) return true;
  }
  return false;
}

/** Share of from .. to that is shockable, and that must not be judged. */
function shares(
  spans: readonly RhythmSpan[],
  from: number,
  to: number,
): { shock: number; notJudged: number } {
  let shock = 0;
  let notJudged = 0;
  for (const span of spans) {
    const overlap = Math.min(to, span.to) - Math.max(from, span.from);
    if (overlap <= 0) continue;
    if (isShockable(span.rhythm)) shock += overlap;
    if (NOT_JUDGED.has(span.rhythm)) notJudged += overlap;
  }
  return { shock: shock / (to - from), notJudged: notJudged / (to - from) };
}

/** Share of from .. to that the overrides of one kind cover. */
function covered(
  { overrides, fs }: Reference,
  what: OverrideKind,
  from: SampleIndex,
  to: SampleIndex,
): number {
  let sum = 0;
  for (const o of overrides)
    if (o.what === what) sum += Math.max(0, Math.min(to, o.toS * fs) - Math.max(from, o.fromS * fs));
  return sum / (to - from);
}

/** The label of window from .. to - 1, or why the protocol leaves it out. */
export function judge(
  protocol: Protocol,
  reference: Reference,
  from: SampleIndex,
  to: SampleIndex,
): Label | LeftOut {
  const { spans } = reference;
  const { shock, notJudged } = shares(spans, from, to);
  const { rhythm, share } = rhythmIn(spans, from, to);
  if (protocol === 'P0') return { shockable: shock > 0.5, row: rhythm, rhythm };
  if (shock !== 0 && shock !== 1) return 'mixed';
  if (nearChange(spans, from, to, GUARD_S * reference.fs)) return 'transition';
  if (protocol !== 'P1' && touches(reference.unusable, from, to)) return 'unusable';
  if (hasAhaClasses(protocol)) {
    const label = share < 1 ? 'mixed' : ahaClass(reference, rhythm, from, to);
    // Last, so that what the reading takes out is what no rule had taken.
    const read = protocol === 'P2R' && typeof label !== 'string' ? readOut(reference, from, to) : undefined;
    return read ?? label;
  }
  if (notJudged > 0) return rhythm === 'ASYS' ? 'asystole' : 'noise';
  return { shockable: shock === 1, row: rhythm, rhythm };
}

function readOut(reference: Reference, from: SampleIndex, to: SampleIndex): ReadingKind | undefined {
  return READING_KINDS.find((what) => covered(reference, what, from, to) > 0);
}

/** True where readers have found anything in any of the records: without it P2R is P2. */
export function hasReading(references: Iterable<Reference>): boolean {
  for (const { overrides } of references)
    if (overrides.some((o) => READING_KINDS.some((k) => k === o.what))) return true;
  return false;
}

function ahaClass(reference: Reference, rhythm: string, from: SampleIndex, to: SampleIndex): Label | LeftOut {
  const over = (what: OverrideKind): number => covered(reference, what, from, to);
  if (rhythm === UNLABELLED) return 'unlabelled';
  if (rhythm === 'NOISE') return 'noise';
  if (over('saturation') > 0) return 'saturation';
  if (over('compressions') > 0) return 'compressions';
  if (rhythm === 'VF' || rhythm === 'VFL')
    return { shockable: true, row: over('fineVF') > 0.5 ? 'fine VF' : 'coarse VF', rhythm };
  if (rhythm === 'VT') return { shockable: true, row: over('slowVT') > 0.5 ? 'slow VT' : 'rapid VT', rhythm };
  if (rhythm === 'ASYS')
    return { shockable: false, row: over('notFlat') > 0.5 ? 'asystole*' : 'asystole', rhythm };
  return { shockable: false, row: rhythm === 'N' ? 'NSR' : 'other', rhythm };
}

/** As `judge`, undefined where the window does not count. */
export function labelOf(
  protocol: Protocol,
  reference: Reference,
  from: SampleIndex,
  to: SampleIndex,
): Label | undefined {
  const label = judge(protocol, reference, from, to);
  return typeof label === 'string' ? undefined : label;
}
