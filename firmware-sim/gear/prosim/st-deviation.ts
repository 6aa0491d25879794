/**
 * ST deviation of a patient simulator: a step behind each QRS that ends in the T wave. Known are only its sizes; the shape is
 * ours [K]: from 60 ms after R on, with raised-cosine flanks, over by 280 ms.
 */
import type { Hertz, SampleIndex } from '../../../src/core/units.ts';

const FROM_S = 0.06;
const FLANK_S = 0.04;
const UNTIL_S = 0.28;
const REMEMBERED = 8;
/** Share of the height that each limb lead sees. */
const LEADS: readonly (readonly [lead: number, share: number])[] = [
  [1, 0.5],
  [2, 1],
  [3, 0.5],
];

export class StDeviation {
  /** Signed, on lead II. */
  mv = 0;
  private readonly rS: number[] = [];

  /** An R at tS: told before its ST segment begins. */
  beat(tS: number): void {
    this.rS.push(tS);
    if (this.rS.length > REMEMBERED) this.rS.shift();
  }

  /** To samples first..first+n-1, which are at 0..n-1. */
  add(first: SampleIndex, fs: Hertz, out: readonly Float64Array[], n: number): void {
    if (this.mv === 0) return;
    for (let i = 0; i < n; i++) {
      const mv = this.mv * this.shapeAt((first + i) / fs);
      if (mv !== 0) for (const [lead, share] of LEADS) out[lead][i] += share * mv;
    }
  }

  private shapeAt(tS: number): number {
    for (const rS of this.rS) {
      const d = tS - rS;
      if (d > FROM_S && d < UNTIL_S) return flank(d - FROM_S) * flank(UNTIL_S - d);
    }
    return 0;
  }
}

function flank(s: number): number {
  return s >= FLANK_S ? 1 : (1 - Math.cos((Math.PI * s) / FLANK_S)) / 2;
}
