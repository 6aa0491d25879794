/**
 * Heart rate out of beat annotations, with the rules of the WFDB tools `ann2rr`, `ihr` and `tach`.
 */
import { CODE, isQrs, type Annotation } from '../core/annotations.ts';
import type { Hertz } from '../core/units.ts';

/** RR intervals in samples; the first is measured from `from`. */
export function rrIntervals(annotations: readonly Annotation[], from = 0): number[] {
  const beats = annotations.filter((a) => isQrs(a.code)).map((a) => a.sample);
  return beats.map((sample, i) => sample - (i === 0 ? from : beats[i - 1]));
}

/** Beats that begin above the ventricles, and those nobody can tell: map1 to NORMAL in WFDB's `ecgmap.h`. */
export const NORMAL_CODES: ReadonlySet<number> = new Set<number>([
  ...[CODE.NORMAL, CODE.LBBB, CODE.RBBB, CODE.ABERR, CODE.NPC, CODE.APC, CODE.SVPB],
  ...[CODE.NESC, CODE.PACE, CODE.UNKNOWN, CODE.BBB, CODE.AESC, CODE.SVESC, CODE.PFUS],
]);

export interface InstantRate {
  /** Start of the interval. */
  sample: number;
  bpm: number;
  /** 0 when the interval before was printed too, 1 after a break: the original's last column. */
  afterBreak: 0 | 1;
}

/**
 * The rate of each interval between two normal beats, left out where it differs by `toleranceBpm` or more from the
 * interval before or from the running mean.
 */
export function instantRates(
  annotations: readonly Annotation[],
  fs: Hertz,
  toleranceBpm = 10,
): InstantRate[] {
  const rates: InstantRate[] = [];
  let mean = 70;
  let last = { sample: -9999, isNormal: false, bpm: NaN };
  let [lastBreak, thisBreak]: [0 | 1, 0 | 1] = [1, 0];
  for (const a of annotations) {
    const isNormal = NORMAL_CODES.has(a.code);
    if (!isNormal && !isQrs(a.code)) continue;
    let { bpm } = last;
    if (isNormal) {
      bpm = (60 * fs) / (a.sample - last.sample);
      mean += Math.min(toleranceBpm, Math.max(-toleranceBpm, (bpm - mean) / 10));
      const isSteady = Math.abs(bpm - last.bpm) < toleranceBpm && Math.abs(bpm - mean) < toleranceBpm;
      if (last.isNormal && isSteady) {
        rates.push({ sample: last.sample, bpm, afterBreak: lastBreak });
        thisBreak = 0;
      }
    }
    last = { sample: a.sample, isNormal, bpm };
    lastBreak = thisBreak;
    thisBreak = 1;
  }
  return rates;
}

/** Half the width of the window in which beats are counted, in output samples. */
const SMOOTHING = 1;
/** What `tach` starts from: the rate, and its mean absolute deviation, bpm. */
const FIRST_RATE = 80;
const FIRST_DEVIATION = 40;

/**
 * Heart rate at even steps of `outFs`, bpm: the beats, in fractions, that fall in a window two steps wide. A value off
 * by more than three mean deviations is replaced by the one before it.
 */
export function tachogram(
  annotations: readonly Annotation[],
  fs: Hertz,
  { from, to }: { from: number; to: number | undefined },
  outFs = 2,
): number[] {
  const beats = annotations.filter((a) => isQrs(a.code)).map((a) => a.sample);
  if (beats.length < 2) return [];
  const step = fs / outFs;
  const end = to === undefined ? Infinity : Math.floor(to / step);
  const rates: number[] = [];
  let [first, last] = [0, 1];
  let [rate, deviation] = [FIRST_RATE, FIRST_DEVIATION];
  for (let n = Math.floor(from / step); n < end; n++) {
    const [left, right] = [step * (n - SMOOTHING), step * (n + SMOOTHING)];
    while (beats[last] < right) {
      if (++last >= beats.length) return rates;
    }
    while (beats[first] <= left) first++;
    const value = outFs * 30 * (beatsIn(beats, first, last, left, right, from) / SMOOTHING);
    const off = Math.abs(value - rate);
    if (off <= 3 * deviation) rate = value;
    deviation = Math.max(1, deviation + (off - deviation) / 20);
    rates.push(rate);
  }
  return rates;
}

/** RR intervals in the window, the ones at its edges in part; before the first beat, as many as the first ones say. */
function beatsIn(
  beats: readonly number[],
  first: number,
  last: number,
  left: number,
  right: number,
  from: number,
): number {
  if (first === 0) return (right - left) / Math.max(beats[0] - from, beats[1] - beats[0]);
  const head = (beats[first] - left) / (beats[first] - beats[first - 1]);
  const tail = (beats[last] - right) / (beats[last] - beats[last - 1]);
  return last - first + head - tail;
}
