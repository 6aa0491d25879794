/** WFDB records, by their header file. */
import { existsSync } from 'node:fs';
import type { RecordReader } from '../../../src/core/record.ts';
import { readText } from '../file.ts';
import type { OpenOptions, RecordFormat } from '../options.ts';
import { parseHeader, type WfdbHeader } from './header.ts';
import { WfdbRecord } from './record.ts';

export function readHeader(path: string): WfdbHeader {
  const file = `${path}.hea`;
  return parseHeader(readText(file, 'a WFDB header file'), file);
}

export function openWfdb(path: string, options: OpenOptions): RecordReader {
  return new WfdbRecord(path, readHeader(path), options);
}

export const wfdb: RecordFormat = {
  name: 'WFDB',
  matches: (path) => existsSync(`${withoutEnding(path)}.hea`),
  open: (path, options) => openWfdb(withoutEnding(path), options),
};

function withoutEnding(path: string): string {
  return path.replace(/\.(hea|dat)$/, '');
}
