/**
 * What share of a recording a protocol does not count, and why. It stands beside every figure: what is left out decides
 * what a figure is worth.
 *
 * Windows without overlap from the start of the record, by what fills most of them: shockable or not.
 */
import { judge, type LeftOut, type Protocol, type Reference } from './advice-protocol.ts';

export interface LeftOutSide {
  windows: number;
  reasons: Map<LeftOut, number>;
}

export interface LeftOutCounts {
  shockable: LeftOutSide;
  nonShockable: LeftOutSide;
}

export function noneLeftOut(): LeftOutCounts {
  const side = (): LeftOutSide => ({ windows: 0, reasons: new Map() });
  return { shockable: side(), nonShockable: side() };
}

/** Adds the windows of one record; `length` in samples. */
export function countLeftOut(
  counts: LeftOutCounts,
  protocol: Protocol,
  reference: Reference,
  windowS: number,
  length: number,
): void {
  const width = Math.round(windowS * reference.fs);
  for (let from = 0; from + width <= length; from += width) {
    const plain = judge('P0', reference, from, from + width);
    const side = typeof plain !== 'string' && plain.shockable ? counts.shockable : counts.nonShockable;
    side.windows++;
    const label = judge(protocol, reference, from, from + width);
    if (typeof label === 'string') side.reasons.set(label, (side.reasons.get(label) ?? 0) + 1);
  }
}

export function leftOutShare({ windows, reasons }: LeftOutSide): number {
  let sum = 0;
  for (const n of reasons.values()) sum += n;
  return windows > 0 ? sum / windows : NaN;
}

/** '12.3 % (compressions 7.1, unusable 5.2)' */
export function leftOutText(side: LeftOutSide): string {
  if (side.windows === 0) return 'none annotated';
  const percent = (n: number): string => ((100 * n) / side.windows).toFixed(1);
  const why = [...side.reasons].sort(([, a], [, b]) => b - a).map(([name, n]) => `${name} ${percent(n)}`);
  const all = (100 * leftOutShare(side)).toFixed(1);
  return why.length === 0 ? '0 %' : `${all} % (${why.join(', ')})`;
}
