/** Annotation files by record and annotator name, with what the original tools only warn about told on stderr. */
import { basename, join } from 'node:path';
import { readAnnotations } from '../../../signals/formats/index.ts';
import type { Annotation } from '../../core/annotations.ts';
import type { Hertz } from '../../core/units.ts';

/** `<record>.<annotator>`, or the same name in another folder. */
export function annotationPath(record: string, annotator: string, folder?: string): string {
  return `${folder === undefined ? record : join(folder, basename(record))}.${annotator}`;
}

export function loadAnnotations(path: string, fs?: Hertz): Annotation[] {
  const onWarning = (text: string) => process.stderr.write(`rwave: (warning) ${text}\n`);
  return readAnnotations(path, fs === undefined ? { onWarning } : { fs, onWarning });
}
