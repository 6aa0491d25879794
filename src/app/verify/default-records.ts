/** Recordings for the R-to-shock check where nobody names any: the MIT-BIH records in their order, none left out. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Empty where there is no data: the check then plays a synthetic rhythm, and says so. */
export function defaultRecords(): string[] {
  const data = process.env['RWAVE_DATA'];
  if (data === undefined || data === '') return [];
  const folder = join(data, 'mitdb');
  const list = join(folder, 'RECORDS');
  if (!existsSync(list)) return [];
  return readFileSync(list, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((name) => join(folder, name));
}
