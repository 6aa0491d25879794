/**
 * What the columns of a text file are: from its heading, from comments that other tools write, or from the caller.
 *
 * Understood: a line of names ("time,ECG (mV)"), a second line of units as `rdsamp -c -p -v` writes it, and the rate
 * in comments of OpenSignals (JSON), OpenBCI ("%Sample Rate = 250 Hz") and the simple text format ("Sampling Rate
 * (Hz):= 1000"). The caller says the rest behind the path: "strip.csv?fs=360&column=ECG&unit=mV".
 */
import { RecordError, UsageError } from '../../../src/core/errors.ts';

export interface CsvOptions {
  fs?: number;
  /** Number from 0, or name; several apart by commas. */
  columns?: string[];
  unit?: string;
}

export interface CsvColumn {
  index: number;
  name: string;
  /** '' where nobody says. */
  unit: string;
}

export interface CsvLayout {
  delimiter: RegExp;
  fs: number | undefined;
  /** The column of times, to take the rate from. */
  timeColumn: number;
  columns: CsvColumn[];
  /** Lines before the first row. */
  headingLines: number;
}

/** "data/x.csv?fs=360&column=1": the path, and what is said behind it. */
export function splitPath(text: string): { path: string; options: CsvOptions } {
  const mark = text.lastIndexOf('?');
  if (mark < 0) return { path: text, options: {} };
  const options: CsvOptions = {};
  for (const part of text.slice(mark + 1).split('&')) {
    const [name, value = ''] = part.split('=', 2);
    if (name === 'fs' && Number(value) > 0) options.fs = Number(value);
    else if (name === 'column' && value !== '') options.columns = value.split(',');
    else if (name === 'unit' && value !== '') options.unit = value;
    else
      throw new UsageError(
        `${text}: expected ?fs=<Hz>, column=<name or number>, unit=<unit>, found "${part}"`,
      );
  }
  return { path: text.slice(0, mark), options };
}

export function layoutOf(lines: readonly string[], options: CsvOptions, path: string): CsvLayout {
  let headingLines = 0;
  while (isComment(lines[headingLines])) headingLines++;
  const comments = lines.slice(0, headingLines);
  const delimiter = delimiterOf(lines[headingLines] ?? '', lines[headingLines + 2] ?? '');
  let names: string[] | undefined;
  let units: string[] | undefined;
  if (isText(cellsOf(lines[headingLines] ?? '', delimiter))) {
    names = cellsOf(lines[headingLines++], delimiter);
    const next = cellsOf(lines[headingLines] ?? '', delimiter);
    if (isText(next)) units = cellsOf(lines[headingLines++], delimiter);
    names = units === undefined ? names : names.map((name, i) => withUnit(name, units?.[i] ?? ''));
  }
  const width = cellsOf(lines[headingLines] ?? '', delimiter).length;
  if ((lines[headingLines] ?? '') === '')
    throw new RecordError(`${path}: expected rows of numbers, found none`);
  names ??= namesInComments(comments, width);
  const all = Array.from({ length: width }, (_, index) => columnOf(index, names?.[index] ?? ''));
  const timeColumn = all.findIndex((c) => /^(t|time|elapsed time|seconds|secs?)$/i.test(c.name));
  const columns = wantedColumns(all, timeColumn, options, path);
  return { delimiter, fs: options.fs ?? rateInComments(comments), timeColumn, columns, headingLines };
}

function wantedColumns(
  all: CsvColumn[],
  timeColumn: number,
  { columns, unit }: CsvOptions,
  path: string,
): CsvColumn[] {
  const wanted =
    columns?.map((text) => {
      const found = all.find((c) => c.name === text) ?? all[/^\d+$/.test(text) ? Number(text) : -1];
      if ((found as CsvColumn | undefined) !== undefined) return found;
      throw new UsageError(
        `${path}: expected a column of ${all.map((c) => c.name).join(', ')}, found "${text}"`,
      );
    }) ?? all.filter((c) => c.index !== timeColumn);
  return unit === undefined ? wanted : wanted.map((c) => ({ ...c, unit }));
}

/** "ECG (mV)" or "ECG [mV]" */
function columnOf(index: number, text: string): CsvColumn {
  const m = /^(.*?)\s*[([]([^)\]]+)[)\]]\s*$/.exec(text);
  if (m !== null) return { index, name: m[1], unit: m[2] };
  return { index, name: text === '' ? `column ${index}` : text, unit: '' };
}

function withUnit(name: string, unit: string): string {
  return unit === '' ? name : `${name} (${unit.replace(/[()]/g, '')})`;
}

export function isComment(line: string | undefined): boolean {
  return line !== undefined && /^\s*[#%]/.test(line);
}

export function cellsOf(line: string, delimiter: RegExp): string[] {
  const text = line.trim();
  return text.split(delimiter).map((cell) => cell.trim().replace(/^(['"])(.*)\1$/, '$2'));
}

function isText(cells: readonly string[]): boolean {
  return (
    cells.length > 0 && cells[0] !== '' && cells.every((cell) => cell === '' || Number.isNaN(Number(cell)))
  );
}

function delimiterOf(first: string, later: string): RegExp {
  const sample = later === '' ? first : later;
  for (const mark of [/;/, /\t/, /,/]) if (mark.test(sample.trim())) return mark;
  return /\s+/;
}

const RATES = [/sampling rate(?:"| \(Hz\))?\s*:=?\s*"?([\d.]+)/i, /sample rate\s*=\s*([\d.]+)\s*Hz/i];

function rateInComments(comments: readonly string[]): number | undefined {
  for (const line of comments) {
    for (const rate of RATES) {
      const value = Number(rate.exec(line)?.[1] ?? NaN);
      if (value > 0) return value;
    }
  }
  return undefined;
}

/** OpenSignals lists its columns in JSON. */
function namesInComments(comments: readonly string[], width: number): string[] | undefined {
  for (const line of comments) {
    const names = /"column": \[([^\]]*)\]/.exec(line)?.[1].match(/"([^"]*)"/g);
    if (names?.length === width) return names.map((name) => name.slice(1, -1));
  }
  return undefined;
}
