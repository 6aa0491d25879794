/** Annotation files on disk: times come out in samples of the record, whatever clock the file uses. */
import { existsSync } from 'node:fs';
import type { Annotation } from '../../../src/core/annotations.ts';
import { RecordError } from '../../../src/core/errors.ts';
import type { Hertz } from '../../../src/core/units.ts';
import { readWhole, writeWhole } from '../file.ts';
import { decodeAnnotations, encodeAnnotations, type AnnotationFile } from './annotation-codec.ts';
import { readHeader } from './open.ts';

export interface AnnotationReadOptions {
  /** Samples a second that times are wanted in. Left out: the rate of the record beside the file, if there is one. */
  fs?: Hertz;
  /** Told about what the original tools let pass: no end mark, times that go backwards. */
  onWarning?: (text: string) => void;
}

/** `path` with its ending: 'data/100.atr'. */
export function readAnnotations(path: string, options: AnnotationReadOptions = {}): Annotation[] {
  const file = readAnnotationFile(path);
  for (const warning of file.warnings) options.onWarning?.(warning);
  const fs = options.fs ?? recordRate(path);
  if (file.fs === undefined || fs === undefined || file.fs === fs) return file.annotations;
  const ratio = fs / file.fs;
  for (const a of file.annotations) a.sample = Math.floor(a.sample * ratio + 0.5);
  return file.annotations;
}

/** As stored: times in the file's own clock. */
export function readAnnotationFile(path: string): AnnotationFile {
  return decodeAnnotations(readWhole(path, 'an annotation file'), path);
}

function recordRate(path: string): Hertz | undefined {
  const record = path.replace(/\.[^./]*$/, '');
  return existsSync(`${record}.hea`) ? readHeader(record).fs : undefined;
}

/** In the order of time (and of signal within it). Replaces what is there: whether it may is the caller's question. */
export function writeAnnotations(
  path: string,
  annotations: Iterable<Annotation>,
  options: { fs?: Hertz } = {},
): void {
  // Most are in order already: then no copy of them all is made.
  const sorted = checkTimes(path, annotations) ? annotations : [...annotations].sort(inTime);
  writeWhole(path, encodeAnnotations(sorted, options.fs));
}

function inTime(a: Annotation, b: Annotation): number {
  return a.sample - b.sample || a.chan - b.chan;
}

/** True when they are in the order of time. */
function checkTimes(path: string, annotations: Iterable<Annotation>): boolean {
  let isInOrder = true;
  let before: Annotation | undefined;
  for (const a of annotations) {
    if (!Number.isInteger(a.sample) || a.sample < 0 || a.sample > 0x7fffffff)
      throw new RecordError(`${path}: expected times of 0..2147483647 samples, found ${a.sample}`);
    if (before !== undefined && inTime(before, a) > 0) isInOrder = false;
    before = a;
  }
  return isInOrder;
}
