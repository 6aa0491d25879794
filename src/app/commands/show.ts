/** `rwave show`: what a recording holds; for WFDB records the text of `wfdbdesc`, byte for byte. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { openRecord, recordPaths } from '../../../signals/formats/index.ts';
import type { WfdbHeader, WfdbSignal } from '../../../signals/formats/wfdb/header.ts';
import { readHeader } from '../../../signals/formats/wfdb/open.ts';
import { general } from '../../core/printf.ts';
import type { RecordHeader } from '../../core/record.ts';
import type { RwaveCommand } from '../command.ts';
import { clockTime } from '../records/clock-time.ts';
import { millisecondTime } from '../records/times.ts';

export const showCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('show')
      .description('describe recordings: header and signals, as wfdbdesc does')
      .argument(
        '<records...>',
        'record without its ending, a folder with a RECORDS file, or an EDF, BDF or CSV file',
      )
      .option('--json', 'one JSON object a record')
      .addHelpText(
        'after',
        `
Examples:
  rwave show data/mitdb/100
  rwave show data/formats/edf/test_generator.edf
  rwave show "strip.csv?fs=360&unit=mV"`,
      )
      .action(show);
  },
};

function show(records: readonly string[], options: { json?: boolean }): void {
  for (const path of records.flatMap(recordPaths)) {
    if (options.json === true) process.stdout.write(`${JSON.stringify(headerOf(path))}\n`);
    else process.stdout.write(existsSync(`${path}.hea`) ? wfdbText(path) : plainText(path));
  }
}

function headerOf(path: string): RecordHeader {
  const reader = openRecord(path);
  try {
    return reader.header;
  } finally {
    reader.close();
  }
}

function wfdbText(path: string): string {
  const header = readHeader(path);
  const shown = header.segments === undefined ? header : firstSegment(path, header);
  return [
    `Record ${basename(path)}${layoutText(header)}`,
    ...notes(header.comments),
    '',
    `Starting time: ${startText(header)}`,
    `Length: ${lengthText(header, path)}`,
    `Sampling frequency: ${general(header.fs, 12)} Hz`,
    `${header.signalCount} signal${header.signalCount === 1 ? '' : 's'}`,
    ...segmentText(header),
    ...groupsOf(shown.signals).flatMap(({ signal, group }, i) => signalLines(signal, group, i, shown.frames)),
    '',
  ].join('\n');
}

function layoutText({ segments }: WfdbHeader): string {
  if (segments === undefined) return '';
  if (segments[0].frames === 0) return ' (a variable-layout multi-segment record)';
  const rule = '-'.repeat(46);
  return ` (a fixed-layout multi-segment record)\n${rule}\nThe following data apply to the entire record:\n${rule}`;
}

function segmentText({ segments, fs }: WfdbHeader): string[] {
  if (segments === undefined || segments[0].frames === 0) return [];
  const rule = '-'.repeat(46);
  const { frames } = segments[0];
  return [
    rule,
    'The following data apply to the first segment:',
    rule,
    `Segment length: ${millisecondTime(frames, fs)} (${frames} sample intervals)`,
  ];
}

function firstSegment(path: string, header: WfdbHeader): WfdbHeader {
  const name = header.segments?.find((segment) => segment.name !== '~')?.name ?? '';
  const slash = path.lastIndexOf('/') + 1;
  return readHeader(path.slice(0, slash) + name);
}

function notes(comments: readonly string[]): string[] {
  return comments.length === 0 ? [] : ['Notes', '=====', ...comments, '====='];
}

function startText(header: Pick<WfdbHeader, 'fs' | 'baseTime' | 'baseDate'>): string {
  return header.baseTime === '' ? 'not specified' : clockTime(0, header.fs, header);
}

function lengthText(header: WfdbHeader, path: string): string {
  if (header.frames !== undefined)
    return `${millisecondTime(header.frames, header.fs)} (${header.frames} sample intervals)`;
  if (header.signalCount === 0) return 'not specified';
  const { length } = headerOf(path);
  if (length === undefined) return 'not specified';
  return `${millisecondTime(length, header.fs)} (${length} sample intervals) [from signal file size]`;
}

/** Signals that lie in one file are a group. */
function groupsOf(signals: readonly WfdbSignal[]): { signal: WfdbSignal; group: number }[] {
  let group = -1;
  return signals.map((signal, i) => {
    if (i === 0 || signal.file !== signals[i - 1].file) group++;
    return { signal, group };
  });
}

function signalLines(s: WfdbSignal, group: number, index: number, frames: number | undefined): string[] {
  const perFrame = s.samplesPerFrame > 1 ? ` (${s.samplesPerFrame} samples per frame)` : '';
  const storage = s.format === 0 ? perFrame : ` Storage format: ${s.format}${perFrame}`;
  return [
    `Group ${group}, Signal ${index}:`,
    ` File: ${s.format === 0 ? '[none]' : s.file}`,
    ` Description: ${s.description}`,
    ` Gain: ${s.uncalibrated ? `uncalibrated; assume ${s.adcGain}` : general(s.adcGain, 12)} adu/${s.units}`,
    ` Initial value: ${s.initialValue}`,
    ...(storage === '' ? [] : [storage]),
    ` I/O: ${s.blockSize === 0 ? 'can be unbuffered' : `${s.blockSize}-byte blocks`}`,
    ` ADC resolution: ${s.adcRes} bits`,
    ` ADC zero: ${s.adcZero}`,
    ` Baseline: ${s.baseline}`,
    ...(frames === undefined || s.checksum === undefined ? [] : [` Checksum: ${s.checksum}`]),
  ];
}

/** For the formats that WFDB does not know. */
function plainText(path: string): string {
  const header = headerOf(path);
  const { fs, length = 0, signals, comments } = header;
  return [
    `Record ${header.name}`,
    ...notes(comments),
    '',
    `Starting time: ${startText(header)}`,
    `Length: ${millisecondTime(length, fs)} (${length} sample intervals)`,
    `Sampling frequency: ${general(fs, 12)} Hz`,
    `${signals.length} signal${signals.length === 1 ? '' : 's'}`,
    ...signals.flatMap((s, i) => [
      `Signal ${i}:`,
      ` Description: ${s.description}`,
      ` Gain: ${general(s.adcGain, 12)} adu/${s.units}`,
      ` Baseline: ${s.baseline}`,
    ]),
    '',
  ].join('\n');
}
