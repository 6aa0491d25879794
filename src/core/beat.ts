import type { SampleIndex } from './units.ts';

/** EC57 beat classes that the detector tells apart (F is reported as N or V, paced as Q). */
export type BeatClass = 'N' | 'V' | 'S' | 'Q';

/**
 * A confirmed beat. Filled in place by `take`, so that no beat allocates.
 * `sample` is the refined R peak; `decidedAt` the newest sample that the decision used (both at the signal's rate).
 */
export interface Beat {
  sample: SampleIndex;
  decidedAt: SampleIndex;
  beatClass: BeatClass;
  /** RR to the beat before, ms; NaN for the first beat and after a gap. */
  rrMs: number;
  /** QRS width, ms; NaN when it could not be measured. */
  widthMs: number;
  /** Found by search-back or in the first two seconds: later than the promised look-ahead. */
  late: boolean;
}

/**
 * The synchroniser's trigger for one R wave: no look-ahead, never from search-back.
 * `sample` is where the trigger puts the R; `decidedAt` the sample it fires on.
 */
export interface RWave {
  sample: SampleIndex;
  decidedAt: SampleIndex;
  /** Far from doubt: may carry a shock. */
  sure: boolean;
}

/** What is decided and not yet taken. `take` fills `into` with the oldest and returns false when there is none. */
export interface Queue<T> {
  readonly length: number;
  take(into: T): boolean;
}

export function emptyBeat(): Beat {
  return { sample: 0, decidedAt: 0, beatClass: 'Q', rrMs: NaN, widthMs: NaN, late: false };
}

export function emptyRWave(): RWave {
  return { sample: 0, decidedAt: 0, sure: false };
}
