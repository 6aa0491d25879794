/**
 * What a resuscitation guideline says in numbers: data, one file an edition (src/guidance/editions), never constants in code.
 *
 * Editions disagree, and so do the sources that restate them: each number carries its own mark ([S] read in source code or a
 * manual, [2] a secondary source, [K] general knowledge; docs/SAFETY.md). A number that no source gives is left out.
 */
import type { Joules } from './units.ts';

export interface Sourced<T> {
  readonly value: T;
  /** Mark and where it stands. */
  readonly from: string;
}

export interface Guideline {
  /** For `--guideline`. */
  readonly id: string;
  /** As it is shown. */
  readonly name: string;
  readonly jurisdiction: string;
  /** Of publication, as far as it is known. */
  readonly date: string;
  readonly citation: string;
  /** Chest compressions between two looks at the rhythm, s. */
  readonly cprS: Sourced<number>;
  /** So long before the next look it is announced, s. */
  readonly warnS?: Sourced<number>;
  readonly compressionsPerMin: Sourced<{ readonly least: number; readonly most: number }>;
  /** Of an adult. */
  readonly depthCm: Sourced<{ readonly least: number; readonly most: number }>;
  /** Share of the time with compressions. */
  readonly leastCompressedPct?: Sourced<number>;
  readonly defibrillation: Sourced<{
    /** Biphasic; `maker`: what the maker of the device recommends. */
    readonly firstJ: Joules | 'maker';
    readonly later: 'same' | 'equalOrHigher';
  }>;
  /** Energies for synchronized cardioversion that it names, ascending. */
  readonly cardioversionJ: Sourced<readonly Joules[]>;
  readonly child: Sourced<{
    /** First, second, ... shock; the last one stays. */
    readonly joulesPerKg: readonly number[];
    readonly mostJPerKg?: number;
  }>;
}
