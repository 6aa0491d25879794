/** EDF and BDF files, by their ending; also a name without ending when there is no WFDB header of that name. */
import { existsSync } from 'node:fs';
import type { RecordFormat } from '../options.ts';
import { EdfRecord } from './record.ts';

const ENDINGS = ['.edf', '.bdf', '.EDF', '.BDF', '.rec'];

function fileOf(path: string): string | undefined {
  const candidates = ENDINGS.some((ending) => path.endsWith(ending)) ? [path] : ENDINGS.map((e) => path + e);
  return candidates.find((candidate) => existsSync(candidate));
}

export const edf: RecordFormat = {
  name: 'EDF',
  matches: (path) => fileOf(path) !== undefined,
  open: (path) => new EdfRecord(fileOf(path) ?? path),
};
