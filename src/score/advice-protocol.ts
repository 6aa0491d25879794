/**
 * Which windows count, and as what: the protocols that shock advice is scored by. Fixed before any result was looked at.
 *
 *   P0   every window, every second; a window is shockable when VF, VFL and VT fill more than half of it; nothing is left
 *        out, noise and asystole count as non-shockable.
 *   P1   windows that lie within one label class (shockable: VF, VFL, VT); NOISE and ASYS out; 5 s on both sides of
 *        every marked change between shockable and not are out; windows do not overlap.
 *   P1X  P1 less the windows that touch an 8-s segment which independent readers called unusable (label "X").
 *   P2   AHA 1997 classes. As P1X, and: the window lies in one rhythm; VF under 0.2 mV is fine VF, VT under 150/min
 *        slow VT, both told apart; time without a rhythm label and NOISE have no AHA class; asystole has its own; out of
 *        VF goes a window with under half of its power in 2-8 Hz, where VF has it: compressions or movement rule it.
 */
import type { SampleIndex } from '../core/units.ts';
import { type RhythmSpan, rhythmIn, UNLABELLED } from './advice-reference.ts';

export type Protocol = 'P0' | 'P1' | 'P1X' | 'P2';
export const PROTOCOLS: readonly Protocol[] = ['P0', 'P1', 'P1X', 'P2'];

/** Class of one window: what should be advised, and the row that it counts in. */
export interface Label {
  shockable: boolean;
  row: string;
}

/** What the protocol has to know of a record, all in samples. */
export interface Reference {
  fs: number;
  spans: readonly RhythmSpan[];
  /** Segments that independent readers called unusable. */
  unusable: readonly { from: SampleIndex; to: SampleIndex }[];
}

/** Measured on the window or its episode, without the classifier. */
export interface Measured {
  peakToPeakMv: number;
  /** Of the VT episode that the window lies in, 1/min; NaN outside VT. */
  vtRate: number;
  /** Share of the window's power (0.5-40 Hz, after the analysis' filters) that lies in 2-8 Hz. */
  vfBandShare: number;
}

const SHOCKABLE: ReadonlySet<string> = new Set(['VF', 'VFL', 'VT']);
const NOT_JUDGED: ReadonlySet<string> = new Set(['NOISE', 'ASYS']);
const GUARD_S = 5;
const COARSE_MV = 0.2;
const VF_BAND_SHARE = 0.5;
export const RAPID_VT = 150;

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

/** The label of window from .. to - 1, or undefined where the protocol leaves it out. */
export function labelOf(
  protocol: Protocol,
  reference: Reference,
  from: SampleIndex,
  to: SampleIndex,
  measured: Measured,
): Label | undefined {
  const { spans } = reference;
  const { shock, notJudged } = shares(spans, from, to);
  const { rhythm, share } = rhythmIn(spans, from, to);
  if (protocol === 'P0') return { shockable: shock > 0.5, row: rhythm };
  if (shock !== 0 && shock !== 1) return undefined;
  if (nearChange(spans, from, to, GUARD_S * reference.fs)) return undefined;
  if (protocol !== 'P1' && touches(reference.unusable, from, to)) return undefined;
  if (protocol === 'P2') return share < 1 ? undefined : ahaClass(rhythm, measured);
  if (notJudged > 0) return undefined;
  return { shockable: shock === 1, row: rhythm };
}

function ahaClass(rhythm: string, { peakToPeakMv, vtRate, vfBandShare }: Measured): Label | undefined {
  if (rhythm === UNLABELLED || rhythm === 'NOISE') return undefined;
  if (rhythm === 'VF' || rhythm === 'VFL') {
    if (vfBandShare < VF_BAND_SHARE) return undefined;
    return { shockable: true, row: peakToPeakMv < COARSE_MV ? 'fine VF' : 'coarse VF' };
  }
  if (rhythm === 'VT') return { shockable: true, row: vtRate >= RAPID_VT ? 'rapid VT' : 'slow VT' };
  if (rhythm === 'ASYS') return { shockable: false, row: 'asystole' };
  return { shockable: false, row: rhythm === 'N' ? 'NSR' : 'other' };
}
