/** What a person may name on the command line: a record, or a folder with a RECORDS file. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RecordError } from '../../src/core/errors.ts';
import { readText } from './file.ts';

/** The records that `path` stands for, in the order of the list. */
export function recordPaths(path: string): string[] {
  if (existsSync(`${path}.hea`) || !isFolder(path)) return [path];
  const list = join(path, 'RECORDS');
  const names = readText(list, 'a list of the records in this folder')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (names.length === 0) throw new RecordError(`${list}: expected names of records, found none`);
  return names.map((name) => join(path, name));
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
