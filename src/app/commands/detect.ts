/**
 * `rwave detect`: finds the QRS complexes of recordings; annotation files for `rdann` and `bxb`, and JSON lines.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { reason } from '../../../signals/formats/file.ts';
import { recordPaths } from '../../../signals/formats/index.ts';
import { UsageError } from '../../core/errors.ts';
import type { RwaveCommand } from '../command.ts';
import { detectRecord, type DetectJob } from '../detect/detect-record.ts';
import { PROFILES } from '../detect/detection.ts';
import { consolePrinter } from '../jobs/console-printer.ts';
import { runJobs } from '../jobs/run-jobs.ts';
import { wholeNumber } from '../options.ts';

const WORKER = new URL(`../detect-worker${extname(import.meta.filename)}`, import.meta.url);
/** Endings that would overwrite the record itself. */
const NOT_ANNOTATORS = ['hea', 'dat'];

interface DetectOptions {
  annotator?: string;
  out?: string;
  lead: number;
  from: number;
  to: number;
  profile: keyof typeof PROFILES;
  json?: true;
  quality?: true;
  force?: true;
  checksum: boolean;
  jobs: number;
}

export const detectCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('detect')
      .description('find the QRS complexes of recordings')
      .argument('<records...>', 'record without its ending, or a folder with a RECORDS file')
      .option('-a, --annotator <name>', 'write annotations to <record>.<name>')
      .option('-o, --out <folder>', 'where to write them (default: the folder it runs in)')
      .option('--lead <n>', 'signal to look at, from 0', wholeNumber(0, 999), 0)
      .option('--from <time>', 'start, as seconds or h:mm:ss', time, 0)
      .option('--to <time>', 'end, not included', time, Infinity)
      .option('--profile <name>', 'adult, child or newborn', profile, 'adult')
      .option('--jobs <n>', 'records at a time, each in a thread of its own', wholeNumber(1, 256), 1)
      .option('--json', 'print beats and synchroniser triggers, one JSON object a line')
      .option('--quality', 'with --json: also leads off, saturation, flat lines, mains and pacing pulses')
      .option('--force', 'overwrite annotation files')
      .option('--no-checksum', "ignore a signal that does not match its header's checksum")
      .addHelpText(
        'after',
        `
Examples:
  rwave detect data/mitdb/100 -a qrs -o results      results/100.qrs, for rdann and bxb
  rwave detect data/mitdb -a qrs -o results --force  every record that data/mitdb/RECORDS lists
  rwave detect data/mitdb -a qrs -o results --jobs 4  the same on four cores
  rwave detect data/mitdb/208 --json --from 5:00 --to 6:00
  rwave detect data/cudb/cu32 --json --quality       a paced patient: type "pacePulse" beside "beat" and "sync"

A record that cannot be read is told on stderr; the others are done, and the exit code is 2.`,
      )
      .action(detect);
  },
};

async function detect(records: readonly string[], options: DetectOptions): Promise<void> {
  checkOptions(options);
  const paths = records.flatMap(recordPaths);
  const targets = paths.map((path) => targetOf(path, options));
  checkTargets(targets, options);
  if (options.annotator !== undefined) makeFolder(options.out);
  const jobs = paths.map((path, i) => jobOf(path, targets[i], options));
  const threads = { count: options.jobs, run: detectRecord, worker: WORKER };
  await runJobs(jobs, threads, consolePrinter(jobs.length));
}

function jobOf(path: string, target: string | undefined, options: DetectOptions): DetectJob {
  const { lead, from, to, profile, json = false, quality = false, checksum } = options;
  return { path, target, lead, from, to, profile, json, quality, checksum };
}

function checkOptions({ annotator, json, quality, from, to }: DetectOptions): void {
  if (annotator === undefined && json === undefined)
    throw new UsageError('detect: expected -a NAME to write annotations, or --json to print, found neither');
  if (annotator !== undefined && !/^[A-Za-z][A-Za-z0-9_-]*$/.test(annotator))
    throw new UsageError(`-a: expected a name of letters, digits, - and _, found "${annotator}"`);
  if (annotator !== undefined && NOT_ANNOTATORS.includes(annotator))
    throw new UsageError(`-a: expected a name that is not a record's own, found "${annotator}"`);
  if (quality === true && json === undefined)
    throw new UsageError('--quality: expected --json beside it, found none');
  if (!(from < to)) throw new UsageError(`--to: expected more than --from ${from} s, found ${to}`);
}

/** Where the annotations go; undefined when none are wanted. */
function targetOf(path: string, { annotator, out = '.' }: DetectOptions): string | undefined {
  return annotator === undefined ? undefined : join(out, `${basename(path)}.${annotator}`);
}

/** Refuses before any work is done. */
function checkTargets(targets: readonly (string | undefined)[], { force }: DetectOptions): void {
  const seen = new Set<string>();
  for (const target of targets) {
    if (target === undefined) continue;
    if (seen.has(target))
      throw new UsageError(`${target}: expected records of different names, found two of this one`);
    seen.add(target);
    if (existsSync(target) && force !== true)
      throw new UsageError(`${target}: expected no such file, found one; --force overwrites it`);
  }
}

function makeFolder(out = '.'): void {
  try {
    mkdirSync(out, { recursive: true });
  } catch (error) {
    throw new UsageError(`-o: cannot make the folder "${out}": ${reason(error)}`);
  }
}

function time(text: string): number {
  if (!/^(\d+:){0,2}\d+(\.\d+)?$/.test(text))
    throw new InvalidArgumentError(`expected seconds or h:mm:ss, found "${text}"`);
  return text.split(':').reduce((seconds, part) => 60 * seconds + Number(part), 0);
}

function profile(text: string): string {
  if (!Object.hasOwn(PROFILES, text))
    throw new InvalidArgumentError(`expected adult, child or newborn, found "${text}"`);
  return text;
}
