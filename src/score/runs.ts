/**
 * Run-by-run comparison of ectopic beats, with the rules of `rxr` (ANSI/AAMI EC57).
 *
 * A run is ventricular beats (V, F) one after the other, counted to 6 and more; fibrillation is a run of 6. For each
 * run of one file, the longest run of the other within its time, widened by the match window on both sides. Once with
 * the reference leading (sensitivity), once with the test leading (positive predictivity).
 */
import type { Annotation } from '../core/annotations.ts';
import type { CompareOptions } from './beats.ts';
import { RunLabeller, type RunLabel } from './run-labels.ts';

/** Runs of `reference` 0..6 against `test` 0..6. */
export type RunMatrix = readonly (readonly number[])[];

export interface RunCounts {
  sensitivity: RunMatrix;
  predictivity: RunMatrix;
}

export type RunKind = 'VE' | 'SVE';

const LONGEST = 6;

/** The marks that matter to one kind of run. */
const MARKS = {
  VE: { beats: 'VF', on: '[', off: ']', otherOn: '{' },
  SVE: { beats: 'S', on: '{', off: '}', otherOn: '[' },
} as const;

export function compareRuns(
  reference: readonly Annotation[],
  test: readonly Annotation[],
  options: CompareOptions,
  kind: RunKind = 'VE',
): RunCounts {
  return {
    sensitivity: oneWay(reference, test, options, kind, (leader, other) => [leader, other]),
    predictivity: oneWay(test, reference, options, kind, (leader, other) => [other, leader]),
  };
}

interface Run {
  length: number;
  from: number;
  to: number;
}

function oneWay(
  leading: readonly Annotation[],
  following: readonly Annotation[],
  options: CompareOptions,
  kind: RunKind,
  place: (leader: number, other: number) => readonly [reference: number, test: number],
): RunMatrix {
  const matrix = Array.from({ length: LONGEST + 1 }, () => new Array<number>(LONGEST + 1).fill(0));
  const searcher = new RunSearcher(following, kind);
  for (const run of runsOf(leading, options, kind)) {
    const [row, column] = place(run.length, searcher.longest(run.from, run.to));
    matrix[row][column]++;
  }
  return matrix;
}

/** The runs that begin in the time of the test, and the fibrillation that is on at its start. */
function runsOf(annotations: readonly Annotation[], options: CompareOptions, kind: RunKind): Run[] {
  const { start, end, window } = options;
  const marks = MARKS[kind];
  const labeller = new RunLabeller();
  const runs: Run[] = [];
  let run: Run = { length: 0, from: 0, to: 0 };
  let i = 0;
  for (; i < annotations.length && annotations[i].sample < start; i++) {
    const label = labeller.label(annotations[i]);
    if (label === marks.on) run.length = LONGEST;
    else if (label === ']' || label === '}') run.length = 0;
  }
  if (run.length > 0) run = { length: LONGEST, from: start - window, to: start + window };
  for (; i < annotations.length; i++) {
    const { sample } = annotations[i];
    if (typeof end === 'number' && end > 0 && sample > end) break;
    const label = labeller.label(annotations[i]);
    if (run.length === 0) run = beginRun(label, sample, window, kind);
    else if (marks.beats.includes(label)) {
      run.length = Math.min(LONGEST, run.length + 1);
      run.to = sample + window;
    } else if (label === marks.off) run.to = sample + window;
    else if (endsRun(label)) {
      runs.push(run);
      run = { length: 0, from: 0, to: 0 };
    }
  }
  // As in the original: a run that nothing ends before the end of the file is not counted.
  return runs;
}

function beginRun(label: RunLabel, sample: number, window: number, kind: RunKind): Run {
  const marks = MARKS[kind];
  if (marks.beats.includes(label)) return { length: 1, from: sample - window, to: sample + window };
  // The window's end moves on when the fibrillation is closed.
  if (label === marks.on) return { length: LONGEST, from: sample - window, to: sample + window };
  return { length: 0, from: 0, to: 0 };
}

function endsRun(label: RunLabel): boolean {
  return 'NQUVFS'.includes(label);
}

/** Reads on and on in the following file: windows come in the order of time. */
class RunSearcher {
  private readonly annotations: readonly Annotation[];
  private readonly kind: RunKind;
  private readonly labeller = new RunLabeller();
  private at = 0;
  /** Where the fibrillation that was found last ends. */
  private fibrillationEnd = 0;

  constructor(annotations: readonly Annotation[], kind: RunKind) {
    this.annotations = annotations;
    this.kind = kind;
  }

  longest(from: number, to: number): number {
    if (this.fibrillationEnd > from) return LONGEST;
    if (this.skipTo(from)) return LONGEST;
    let best = 0;
    let length = 0;
    const marks = MARKS[this.kind];
    for (; this.at < this.annotations.length && this.annotations[this.at].sample <= to; this.at++) {
      const label = this.labeller.label(this.annotations[this.at]);
      if (label === marks.on) {
        this.passFibrillation();
        return LONGEST;
      }
      if (marks.beats.includes(label)) length = Math.min(LONGEST, length + 1);
      else if (endsRun(label) || label === marks.otherOn) {
        best = Math.max(best, length);
        length = 0;
      }
    }
    return Math.max(best, length);
  }

  /** To the first annotation at or after `from`; true when fibrillation reaches over it. */
  private skipTo(from: number): boolean {
    while (this.at < this.annotations.length && this.annotations[this.at].sample < from) {
      if (this.labeller.label(this.annotations[this.at]) === MARKS[this.kind].on) {
        this.passFibrillation();
        if (this.fibrillationEnd > from) return true;
      }
      this.at++;
    }
    return false;
  }

  private passFibrillation(): void {
    const { off, otherOn } = MARKS[this.kind];
    for (this.at++; this.at < this.annotations.length; this.at++) {
      const label = this.labeller.label(this.annotations[this.at]);
      if (label === off || label === otherOn || label === 'U') {
        this.fibrillationEnd = this.annotations[this.at].sample;
        return;
      }
    }
    this.fibrillationEnd = Infinity;
  }
}
