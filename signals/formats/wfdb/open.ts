/** WFDB records, by their header file. */
import { existsSync } from 'node:fs';
import { readText } from '../file.ts';
import type { OpenOptions, RecordFormat, SampleReader } from '../options.ts';
import { parseHeader, type WfdbHeader } from './header.ts';
import { MultiSegmentRecord } from './multi-segment.ts';
import { WfdbRecord } from './record.ts';

export function readHeader(path: string): WfdbHeader {
  const file = `${path}.hea`;
  return parseHeader(readText(file, 'a WFDB header file'), file);
}

function openWfdb(path: string, options: OpenOptions): SampleReader {
  const header = readHeader(path);
  if (header.segments === undefined) return new WfdbRecord(path, header, options);
  const open = { segment: openWfdb, header: readHeader };
  return new MultiSegmentRecord(path, header, header.segments, options, open);
}

export const wfdb: RecordFormat = {
  name: 'WFDB',
  matches: (path) => existsSync(`${withoutEnding(path)}.hea`),
  open: (path, options) => openWfdb(withoutEnding(path), options),
};

function withoutEnding(path: string): string {
  return path.replace(/\.(hea|dat)$/, '');
}
