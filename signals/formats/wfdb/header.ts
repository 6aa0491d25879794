/**
 * WFDB header files, header(5) of the WFDB Applications Guide.
 *
 *   name[/segments] signals [fs[/counterFs[(counterBase)]] [frames [time [date]]]]
 *   file format[xSamplesPerFrame][:skew][+byteOffset] [gain[(baseline)][/units] [adcRes [adcZero [init [checksum [block [description]]]]]]]
 *   segmentName frames                                     in a multi-segment header, instead of signal lines
 *
 * Comments start with '#', lines end with LF or CRLF. A gain of 0 or none means uncalibrated: 200 adu/mV is used.
 */
import { RecordError } from '../../../src/core/errors.ts';
import type { Hertz } from '../../../src/core/units.ts';

const DEFAULT_GAIN = 200;
const DEFAULT_FS = 250;

export interface WfdbSignal {
  /** '~' or, in format 0, anything: there is no file. */
  file: string;
  format: number;
  samplesPerFrame: number;
  /** Frames by which this signal is stored late. */
  skew: number;
  byteOffset: number;
  adcGain: number;
  uncalibrated: boolean;
  baseline: number;
  units: string;
  adcRes: number;
  adcZero: number;
  initialValue: number;
  /** undefined where the header ends before it: nothing to check. */
  checksum: number | undefined;
  blockSize: number;
  description: string;
}

export interface WfdbSegment {
  /** '~' for a gap. */
  name: string;
  frames: number;
}

export interface WfdbHeader {
  /** As in the record line. */
  name: string;
  fs: Hertz;
  counterFs: Hertz;
  counterBase: number;
  /** undefined where the header leaves it out or says 0. */
  frames: number | undefined;
  baseTime: string;
  baseDate: string;
  signalCount: number;
  signals: WfdbSignal[];
  /** undefined for an ordinary record. */
  segments: WfdbSegment[] | undefined;
  comments: string[];
}

/** A line with its place, for messages. */
interface Line {
  text: string;
  at: string;
}

export function parseHeader(text: string, file: string): WfdbHeader {
  const lines = text.split(/\r\n|\n|\r/).map((line, i): Line => ({ text: line, at: `${file}:${i + 1}` }));
  const data = lines.filter(({ text: t }) => t.trim() !== '' && !t.trimStart().startsWith('#'));
  const first = data.shift();
  if (first === undefined) throw new RecordError(`${file}: expected a record line, found no line with text`);
  const header = parseRecordLine(first);
  const recordLine = lines.indexOf(first);
  header.comments = lines
    .slice(recordLine + 1)
    .filter((line) => line.text.startsWith('#'))
    .map((line) => line.text.slice(1));
  if (header.segments === undefined) parseSignals(header, data, file);
  else parseSegments(header, data, header.segments, file);
  return header;
}

const RECORD_LINE =
  /^(?<name>[^\s/]+)(?:\/(?<segments>\S+))?\s+(?<signals>\S+)(?:\s+(?<rate>\S+))?(?:\s+(?<frames>\S+))?(?:\s+(?<time>\S+))?(?:\s+(?<date>\S+))?/;

function parseRecordLine({ text, at }: Line): WfdbHeader & { segments: WfdbSegment[] | undefined } {
  const g = RECORD_LINE.exec(text.trim())?.groups as Record<string, string | undefined> | undefined;
  if (g === undefined) throw new RecordError(`${at}: expected "name signals ...", found "${text.trim()}"`);
  const rate = parseRate(g['rate'], at);
  const frames = g['frames'] === undefined ? 0 : wholeNumber(g['frames'], 'number of samples', at);
  if (frames < 0) throw new RecordError(`${at}: expected a number of samples >= 0, found ${frames}`);
  return {
    name: g['name'] ?? '',
    ...rate,
    frames: frames === 0 ? undefined : frames,
    baseTime: g['time'] ?? '',
    baseDate: g['date'] ?? '',
    signalCount: count(g['signals'] ?? '', 'number of signals', at),
    signals: [],
    segments: g['segments'] === undefined ? undefined : emptySegments(g['segments'], at),
    comments: [],
  };
}

function emptySegments(text: string, at: string): WfdbSegment[] {
  return Array.from({ length: count(text, 'number of segments', at) }, () => ({ name: '~', frames: 0 }));
}

/** `fs/counterFs(counterBase)`; the original takes 250 Hz where there is none. */
function parseRate(
  text: string | undefined,
  at: string,
): Pick<WfdbHeader, 'fs' | 'counterFs' | 'counterBase'> {
  if (text === undefined) return { fs: DEFAULT_FS, counterFs: DEFAULT_FS, counterBase: 0 };
  const m = /^([^/(]+)(?:\/([^(]+))?(?:\(([^)]*)\))?$/.exec(text);
  const fs = Number(m?.[1] ?? NaN);
  if (m === null || !(fs > 0) || !Number.isFinite(fs)) {
    throw new RecordError(`${at}: expected a sampling frequency above 0 Hz, found "${text}"`);
  }
  const [, , counter, counterStart] = m as (string | undefined)[];
  const counterFs = Number(counter ?? fs);
  const base = Number(counterStart ?? 0);
  return { fs, counterFs: counterFs > 0 ? counterFs : fs, counterBase: Number.isFinite(base) ? base : 0 };
}

function parseSignals(header: WfdbHeader, lines: readonly Line[], file: string): void {
  if (lines.length < header.signalCount) {
    throw new RecordError(`${file}: expected ${header.signalCount} signal lines, found ${lines.length}`);
  }
  for (let i = 0; i < header.signalCount; i++) {
    header.signals.push(parseSignalLine(lines[i], `record ${header.name}, signal ${i}`));
  }
}

const FORMAT = /^(\d+)(?:x(\d+))?(?::(\d+))?(?:\+(\d+))?$/;
const GAIN = /^([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)(?:\(([-+]?\d+)\))?(?:\/(\S+))?$/;

function parseSignalLine({ text, at }: Line, defaultDescription: string): WfdbSignal {
  const words = /^\s*(\S+)\s+(\S+)(.*)$/.exec(text);
  const format = FORMAT.exec(words?.[2] ?? '');
  if (words === null || format === null) {
    throw new RecordError(`${at}: expected "<file> <format> ...", found "${text.trim()}"`);
  }
  const [, , samplesPerFrame, skew, byteOffset] = format as (string | undefined)[];
  const rest = /^\s*(\S+)?\s*(\S+)?\s*(\S+)?\s*(\S+)?\s*(\S+)?\s*(\S+)?\s?(.*)$/.exec(words[3]) ?? [];
  const [, gainText, res, zero, init, checksum, block, description] = rest as (string | undefined)[];
  const adcZero = optional(zero, 0, 'ADC zero', at);
  return {
    file: words[1],
    format: Number(format[1]),
    samplesPerFrame: atLeastOne(samplesPerFrame),
    skew: Number(skew ?? 0),
    byteOffset: Number(byteOffset ?? 0),
    ...parseGain(gainText, adcZero, at),
    adcRes: optional(res, 0, 'ADC resolution', at),
    adcZero,
    initialValue: optional(init, adcZero, 'initial value', at),
    checksum: checksum === undefined ? undefined : wholeNumber(checksum, 'checksum', at),
    blockSize: optional(block, 0, 'block size', at),
    description:
      description === undefined || description.trim() === '' ? defaultDescription : description.trim(),
  };
}

function parseGain(
  text: string | undefined,
  adcZero: number,
  at: string,
): Pick<WfdbSignal, 'adcGain' | 'uncalibrated' | 'baseline' | 'units'> {
  if (text === undefined)
    return { adcGain: DEFAULT_GAIN, uncalibrated: true, baseline: adcZero, units: 'mV' };
  const m = GAIN.exec(text);
  if (m === null) throw new RecordError(`${at}: expected "<gain>(<baseline>)/<units>", found "${text}"`);
  const gain = Number(m[1]);
  const [, , baseline, units] = m as (string | undefined)[];
  return {
    adcGain: gain === 0 ? DEFAULT_GAIN : gain,
    uncalibrated: gain === 0,
    baseline: baseline === undefined ? adcZero : Number(baseline),
    units: units ?? 'mV',
  };
}

function parseSegments(
  header: WfdbHeader,
  lines: readonly Line[],
  segments: WfdbSegment[],
  file: string,
): void {
  if (lines.length < segments.length) {
    throw new RecordError(`${file}: expected ${segments.length} segment lines, found ${lines.length}`);
  }
  segments.forEach((segment, i) => {
    const { text, at } = lines[i];
    const [name, frames] = text.trim().split(/\s+/) as [string, string | undefined];
    if (frames === undefined) throw new RecordError(`${at}: expected "<segment> <samples>", found "${text}"`);
    segment.name = name;
    segment.frames = count(frames, 'number of samples', at);
  });
  const sum = segments.reduce((total, segment) => total + segment.frames, 0);
  if (header.frames !== undefined && header.frames !== sum) {
    throw new RecordError(`${file}: expected segments of ${header.frames} samples together, found ${sum}`);
  }
  header.frames = sum;
}

function wholeNumber(text: string, what: string, at: string): number {
  const value = Number(text);
  if (!Number.isInteger(value))
    throw new RecordError(`${at}: expected ${what} as a whole number, found "${text}"`);
  return value;
}

function count(text: string, what: string, at: string): number {
  const value = wholeNumber(text, what, at);
  if (value < 0) throw new RecordError(`${at}: expected ${what} >= 0, found ${value}`);
  return value;
}

function optional(text: string | undefined, missing: number, what: string, at: string): number {
  return text === undefined ? missing : wholeNumber(text, what, at);
}

function atLeastOne(text: string | undefined): number {
  return Math.max(1, Number(text ?? 1));
}
