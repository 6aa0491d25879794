/** `rwave rdann`: prints an annotation file as `rdann` of WFDB does, byte for byte. */
import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { readAnnotationFile } from '../../../signals/formats/index.ts';
import { readHeader } from '../../../signals/formats/wfdb/open.ts';
import { type Annotation, codeOf, mnemonic } from '../../core/annotations.ts';
import { UsageError } from '../../core/errors.ts';
import { fixedWide, wide } from '../../core/printf.ts';
import type { Hertz } from '../../core/units.ts';
import type { RwaveCommand } from '../command.ts';
import { annotationPath } from '../records/annotators.ts';
import { clockTime, type BaseTime } from '../records/clock-time.ts';
import { TextOutput } from '../records/output.ts';
import { millisecondTime, samplesOf } from '../records/times.ts';

interface RdannOptions {
  record: string;
  annotator: string;
  from?: string;
  to?: string;
  types?: string[];
  chan?: number;
  num?: number;
  sub?: number;
  elapsed?: boolean;
  alternate?: boolean;
  verbose?: boolean;
  json?: boolean;
}

/** Where there is no header, as the originals assume. */
const DEFAULT_FS = 250;

interface Clock extends BaseTime {
  /** Of the record: what sample numbers count. */
  fs: Hertz;
  /** The finer of the record's and the file's own. */
  tickFs: Hertz;
  length: number | undefined;
}

export const rdannCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('rdann')
      .description('print annotations, as rdann of WFDB does')
      .requiredOption('-r, --record <record>', 'record without its ending')
      .requiredOption('-a, --annotator <name>', 'ending of the annotation file')
      .option('-f, --from <time>', 'start: seconds, m:ss, h:mm:ss or s<sample>')
      .option('-t, --to <time>', 'end, included')
      .option('-p, --types <mnemonics...>', 'only these, e.g. -p N V')
      .option('-c, --chan <n>', 'only this signal', integer)
      .option('-n, --num <n>', 'only this number', integer)
      .option('-s, --sub <n>', 'only this subtype', integer)
      .option('-e, --elapsed', 'elapsed time, also where the time of day is known')
      .option('-x, --alternate', 'seconds, minutes and hours')
      .option('-v, --verbose', 'column headings')
      .option('--json', 'one JSON object an annotation')
      .addHelpText(
        'after',
        `
Examples:
  rwave rdann -r data/mitdb/100 -a atr -t 10
  rwave rdann -r results/100 -a qrs -p V --json`,
      )
      .action(rdann);
  },
};

async function rdann(options: RdannOptions): Promise<void> {
  const file = readAnnotationFile(annotationPath(options.record, options.annotator));
  const clock = clockOf(options.record, file.fs);
  const ratio = clock.tickFs / (file.fs ?? clock.fs);
  const from = options.from === undefined ? 0 : samplesOf(options.from, '-f', clock.fs, clock.length);
  const to = options.to === undefined ? Infinity : samplesOf(options.to, '-t', clock.fs, clock.length);
  const isWanted = filterOf(options);
  const out = new TextOutput();
  if (options.verbose === true) out.add(heading(options, clock));
  for (const annotation of file.annotations) {
    const tick = ratio === 1 ? annotation.sample : Math.floor(annotation.sample * ratio + 0.5);
    const sample = Math.floor((tick * clock.fs) / clock.tickFs + 0.5);
    if (sample > to) break;
    if (sample < from || !isWanted(annotation)) continue;
    out.add(
      options.json === true
        ? jsonLine(annotation, sample, clock)
        : textLine(annotation, sample, tick, clock, options),
    );
    if (out.full) await out.flush();
  }
  await out.flush();
  for (const warning of file.warnings) process.stderr.write(`rwave: (warning) ${warning}\n`);
}

function clockOf(record: string, fileFs: Hertz | undefined): Clock {
  if (!existsSync(`${record}.hea`)) {
    const fs = fileFs ?? DEFAULT_FS;
    return { fs, tickFs: fs, length: undefined, baseTime: '', baseDate: '' };
  }
  const { fs, frames, baseTime, baseDate } = readHeader(record);
  return { fs, tickFs: Math.max(fs, fileFs ?? fs), length: frames, baseTime, baseDate };
}

function filterOf({ types, chan, num, sub }: RdannOptions): (a: Annotation) => boolean {
  const codes = types?.map((text) => {
    const code = codeOf(text);
    if (code === undefined)
      throw new UsageError(`-p: expected a mnemonic such as N, V or +, found "${text}"`);
    return code;
  });
  return (a) =>
    (codes?.includes(a.code) ?? true) &&
    (chan === undefined || a.chan === chan) &&
    (num === undefined || a.num === num) &&
    (sub === undefined || a.subtype === sub);
}

function heading({ elapsed, alternate }: RdannOptions, clock: Clock): string {
  const time = clockTime(0, clock.fs, clock);
  const start =
    elapsed === true
      ? 'Elapsed time  Sample #  '
      : alternate === true
        ? '  Seconds   Minutes     Hours  '
        : time.includes('/')
          ? '      Time       Date     Sample #  '
          : time.startsWith('[')
            ? '      Time     Sample #  '
            : '      Time   Sample #  ';
  return `${start}Type  Sub Chan  Num\tAux\n`;
}

function textLine(a: Annotation, sample: number, tick: number, clock: Clock, options: RdannOptions): string {
  const fields = `${mnemonic(a.code).padStart(6)}${wide(a.subtype, 5)}${wide(a.chan, 5)}${wide(a.num, 5)}`;
  const time =
    options.alternate === true
      ? alternateTime(tick, clock.tickFs)
      : `${options.elapsed === true ? millisecondTime(tick, clock.tickFs) : clockTime(tick, clock.tickFs, clock)}  ${wide(sample, 7)}`;
  return `${time}${fields}${a.aux === '' ? '' : `\t${a.aux}`}\n`;
}

/** Seconds, minutes and hours with as many digits as the clock is fine. */
function alternateTime(tick: number, fs: Hertz): string {
  const digits = (perUnit: number, least: number) => Math.max(least, Math.ceil(Math.log10(perUnit) - 1e-12));
  const [s, m, h] = [digits(fs, 3), digits(60 * fs, 5), digits(3600 * fs, 7)];
  const seconds = fixedWide(tick / fs, s + 6, s);
  return `${seconds} ${fixedWide(tick / (60 * fs), m + 4, m)} ${fixedWide(tick / (3600 * fs), h + 2, h)}`;
}

function jsonLine(a: Annotation, sample: number, clock: Clock): string {
  const { subtype, chan, num, aux } = a;
  return `${JSON.stringify({ t: sample / clock.fs, sample, type: mnemonic(a.code), subtype, chan, num, aux })}\n`;
}

function integer(text: string): number {
  if (!/^-?\d+$/.test(text)) throw new InvalidArgumentError(`expected a whole number, found "${text}"`);
  return Number(text);
}
