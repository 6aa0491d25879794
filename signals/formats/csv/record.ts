/**
 * A text file of numbers, one row a frame, as a record: commas, semicolons, tabs or blanks between the cells.
 *
 * One pass when it is opened counts the rows and notes where every 4096th begins, so that `seek` is quick and memory
 * stays small. A cell that is no number is "no sample here", counted, and told at the end.
 */
import { basename } from 'node:path';
import { RecordError } from '../../../src/core/errors.ts';
import type { RecordHeader } from '../../../src/core/record.ts';
import { RandomAccessFile } from '../file.ts';
import { INVALID_ADU, type SampleReader } from '../options.ts';
import { cellsOf, isComment, layoutOf, type CsvLayout, type CsvOptions } from './layout.ts';

const CHUNK_BYTES = 256 * 1024;
const ROWS_PER_MARK = 4096;
const NEWLINE = 10;
/** adu per unit: text has no converter, so one of 1 uV is made up for those who want whole numbers. */
const ADC_GAIN = 1000;

export class CsvRecord implements SampleReader {
  readonly header: RecordHeader;
  position = 0;
  private readonly file: RandomAccessFile;
  private readonly layout: CsvLayout;
  private readonly bytes = new Uint8Array(CHUNK_BYTES);
  /** Where in the file rows 0, 4096, 8192, ... begin. */
  private readonly marks: number[] = [];
  private rows = 0;
  /** Rows in hand, as text, from row `linesFrom` on. */
  private lines: string[] = [];
  private linesFrom = 0;
  private nextByte = 0;
  private badCells = 0;
  private firstBad = '';

  constructor(path: string, options: CsvOptions) {
    this.file = new RandomAccessFile(path, 'a text file of numbers');
    try {
      this.layout = layoutOf(this.firstLines(), options, path);
      this.index();
      this.load(0);
      this.header = this.describe(path);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  read(leads: readonly number[], out: readonly Float64Array[], n: number): number {
    return this.transfer(leads, n, (k, i, value) => (out[k][i] = value));
  }

  readAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number {
    return this.transfer(leads, n, (k, i, value) => {
      out[k][i] = Number.isNaN(value) ? INVALID_ADU : Math.round(value * ADC_GAIN);
    });
  }

  readSamples(leads: readonly number[], out: readonly Float64Array[], n: number): number {
    return this.read(leads, out, n);
  }

  readSamplesAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number {
    return this.readAdu(leads, out, n);
  }

  seek(frame: number): void {
    this.position = Math.min(Math.max(0, frame), this.rows);
  }

  problems(): readonly string[] {
    if (this.badCells === 0) return [];
    return [`${this.file.path}: ${this.badCells} cells are not numbers, the first in ${this.firstBad}`];
  }

  close(): void {
    this.file.close();
  }

  private transfer(
    leads: readonly number[],
    n: number,
    put: (k: number, i: number, value: number) => void,
  ): number {
    const wanted = Math.min(n, this.rows - this.position);
    const columns = leads.map((lead) => this.layout.columns[lead].index);
    for (let i = 0; i < wanted; i++, this.position++) {
      const cells = cellsOf(this.lineOf(this.position), this.layout.delimiter);
      for (let k = 0; k < columns.length; k++) put(k, i, this.numberOf(cells[columns[k]]));
    }
    return Math.max(0, wanted);
  }

  private numberOf(cell: string | undefined): number {
    const value = cell === undefined || cell === '' ? NaN : Number(cell);
    // '-' and 'NaN' say on purpose that there is no sample.
    if (Number.isNaN(value) && cell !== '-' && cell !== 'NaN') {
      this.badCells++;
      this.firstBad ||= `row ${this.position + 1}: "${cell ?? ''}"`;
    }
    return value;
  }

  private lineOf(row: number): string {
    if (row < this.linesFrom) this.load(row);
    while (row >= this.linesFrom + this.lines.length) {
      if (row - this.linesFrom - this.lines.length > ROWS_PER_MARK) this.load(row);
      else this.loadNext();
    }
    return this.lines[row - this.linesFrom];
  }

  /** From the mark at or before this row. */
  private load(row: number): void {
    const mark = Math.floor(row / ROWS_PER_MARK);
    this.nextByte = this.marks[mark];
    this.linesFrom = mark * ROWS_PER_MARK;
    this.lines = [];
    this.loadNext();
  }

  private loadNext(): void {
    this.linesFrom += this.lines.length;
    const got = this.file.read(this.bytes, this.nextByte);
    const isLast = this.nextByte + got >= this.file.size;
    const end = isLast ? got : this.bytes.lastIndexOf(NEWLINE, got - 1) + 1;
    if (end === 0 && got > 0)
      throw new RecordError(`${this.file.path}: expected lines of less than ${CHUNK_BYTES} bytes`);
    const text = new TextDecoder().decode(this.bytes.subarray(0, end));
    this.lines = text.split('\n').filter(isRow);
    this.nextByte += end;
    if (got === 0)
      throw new RecordError(`${this.file.path}: expected ${this.rows} rows, found the end of the file`);
  }

  private firstLines(): string[] {
    const got = this.file.read(this.bytes, 0);
    return new TextDecoder().decode(this.bytes.subarray(0, got)).split(/\r?\n/);
  }

  /** Counts rows as `isRow` does, byte by byte. */
  private index(): void {
    const counter = new RowCounter(this.layout.headingLines);
    for (let at = 0; at < this.file.size;) {
      const got = this.file.read(this.bytes, at);
      for (let i = 0; i < got; i++) {
        const start = counter.add(this.bytes[i], at + i);
        if (start >= 0 && (counter.rows - 1) % ROWS_PER_MARK === 0) this.marks.push(start);
      }
      at += got;
    }
    this.rows = counter.rows;
    if (this.rows === 0) throw new RecordError(`${this.file.path}: expected rows of numbers, found none`);
  }

  private describe(path: string): RecordHeader {
    return {
      name: basename(path).replace(/\.[^.]*$/, ''),
      fs: this.layout.fs ?? this.rateByTime(),
      length: this.rows,
      signals: this.layout.columns.map(({ name, unit }) => ({
        description: name,
        units: unit === '' ? 'mV' : unit,
        adcGain: ADC_GAIN,
        uncalibrated: unit === '',
        baseline: 0,
        adcRes: 0,
        adcZero: 0,
        samplesPerFrame: 1,
      })),
      comments: [],
      baseTime: '',
      baseDate: '',
    };
  }

  /** Over many rows, so that rounded times do not matter. */
  private rateByTime(): number {
    const { timeColumn, delimiter } = this.layout;
    const count = Math.min(this.lines.length, 1000) - 1;
    const timeAt = (row: number) => Number(cellsOf(this.lines[row], delimiter)[timeColumn]);
    const span = timeColumn < 0 || count < 1 ? NaN : timeAt(count) - timeAt(0);
    const rate = count / span;
    if (!(rate > 0) || !Number.isFinite(rate)) {
      throw new RecordError(
        `${this.file.path}: expected a column "time" or a rate; say it as ${this.file.path}?fs=250`,
      );
    }
    return Math.abs(rate - Math.round(rate)) < 0.01 * rate ? Math.round(rate) : rate;
  }
}

function isRow(line: string): boolean {
  return line.trim() !== '' && !isComment(line);
}

/** The same rule as `isRow`, for bytes that come one by one. */
class RowCounter {
  rows = 0;
  private lineStart = -1;
  private decided = false;
  private skip: number;

  constructor(headingLines: number) {
    this.skip = headingLines;
  }

  /** Returns where the row begins whose first character this is; -1 otherwise. */
  add(byte: number, at: number): number {
    if (this.lineStart < 0) this.lineStart = at;
    if (byte === NEWLINE) {
      this.lineStart = -1;
      this.decided = false;
      if (this.skip > 0) this.skip--;
      return -1;
    }
    if (this.decided || byte <= 32) return -1;
    this.decided = true;
    if (this.skip > 0 || !isRow(String.fromCharCode(byte))) return -1;
    this.rows++;
    return this.lineStart;
  }
}
