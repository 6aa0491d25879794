/** Text files of numbers, by their ending; what they do not say themselves stands behind the path (layout.ts). */
import { existsSync } from 'node:fs';
import type { RecordFormat } from '../options.ts';
import { splitPath } from './layout.ts';
import { CsvRecord } from './record.ts';

export const csv: RecordFormat = {
  name: 'CSV',
  matches: (text) => /\.(csv|txt|tsv)(\?[^/]*)?$/i.test(text) && existsSync(splitPath(text).path),
  open(text) {
    const { path, options } = splitPath(text);
    return new CsvRecord(path, options);
  },
};
