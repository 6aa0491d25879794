/**
 * Recordings: `openRecord` finds the format, everybody else sees a `RecordReader`.
 *
 * Reads are synchronous and in chunks: memory does not grow with the length of a record.
 */
import { RecordError } from '../../src/core/errors.ts';
import type { OpenOptions, RecordFormat, SampleReader } from './options.ts';
import { csv } from './csv/open.ts';
import { edf } from './edf/open.ts';
import { wfdb } from './wfdb/open.ts';

export type { OpenOptions, SampleReader } from './options.ts';
export { recordPaths } from './record-paths.ts';
export {
  readAnnotationFile,
  readAnnotations,
  writeAnnotations,
  type AnnotationReadOptions,
} from './wfdb/annotation-file.ts';
export { WfdbWriter, type WriteOptions, type WriteSignal } from './wfdb/writer.ts';

/** The first that matches opens it. */
const FORMATS: readonly RecordFormat[] = [wfdb, edf, csv];

/** `path` without ending ('data/mitdb/100'), or with it where there are several formats of one name. */
export function openRecord(path: string, options: OpenOptions = {}): SampleReader {
  const format = FORMATS.find((f) => f.matches(path));
  if (format === undefined) {
    throw new RecordError(`${path}: expected a record (${path}.hea), found no such file`);
  }
  return format.open(path, options);
}
