/**
 * What every beat, run and episode comparison is asked for: records, two annotators, and the stretch to compare.
 */
import { type Command, Option } from 'commander';
import { openRecord, recordPaths } from '../../../signals/formats/index.ts';
import type { Annotation } from '../../core/annotations.ts';
import { UsageError } from '../../core/errors.ts';
import type { Hertz } from '../../core/units.ts';
import { standardCompare, type CompareOptions } from '../../score/beats.ts';
import { annotationPath, loadAnnotations } from './annotators.ts';
import { samplesOf } from './times.ts';
import { anyWholeNumber } from '../options.ts';

export interface PairOptions {
  record: string[];
  annotators: string[];
  from?: string;
  to?: string;
  window?: string;
  lead?: number;
  testDir?: string;
  line?: boolean;
  json?: boolean;
}

/** A record with both of its annotation files, ready to be compared. */
export interface LoadedPair {
  /** As in the reports: without folder. */
  name: string;
  fs: Hertz;
  reference: Annotation[];
  test: Annotation[];
  compare: CompareOptions;
}

export function addPairOptions(command: Command): Command {
  return command
    .requiredOption('-r, --record <records...>', 'records without ending, or folders with a RECORDS file')
    .requiredOption('-a, --annotators <names...>', 'reference and test annotator, e.g. -a atr qrs')
    .option(
      '-f, --from <time>',
      'start of the comparison (default: 5:00, the first 5 minutes are for learning)',
    )
    .option(
      '-t, --to <time>',
      'end of it (default: end of the record; 0: end of the shorter annotation file)',
    )
    .option('-w, --window <seconds>', 'match window (default: 0.15)')
    .option('--lead <n>', 'only the test annotations of this signal', anyWholeNumber)
    .option('--test-dir <folder>', 'where the test annotation files are (default: beside the record)')
    .addOption(
      new Option('-l, --line', 'one line a record instead of a report; the default for several records'),
    )
    .option('--json', 'one JSON object a record');
}

export function namesOf({ annotators }: PairOptions): [reference: string, test: string] {
  if (annotators.length !== 2) {
    throw new UsageError(`-a: expected a reference and a test annotator, found "${annotators.join(' ')}"`);
  }
  return [annotators[0], annotators[1]];
}

export function pathsOf(options: PairOptions): string[] {
  return options.record.flatMap(recordPaths);
}

export function isStandard({ from, to, window }: PairOptions): boolean {
  return from === undefined && to === undefined && window === undefined;
}

export function loadPair(path: string, options: PairOptions): LoadedPair {
  const [reference, test] = namesOf(options);
  const reader = openRecord(path);
  const { name, fs, length } = reader.header;
  reader.close();
  const all = loadAnnotations(annotationPath(path, test, options.testDir), fs);
  return {
    name,
    fs,
    reference: loadAnnotations(annotationPath(path, reference), fs),
    test: options.lead === undefined ? all : all.filter((a) => a.chan === options.lead),
    compare: compareOptions(options, fs, length),
  };
}

function compareOptions({ from, to, window }: PairOptions, fs: Hertz, length?: number): CompareOptions {
  const compare = standardCompare(fs, length);
  if (from !== undefined) compare.start = samplesOf(from, '-f', fs, length);
  if (window !== undefined) compare.window = samplesOf(window, '-w', fs, length);
  if (to !== undefined) compare.end = Number(to) === 0 ? 'first' : samplesOf(to, '-t', fs, length);
  if (typeof compare.end === 'number' && compare.end < compare.start) {
    throw new UsageError(`-f/-t: expected an end after ${compare.start / fs} s, found ${compare.end / fs} s`);
  }
  return compare;
}
