/**
 * `npm run train`: trains the shock advice on RWAVE_DATA and writes weights, manifests and reports. See docs/ADVICE.md.
 *
 *   npm run train                 every length of window, two processes at a time (about two minutes)
 *   npm run train -- 3 4          only these lengths
 *   npm run train -- overrides    only the overrides of protocol P2, by the written rules (docs/advice/p2-overrides.tsv)
 */
import { fork } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { MODEL_WINDOWS } from '../advisory/index.ts';
import { EXIT, RwaveError, UsageError } from '../core/errors.ts';
import { overridesText } from '../dataset/overrides/file.ts';
import { trainingPaths } from '../dataset/train/databases.ts';
import { overviewHead } from '../dataset/train/report.ts';
import { readReading, train } from '../dataset/train/train.ts';
import { writeWhole } from './records/write-whole.ts';

const ROOT = resolve(import.meta.dirname, '..', '..');
const FOLDERS = {
  weights: join(ROOT, 'src', 'advisory', 'weights'),
  report: join(ROOT, 'docs', 'advice'),
};
const OVERRIDES = join(FOLDERS.report, 'p2-overrides.tsv');
/** Where two blind readings object alike (bench/reading/merge.ts): counted by P2R. */
const READING = join(FOLDERS.report, 'p2-reading.tsv');

const tell = (text: string): void => void process.stderr.write(`${text}\n`);

function windowsOf(args: readonly string[]): readonly number[] {
  const windows = args.length > 0 ? args.map(Number) : MODEL_WINDOWS;
  for (const w of windows)
    if (!MODEL_WINDOWS.includes(w))
      throw new UsageError(`train: expected windows of ${MODEL_WINDOWS.join(', ')} s, found "${w}"`);
  return windows;
}

/** Longest with shortest: both processes have about the same to do. */
function share(windows: readonly number[]): number[][] {
  const sorted = [...windows].sort((a, b) => b - a);
  const parts: number[][] = [[], []];
  const load = (part: number[]): number => part.reduce((sum, w) => sum + w + 2, 0);
  for (const w of sorted) parts.sort((a, b) => load(a) - load(b))[0].push(w);
  return parts.filter((p) => p.length > 0);
}

function trainHere(dataFolder: string, windows: readonly number[]): Map<number, string> {
  for (const folder of Object.values(FOLDERS)) mkdirSync(folder, { recursive: true });
  return train({
    dataFolder,
    overridesFile: OVERRIDES,
    readingFile: READING,
    windows,
    write: (kind, name, text) => writeWhole(join(FOLDERS[kind], name), text),
    tell,
  });
}

/** Runs this file again for some of the lengths; they send their lines of the overview. */
function trainThere(windows: readonly number[]): Promise<[number, string][]> {
  return new Promise((done, failed) => {
    const lines: [number, string][] = [];
    const child = fork(process.argv[1], windows.map(String));
    child.on('message', (line) => lines.push(line as [number, string]));
    child.on('exit', (code) =>
      code === 0 ? done(lines) : failed(new RwaveError(`windows ${windows.join(', ')} s: exit code ${code}`)),
    );
  });
}

async function main(args: readonly string[]): Promise<void> {
  const dataFolder = process.env['RWAVE_DATA'];
  if (dataFolder === undefined)
    throw new UsageError('train: expected RWAVE_DATA to name the recordings, found nothing');
  if (args[0] === 'overrides') {
    writeWhole(OVERRIDES, overridesText(trainingPaths(dataFolder)));
    return;
  }
  const windows = windowsOf(args);
  const inChild = process.send !== undefined;
  const parts = inChild || availableParallelism() < 2 ? [[...windows]] : share(windows);
  if (parts.length === 1) {
    const overview = trainHere(dataFolder, windows);
    if (inChild) for (const line of overview) process.send?.(line);
    else writeOverview([...overview]);
    return;
  }
  writeOverview((await Promise.all(parts.map(trainThere))).flat());
}

/** Only with every length: a part would stand for the whole. */
function writeOverview(lines: readonly [number, string][]): void {
  if (lines.length < MODEL_WINDOWS.length) return;
  const sorted = [...lines].sort(([a], [b]) => a - b).map(([, text]) => text);
  writeWhole(
    join(FOLDERS.report, 'windows.txt'),
    `${[overviewHead(readReading(READING).size > 0), ...sorted].join('\n')}\n`,
  );
}

main(process.argv.slice(2)).catch((error: unknown) => {
  if (!(error instanceof RwaveError)) throw error;
  process.stderr.write(`train: ${error.message}\n`);
  process.exitCode = EXIT.usage;
});
