/**
 * Beat-by-beat comparison of two annotation files, with the rules of `bxb` (WFDB 10.7; ANSI/AAMI EC57 4.3).
 *
 * A pair matches when it lies within the window and neither has a better partner in the beat that comes next.
 * Test beats during reference fibrillation are not counted; reference beats during test fibrillation are.
 * The first five minutes are for learning and not scored, unless `start` says otherwise.
 */
import type { Annotation } from '../core/annotations.ts';
import type { Hertz } from '../core/units.ts';
import type { Label } from './aami.ts';
import type { BeatCell, BeatCounts } from './beat-counts.ts';
import { AT_END, BeatCursor } from './beat-cursor.ts';

export interface CompareOptions {
  fs: Hertz;
  /** First sample that is scored. EC57: 5 minutes. */
  start: number;
  /** Last sample that is scored; undefined: as far as the reference goes; 'first': to the end of the shorter file. */
  end: number | undefined | 'first';
  /** Largest distance of a match, samples. EC57: 150 ms. */
  window: number;
}

/** A pair as it was counted: the sample is the reference's, or the test's where that is the only one. */
export interface BeatPair {
  ref: Label;
  test: Label;
  refSample: number;
  testSample: number;
}

const LEARNING_SECONDS = 300;
const WINDOW_SECONDS = 0.15;

/** The standard comparison of a record of `length` frames. */
export function standardCompare(fs: Hertz, length: number | undefined): CompareOptions {
  return {
    fs,
    start: Math.round(LEARNING_SECONDS * fs),
    end: length,
    window: Math.floor(WINDOW_SECONDS * fs + 0.5),
  };
}

export function compareBeats(
  reference: readonly Annotation[],
  test: readonly Annotation[],
  options: CompareOptions,
  onPair?: (pair: BeatPair) => void,
): BeatCounts {
  const { fs, start, end, window } = options;
  const ref = new BeatCursor(reference, window);
  const tst = new BeatCursor(test, window);
  const counts: BeatCounts = { cells: {}, rrErrorCount: 0, rrErrorSquares: 0, shutdownSeconds: 0 };
  const count = (r: Label | '', t: Label | '') => {
    addPair(counts, r, t, ref.rr, tst.rr);
    if (r !== t) onPair?.({ ref: r as Label, test: t as Label, refSample: ref.time, testSample: tst.time });
  };

  do ref.advance();
  while (ref.time < start);
  do tst.advance();
  while (tst.nextTime < start);
  startPair(ref, tst, start, window, count);

  while (!isOver(ref.time, tst.time, end)) {
    if (tst.time < ref.time) {
      if (isMatch(tst, ref, window)) {
        count(ref.label, tst.label);
        ref.advance();
      } else {
        count(extraLabel(ref, tst.time), tst.label);
      }
      tst.advance();
    } else {
      if (isMatch(ref, tst, window)) {
        count(ref.label, tst.label);
        tst.advance();
      } else {
        count(ref.label, tst.inShutdown(ref.time) ? 'X' : 'O');
      }
      ref.advance();
    }
  }
  counts.shutdownSeconds = shutdownSeconds(tst, fs, end);
  return counts;
}

/** The beat that straddles the start: the last test beat before it may belong to the first reference beat after it. */
function startPair(
  ref: BeatCursor,
  tst: BeatCursor,
  start: number,
  window: number,
  count: (r: Label | '', t: Label | '') => void,
): void {
  const distance = ref.time - tst.time;
  if (distance < Math.abs(ref.time - tst.nextTime) && distance <= window) {
    if (ref.label !== '' || tst.label !== '') count(ref.label, tst.label);
    ref.advance();
    tst.advance();
    return;
  }
  tst.advance();
  const isBetter = Math.abs(ref.time - tst.nextTime) < Math.abs(ref.time - tst.time);
  if (tst.time - start <= window && isBetter) tst.advance();
}

/** `first` comes first. It matches unless the one after it fits `second` better and has no better partner itself. */
function isMatch(first: BeatCursor, second: BeatCursor, window: number): boolean {
  const distance = second.time - first.time;
  if (!(distance <= window)) return false;
  const rival = Math.abs(second.time - first.nextTime);
  return distance < rival || Math.abs(first.nextTime - second.nextTime) < rival;
}

function extraLabel(ref: BeatCursor, time: number): Label {
  if (ref.inVf(time)) return '*';
  return ref.inShutdown(time) ? 'X' : 'O';
}

function isOver(refTime: number, testTime: number, end: CompareOptions['end']): boolean {
  if (end === undefined) return refTime === AT_END;
  if (end === 'first') return refTime === AT_END || testTime === AT_END;
  return refTime > end && testTime > end;
}

function addPair(counts: BeatCounts, ref: Label | '', test: Label | '', refRr: number, testRr: number): void {
  const isBeat = ref !== '' && ref !== '*' && test !== '' && test !== '*';
  const hasBeat = (ref !== 'O' && ref !== 'X') || (test !== 'O' && test !== 'X');
  if (isBeat && hasBeat) {
    const cell = `${ref}${test.toLowerCase()}` as BeatCell;
    counts.cells[cell] = (counts.cells[cell] ?? 0) + 1;
  }
  if (refRr > 0 && testRr > 0) {
    counts.rrErrorCount++;
    counts.rrErrorSquares += (refRr - testRr) ** 2;
  }
}

/** Rounded by adding half a second; a shutdown without end lasts to the end of the comparison, if that is known. */
function shutdownSeconds(test: BeatCursor, fs: Hertz, end: CompareOptions['end']): number {
  const open = test.openShutdown >= 0 && typeof end === 'number' ? end - test.openShutdown : 0;
  return Math.floor((test.shutdownSamples + open + Math.round(fs / 2)) / fs);
}
