/**
 * Headers of EDF (Kemp et al. 1992), EDF+ (2003) and BDF (BioSemi; 24 bits): fixed fields of ASCII text.
 *
 * The file is a row of data records of equal duration; each holds the samples of every signal, one signal after the
 * other. In EDF+ one of the signals is text: when each record begins, and notes.
 */
import { RecordError } from '../../../src/core/errors.ts';
import type { RandomAccessFile } from '../file.ts';

export interface EdfSignal {
  label: string;
  units: string;
  physicalMin: number;
  physicalMax: number;
  digitalMin: number;
  digitalMax: number;
  samplesPerRecord: number;
  /** Samples of the data record before this signal's. */
  offset: number;
  isAnnotation: boolean;
}

export interface EdfHeader {
  bytesPerSample: 2 | 3;
  headerBytes: number;
  recordCount: number;
  recordSeconds: number;
  samplesPerRecord: number;
  /** EDF+D: there may be gaps between records. */
  hasGaps: boolean;
  baseTime: string;
  baseDate: string;
  comments: string[];
  signals: EdfSignal[];
}

const FIXED_BYTES = 256;
const SIGNAL_BYTES = 256;

/** Width of each field in the signal part; all labels come first, then all transducers, and so on. */
const SIGNAL_FIELDS = {
  label: 16,
  transducer: 80,
  units: 8,
  physicalMin: 8,
  physicalMax: 8,
  digitalMin: 8,
  digitalMax: 8,
  prefilter: 80,
  samples: 8,
  reserved: 32,
} as const;
type SignalField = keyof typeof SIGNAL_FIELDS;

export function readEdfHeader(file: RandomAccessFile): EdfHeader {
  const start = readText(file, 0, FIXED_BYTES);
  const isBdf = start.startsWith('\xffBIOSEMI');
  if (!isBdf && !start.startsWith('0       ')) {
    throw new RecordError(`${file.path}: expected an EDF or BDF header, found "${start.slice(0, 8).trim()}"`);
  }
  const number = (from: number, to: number, what: string) => numberIn(start.slice(from, to), what, file.path);
  const count = number(252, 256, 'number of signals');
  const signals = parseSignals(readText(file, FIXED_BYTES, count * SIGNAL_BYTES), count, file.path);
  const reserved = start.slice(192, 236).trim();
  const header: EdfHeader = {
    bytesPerSample: isBdf ? 3 : 2,
    headerBytes: number(184, 192, 'size of the header'),
    recordCount: number(236, 244, 'number of data records'),
    recordSeconds: number(244, 252, 'duration of a data record'),
    samplesPerRecord: signals.reduce((sum, s) => sum + s.samplesPerRecord, 0),
    hasGaps: /^(EDF|BDF)\+D/.test(reserved),
    baseTime: start.slice(176, 184).replaceAll('.', ':'),
    baseDate: fullDate(start.slice(168, 176)),
    comments: [start.slice(8, 88).trim(), start.slice(88, 168).trim()]
      .filter((text) => text !== '')
      .map((t) => ` ${t}`),
    signals,
  };
  checkSize(header, file);
  return header;
}

/** A count of -1 means that recording went on when the header was written: the file's size tells. */
function checkSize(header: EdfHeader, file: RandomAccessFile): void {
  const recordBytes = header.samplesPerRecord * header.bytesPerSample;
  if (!(header.recordSeconds > 0) || header.signals.every((s) => s.isAnnotation)) {
    throw new RecordError(`${file.path}: expected a signal with samples, found annotations only`);
  }
  const held = Math.floor((file.size - header.headerBytes) / recordBytes);
  if (header.recordCount < 0) header.recordCount = held;
  if (held < header.recordCount) {
    const wanted = header.headerBytes + header.recordCount * recordBytes;
    throw new RecordError(
      `${file.path}: expected ${wanted} bytes (${header.recordCount} data records, as the header says), found ${file.size} (${held})`,
    );
  }
}

function parseSignals(text: string, count: number, path: string): EdfSignal[] {
  const columns = new Map<SignalField, string[]>();
  let at = 0;
  for (const [name, width] of Object.entries(SIGNAL_FIELDS) as [SignalField, number][]) {
    columns.set(
      name,
      Array.from({ length: count }, (_, i) => text.slice(at + i * width, at + (i + 1) * width).trim()),
    );
    at += count * width;
  }
  const field = (name: SignalField, i: number) => columns.get(name)?.[i] ?? '';
  let offset = 0;
  return Array.from({ length: count }, (_, i) => {
    const value = (name: SignalField) => numberIn(field(name, i), `${name} of signal ${i}`, path);
    const signal: EdfSignal = {
      label: field('label', i),
      units: field('units', i),
      physicalMin: value('physicalMin'),
      physicalMax: value('physicalMax'),
      digitalMin: value('digitalMin'),
      digitalMax: value('digitalMax'),
      samplesPerRecord: value('samples'),
      offset,
      isAnnotation: /^(EDF|BDF) Annotations$/.test(field('label', i)),
    };
    offset += signal.samplesPerRecord;
    if (
      !signal.isAnnotation &&
      (signal.digitalMax === signal.digitalMin || signal.physicalMax === signal.physicalMin)
    ) {
      throw new RecordError(
        `${path}: signal ${i} (${signal.label}): expected a range, found one that is empty`,
      );
    }
    return signal;
  });
}

function readText(file: RandomAccessFile, position: number, length: number): string {
  const bytes = new Uint8Array(length);
  const got = file.read(bytes, position);
  if (got < length) {
    throw new RecordError(
      `${file.path}: expected a header of ${position + length} bytes, found ${position + got}`,
    );
  }
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function numberIn(text: string, what: string, path: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) {
    throw new RecordError(`${path}: expected ${what} as a number, found "${text.trim()}"`);
  }
  return value;
}

/** dd.mm.yy, years 85..99 in the last century (EDF's clipping date). */
function fullDate(text: string): string {
  const m = /^(\d\d)\.(\d\d)\.(\d\d)$/.exec(text);
  return m === null ? '' : `${m[1]}/${m[2]}/${Number(m[3]) >= 85 ? 19 : 20}${m[3]}`;
}
