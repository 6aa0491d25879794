/**
 * `rwave advise`: shock advice over recordings, one line a decision; or episodes of VF and VT as annotation files.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openRecord, recordPaths, writeAnnotations } from '../../../signals/formats/index.ts';
import { DECIDE, MODEL_WINDOWS } from '../../advisory/index.ts';
import type { Advice, Evidence } from '../../core/advice.ts';
import { EXIT, UsageError } from '../../core/errors.ts';
import type { RecordReader } from '../../core/record.ts';
import { adviseRecord, type AdviseOptions as AdviseRecordOptions, checkLead } from '../../dataset/advise.ts';
import { decidedOf, shockStretches, stretchMarks } from '../../dataset/episode-marks.ts';
import { printTrend, trendHead } from '../records/trend-lines.ts';
import type { RwaveCommand } from '../command.ts';
import { anyWholeNumber } from '../options.ts';

interface AdviseOptions {
  lead: number;
  window: number;
  hop: number;
  vtRate: number;
  vote?: true;
  trend?: true;
  chest?: number;
  chestSwing?: number;
  annotator?: string;
  out?: string;
  force?: true;
  json?: true;
  checksum: boolean;
  compressions: boolean;
}

export const adviseCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('advise')
      .description('say for each stretch of a recording whether a shock is advised, and why')
      .argument('<records...>', 'record without its ending, or a folder with a RECORDS file')
      .option('--window <seconds>', `length of a window: ${MODEL_WINDOWS.join(', ')}`, windowLength, 4)
      .option('--hop <seconds>', 'time from one window to the next', positive, 1)
      .option('--vote', 'three windows decide together, as in AED mode (default: one window each)')
      .option('--trend', 'instead of advice: AMSA, dominant frequency and height of VF over time')
      .option(
        '--vt-rate <per minute>',
        'slowest VT that is shockable; 0: every VT',
        notNegative,
        DECIDE.vtRate,
      )
      .option('--lead <n>', 'signal to look at, from 0', anyWholeNumber, 0)
      .option(
        '--chest <n>',
        'signal of a chest accelerometer or depth sensor: no advice in compressions',
        anyWholeNumber,
      )
      .option('--chest-swing <x>', 'with --chest: smallest swing of a compression, in its unit', notNegative)
      .option('--no-compressions', 'nobody compresses the chest in it: do not look for that in the ECG')
      .option(
        '-a, --annotator <name>',
        'write episodes to <record>.<name>: VF as [ and ], VT as rhythm marks',
      )
      .option('-o, --out <folder>', 'where to write them (default: the folder it runs in)')
      .option('--force', 'overwrite annotation files')
      .option('--json', 'one JSON object a line')
      .option('--no-checksum', "ignore a signal that does not match its header's checksum")
      .addHelpText(
        'after',
        `
Examples:
  rwave advise data/cudb/cu01                      a table a person can read
  rwave advise data/vfdb --json --vote --window 3  every record of the folder, as the AED decides
  rwave advise data/vfdb/426 --json --hop 4        windows that do not overlap
  rwave advise data/cudb/cu01 --trend --hop 10     how the VF of a record changes, with the formulas
  rwave advise data/cudb --vote --window 3 -a vf -o out    VF episodes, for \`rwave score episodes\` and epicmp`,
      )
      .action(advise);
  },
};

function advise(records: readonly string[], options: AdviseOptions): void {
  if (options.annotator !== undefined && !/^[A-Za-z][A-Za-z0-9_-]*$/.test(options.annotator))
    throw new UsageError(`-a: expected a name of letters, digits, - and _, found "${options.annotator}"`);
  if (options.trend === true && (options.vote === true || options.annotator !== undefined))
    throw new UsageError(
      '--trend: expected neither --vote nor -a: a trend is of single windows, and no advice',
    );
  const paths = records.flatMap(recordPaths);
  if (options.trend === true && options.json !== true) process.stdout.write(trendHead());
  const targets = paths.map((path) => targetOf(path, options));
  if (options.annotator !== undefined) mkdirSync(options.out ?? '.', { recursive: true });
  paths.forEach((path, i) => adviseOne(path, targets[i], options));
}

/** Where the episodes go; undefined when none are wanted. Refuses before any work is done. */
function targetOf(path: string, { annotator, out = '.', force }: AdviseOptions): string | undefined {
  if (annotator === undefined) return undefined;
  const target = join(out, `${basename(path)}.${annotator}`);
  if (existsSync(target) && force !== true)
    throw new UsageError(`${target}: expected no such file, found one; --force overwrites it`);
  return target;
}

function adviseOne(path: string, target: string | undefined, options: AdviseOptions): void {
  const { lead, window, hop, vtRate, vote, trend, json, checksum } = options;
  const reader = openRecord(path);
  try {
    checkLead(path, reader, lead);
    const { fs } = reader.header;
    const shown: Advice[] = [];
    const show = (a: Advice): void => {
      if (target !== undefined) shown.push(a);
      if (target === undefined || json === true) print(basename(path), fs, a, options);
    };
    const ignore = (): void => undefined;
    const chest = chestOf(path, reader, options);
    const watchCompressions = options.compressions;
    const decide = { ...DECIDE, vtRate };
    const analysis = { lead, windowS: window, hopS: hop, decide, watchCompressions, ...chest };
    if (trend === true) printTrend(path, reader, analysis, json === true);
    else adviseRecord(reader, analysis, vote === true ? ignore : show, vote === true ? show : ignore);
    if (target !== undefined)
      writeAnnotations(
        target,
        stretchMarks(shockStretches(shown.map(decidedOf), Math.round(hop * fs)), lead),
      );
    if (checksum)
      for (const problem of reader.problems()) {
        process.stderr.write(`rwave: ${problem}\n`);
        process.exitCode = EXIT.usage;
      }
  } finally {
    reader.close();
  }
}

function chestOf(
  path: string,
  reader: RecordReader,
  options: AdviseOptions,
): Pick<AdviseRecordOptions, 'chest'> {
  const { chest, chestSwing, compressions } = options;
  if (chest !== undefined && !compressions)
    throw new UsageError('--no-compressions, --chest: expected one of them, found both');
  if (chest === undefined && chestSwing === undefined) return {};
  if (chest === undefined || chestSwing === undefined)
    throw new UsageError('--chest, --chest-swing: expected both or neither, found one');
  const { signals } = reader.header;
  if (chest >= signals.length)
    throw new UsageError(`--chest: ${path} has signals 0..${signals.length - 1}, found ${chest}`);
  return { chest: { signal: chest, minSwing: chestSwing } };
}

function print(record: string, fs: number, a: Advice, { lead, json }: AdviseOptions): void {
  const line = { record, lead, from: a.from / fs, to: a.to / fs, verdict: a.verdict, rhythm: a.rhythm };
  const text =
    json === true ? JSON.stringify({ ...line, score: a.score, evidence: a.evidence }) : asText(line, a);
  process.stdout.write(`${text}\n`);
}

const WORDS = { shock: 'shock', noShock: 'no shock', inconclusive: 'inconclusive' } as const;

function asText(line: { record: string; from: number; to: number }, advice: Advice): string {
  const span = `${line.from.toFixed(1)}-${line.to.toFixed(1)}`;
  const score = Number.isNaN(advice.score) ? '' : advice.score.toFixed(2);
  const head = `${line.record.padEnd(8)} ${span.padEnd(16)} ${WORDS[advice.verdict].padEnd(13)}`;
  return `${head}${advice.rhythm.padEnd(13)}${score.padStart(6)}  ${strongest(advice.evidence)}`;
}

/** The three terms that pushed most. */
function strongest(evidence: readonly Evidence[]): string {
  return evidence
    .filter((e) => e.push !== undefined && e.name !== 'bias')
    .sort((a, b) => Math.abs(b.push ?? 0) - Math.abs(a.push ?? 0))
    .slice(0, 3)
    .map((e) => `${e.name} ${e.value.toFixed(2)} (${(e.push ?? 0).toFixed(2)})`)
    .join(', ');
}

function notNegative(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value < Infinity))
    throw new InvalidArgumentError(`expected a number from 0, found "${text}"`);
  return value;
}

function positive(text: string): number {
  const value = notNegative(text);
  if (value < 0.1 || value > 60)
    throw new InvalidArgumentError(`expected 0.1 to 60 seconds, found "${text}"`);
  return value;
}

function windowLength(text: string): number {
  const value = notNegative(text);
  if (!MODEL_WINDOWS.includes(value))
    throw new InvalidArgumentError(`expected one of ${MODEL_WINDOWS.join(', ')} s, found "${text}"`);
  return value;
}
