/** The options of commands that look at one annotation file of one record, and what they stand for. */
import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { readHeader } from '../../../signals/formats/wfdb/open.ts';
import type { Annotation } from '../../core/annotations.ts';
import type { Hertz } from '../../core/units.ts';
import { annotationPath, loadAnnotations } from './annotators.ts';
import { samplesOf } from './times.ts';

export interface BeatsOptions {
  record: string;
  annotator: string;
  from?: string;
  to?: string;
}

export interface BeatsOf {
  annotations: Annotation[];
  fs: Hertz;
  /** First and last sample of the stretch that is asked for. */
  from: number;
  length: number | undefined;
}

const DEFAULT_FS = 250;

export function addBeatsOptions(command: Command): Command {
  return command
    .requiredOption('-r, --record <record>', 'record without its ending')
    .requiredOption('-a, --annotator <name>', 'ending of the annotation file')
    .option('-f, --from <time>', 'start: seconds, m:ss, h:mm:ss or s<sample>')
    .option('-t, --to <time>', 'end');
}

export function beatsOf({ record, annotator, from, to }: BeatsOptions): BeatsOf {
  const header = existsSync(`${record}.hea`) ? readHeader(record) : undefined;
  const fs = header?.fs ?? DEFAULT_FS;
  const length = header?.frames;
  const start = from === undefined ? 0 : samplesOf(from, '-f', fs, length);
  const end = to === undefined ? length : samplesOf(to, '-t', fs, length);
  const all = loadAnnotations(annotationPath(record, annotator), fs);
  const annotations = all.filter(
    (a) => a.sample >= start && (to === undefined || a.sample <= (end ?? Infinity)),
  );
  return { annotations, fs, from: start, length: end };
}
