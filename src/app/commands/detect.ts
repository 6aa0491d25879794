/**
 * `rwave detect`: finds the QRS complexes of recordings; annotation files for `rdann` and `bxb`, and JSON lines.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openRecord, recordPaths, writeAnnotations } from '../../../signals/formats/index.ts';
import { type Annotation, CODE } from '../../core/annotations.ts';
import { type Beat, type BeatClass, emptyBeat, emptyRWave } from '../../core/beat.ts';
import { EXIT, RecordError, UsageError } from '../../core/errors.ts';
import type { RecordReader } from '../../core/record.ts';
import { adult, child, newborn, QrsDetector } from '../../detect/index.ts';
import type { RwaveCommand } from '../command.ts';

const PROFILES = { adult, child, newborn } as const;
const CODE_OF: Readonly<Record<BeatClass, number>> = {
  N: CODE.NORMAL,
  V: CODE.PVC,
  S: CODE.SVPB,
  Q: CODE.UNKNOWN,
};
/** What a signal's unit is in mV; a unit that is not listed is taken as it stands. */
const MV_PER_UNIT: Readonly<Partial<Record<string, number>>> = { uV: 1e-3, µV: 1e-3, V: 1e3 };
const CHUNK = 1024;

interface DetectOptions {
  annotator?: string;
  out?: string;
  lead: number;
  from: number;
  to: number;
  profile: keyof typeof PROFILES;
  json?: true;
  force?: true;
  checksum: boolean;
}

export const detectCommand: RwaveCommand = {
  register(program: Command): void {
    program
      .command('detect')
      .description('find the QRS complexes of recordings')
      .argument('<records...>', 'record without its ending, or a folder with a RECORDS file')
      .option('-a, --annotator <name>', 'write annotations to <record>.<name>')
      .option('-o, --out <folder>', 'where to write them (default: the folder it runs in)')
      .option('--lead <n>', 'signal to look at, from 0', wholeNumber, 0)
      .option('--from <time>', 'start, as seconds or h:mm:ss', time, 0)
      .option('--to <time>', 'end, not included', time, Infinity)
      .option('--profile <name>', 'adult, child or newborn', profile, 'adult')
      .option('--json', 'print beats and synchroniser triggers, one JSON object a line')
      .option('--force', 'overwrite annotation files')
      .option('--no-checksum', "ignore a signal that does not match its header's checksum")
      .addHelpText(
        'after',
        `
Examples:
  rwave detect data/mitdb/100 -a qrs -o results      results/100.qrs, for rdann and bxb
  rwave detect data/mitdb -a qrs -o results --force  every record that data/mitdb/RECORDS lists
  rwave detect data/mitdb/208 --json --from 5:00 --to 6:00`,
      )
      .action(detect);
  },
};

function detect(records: readonly string[], options: DetectOptions): void {
  if (options.annotator === undefined && options.json === undefined)
    throw new UsageError('detect: expected -a NAME to write annotations, or --json to print, found neither');
  if (options.annotator !== undefined && !/^[A-Za-z][A-Za-z0-9_-]*$/.test(options.annotator))
    throw new UsageError(`-a: expected a name of letters, digits, - and _, found "${options.annotator}"`);
  if (!(options.from < options.to))
    throw new UsageError(`--to: expected more than --from ${options.from} s, found ${options.to}`);
  const paths = records.flatMap(recordPaths);
  const targets = paths.map((path) => targetOf(path, options));
  paths.forEach((path, i) => detectOne(path, targets[i], options));
}

/** Where the annotations go; undefined when none are wanted. Refuses before any work is done. */
function targetOf(path: string, { annotator, out = '.', force }: DetectOptions): string | undefined {
  if (annotator === undefined) return undefined;
  const target = join(out, `${basename(path)}.${annotator}`);
  if (existsSync(target) && force !== true)
    throw new UsageError(`${target}: expected no such file, found one; --force overwrites it`);
  return target;
}

function detectOne(path: string, target: string | undefined, options: DetectOptions): void {
  const reader = openRecord(path);
  try {
    const annotations: Annotation[] = [];
    run(path, reader, options, (beat) => {
      if (target !== undefined) annotations.push(annotationOf(beat, options.lead));
    });
    if (target !== undefined) {
      if (options.out !== undefined) mkdirSync(options.out, { recursive: true });
      writeAnnotations(target, annotations);
    }
    if (options.checksum) tellProblems(reader);
  } finally {
    reader.close();
  }
}

/** A wrong checksum is known at the end only: what was written stands. */
function tellProblems(reader: RecordReader): void {
  for (const problem of reader.problems()) {
    process.stderr.write(`rwave: ${problem}\n`);
    process.exitCode = EXIT.usage;
  }
}

function annotationOf(beat: Readonly<Beat>, lead: number): Annotation {
  return { sample: beat.sample, code: CODE_OF[beat.beatClass], subtype: 0, chan: lead, num: 0, aux: '' };
}

function run(path: string, reader: RecordReader, options: DetectOptions, onBeat: (beat: Beat) => void): void {
  const { header } = reader;
  const { lead, json } = options;
  if (lead >= header.signals.length)
    throw new UsageError(`--lead: ${path} has signals 0..${header.signals.length - 1}, found ${lead}`);
  if (!(header.fs >= 100)) throw new RecordError(`${path}: expected 100 Hz or more, found ${header.fs} Hz`);
  const first = Math.round(options.from * header.fs);
  const end = Math.min(Math.round(options.to * header.fs), header.length ?? Infinity);
  if (first >= end) throw new UsageError(`--from: ${path} ends before ${options.from} s`);
  reader.seek(first);

  const detector = new QrsDetector({ fs: header.fs, profile: PROFILES[options.profile] });
  detector.reset(first);
  const beat = emptyBeat();
  const rWave = emptyRWave();
  const record = basename(path);
  // Both streams in one order: that in which they were decided.
  const drain = (): void => {
    let [hasSync, hasBeat] = [false, false];
    for (;;) {
      hasSync ||= json === true && detector.syncs.take(rWave);
      hasBeat ||= detector.beats.take(beat);
      if (!hasSync && !hasBeat) return;
      if (hasSync && (!hasBeat || rWave.decidedAt <= beat.decidedAt)) {
        print({ record, lead, type: 'sync', ...rWave });
        hasSync = false;
      } else {
        const { sample, decidedAt, beatClass, rrMs } = beat;
        if (json === true) print({ record, lead, type: 'beat', sample, decidedAt, class: beatClass, rrMs });
        onBeat(beat);
        hasBeat = false;
      }
    }
  };
  feed(reader, lead, end, detector, drain);
}

function feed(
  reader: RecordReader,
  lead: number,
  end: number,
  detector: QrsDetector,
  drain: () => void,
): void {
  const leads = [lead];
  const out = [new Float64Array(CHUNK)];
  const mv = MV_PER_UNIT[reader.header.signals[lead].units] ?? 1;
  for (;;) {
    const n = reader.read(leads, out, Math.min(CHUNK, end - reader.position));
    if (n === 0) break;
    if (mv !== 1) for (let i = 0; i < n; i++) out[0][i] *= mv;
    detector.process(out[0], n);
    drain();
  }
  detector.flush();
  drain();
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`expected a whole number, found "${text}"`);
  return Number(text);
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
