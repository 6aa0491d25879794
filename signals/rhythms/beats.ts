/**
 * Beat after beat: what most rhythms are. A function puts one beat on the schedule and says how long until the next.
 */
import type { Complexes } from './complexes.ts';
import type { RhythmSource } from './rhythm.ts';
import { P, QRS, T } from './templates.ts';

/** From the start of a rhythm to its first R: room for the P wave. */
export const FIRST_R_S = 0.45;

/** Puts the beat with its R at rS on the schedule; returns the time to the next R, s. */
type BeatMaker = (rS: number) => number;

export class Beats implements RhythmSource {
  private readonly make: BeatMaker;
  private nextS: number;
  private rrS = 1;

  constructor(firstS: number, make: BeatMaker) {
    this.nextS = firstS;
    this.make = make;
  }

  schedule(untilS: number): void {
    while (this.nextS <= untilS) {
      this.rrS = this.make(this.nextS);
      this.nextS += this.rrS;
    }
  }

  /** The captured beat resets the pacemaker cell: its next beat comes one RR later. */
  captured(tS: number): void {
    this.nextS = tS + Math.max(this.rrS, FIRST_R_S);
  }
}

/** Bazett's square root, as ECGSYN scales its angles: QT and PR shorten with RR (s). */
export function stretchOf(rrS: number): number {
  return Math.sqrt(Math.min(2, Math.max(0.25, rrS)));
}

/** Ms from the R peak to the top of the T wave at 60/min. */
const T_AT_S = 0.285;

/** T after a narrow beat at rS. */
export function addT(complexes: Complexes, rS: number, rrS: number, scale = 1): void {
  const stretch = stretchOf(rrS);
  complexes.wave(T, rS + T_AT_S * stretch, scale, stretch);
}

interface SinusBeatOptions {
  /** From the top of P to R at 60/min. */
  prS?: number;
  ejection?: number;
  /** Factor on the QRS's times. */
  wide?: number;
}

/** Puts P, QRS and T of a conducted beat with its R at rS on the schedule. */
export function addSinusBeat(
  complexes: Complexes,
  rS: number,
  rrS: number,
  { prS = 0.16, ejection = 1, wide = 1 }: SinusBeatOptions = {},
): void {
  complexes.wave(P, rS - prS * Math.sqrt(stretchOf(rrS)));
  complexes.beat(QRS, rS, 'N', ejection, 1, wide);
  addT(complexes, rS, rrS);
}
