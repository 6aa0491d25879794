/**
 * From decisions to episodes: where shock was advised without a break, and whether it was VF or VT.
 *
 * Each decision speaks for the time around the middle of what it looked at, one hop wide: half of a window is VF where VF
 * begins in its middle. A stretch is VF when more of its decisions name VF than VT (a moment of regular VF is no VT). What is
 * regular at 250/min and more is ventricular flutter, which the brackets of WFDB hold together with VF.
 * VF becomes `[` .. `]` (VFON, VFOFF), which is what `epicmp -V` and `rwave score episodes` compare; VT becomes a rhythm mark.
 */
import { type Annotation, CODE } from '../core/annotations.ts';
import type { Advice } from '../core/advice.ts';

export interface Decided extends Pick<Advice, 'from' | 'to' | 'verdict' | 'rhythm'> {
  /** Of a VT, 1/min; NaN where it was not measured. */
  rate: number;
}

/** Textbook line between VT and flutter, 1/min. */
const FLUTTER_RATE = 250;

export function decidedOf({ from, to, verdict, rhythm, evidence }: Advice): Decided {
  const rate = evidence.find((e) => e.name === 'gate.vtRate')?.value ?? NaN;
  return { from, to, verdict, rhythm, rate };
}

export interface ShockStretch {
  /** Samples. */
  from: number;
  to: number;
  kind: 'VF' | 'VT';
}

/** `hop` in samples: from one decision to the next. */
export function shockStretches(decisions: readonly Decided[], hop: number): ShockStretch[] {
  const found: (ShockStretch & { decided: number; vf: number; vt: number })[] = [];
  for (const { from, to, verdict, rhythm, rate } of decisions) {
    if (verdict !== 'shock') continue;
    const middle = (from + to) / 2;
    const [begin, end] = [Math.max(0, Math.round(middle - hop / 2)), Math.round(middle + hop / 2)];
    let last = found.at(-1);
    // One decision in between may differ. By when they were decided: a vote of two looks at less than a vote of three.
    if (last === undefined || to > last.decided + 2 * hop) {
      const start = Math.max(begin, last?.to ?? 0);
      last = { from: start, to: start, kind: 'VF', decided: to, vf: 0, vt: 0 };
      found.push(last);
    }
    last.decided = to;
    last.to = Math.max(last.to, end);
    if (rhythm === 'VF' || rhythm === 'fineVF' || (rhythm === 'VT' && rate >= FLUTTER_RATE)) last.vf++;
    else if (rhythm === 'VT') last.vt++;
  }
  return found.map(({ from, to, vf, vt }) => ({ from, to, kind: vt > vf ? 'VT' : 'VF' }));
}

/** `[` and `]` around VF; `+ (VT` and `+ (N` around VT. */
export function stretchMarks(stretches: readonly ShockStretch[], chan = 0): Annotation[] {
  const mark = (sample: number, code: number, aux: string): Annotation => {
    return { sample, code, subtype: 0, chan, num: 0, aux };
  };
  return stretches.flatMap(({ from, to, kind }) =>
    kind === 'VF'
      ? [mark(from, CODE.VFON, ''), mark(to, CODE.VFOFF, '')]
      : [mark(from, CODE.RHYTHM, '(VT'), mark(to, CODE.RHYTHM, '(N')],
  );
}
