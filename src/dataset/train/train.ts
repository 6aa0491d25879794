/**
 * The whole training: windows of every recording, scores that no record helped to make, the shipped weights, the report.
 *
 * Reads RWAVE_DATA/{vfdb,cudb,mitdb} and the overrides of P2; writes the weights of each window length, a manifest (hash of
 * the data and the overrides, protocol) and the report. The same data and code give the same bytes.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURES, GATE_LIMITS, type ScoreModel, VOTE } from '../../advisory/index.ts';
import { type Override, parseOverrides, parseReading, withReading } from '../../score/advice-override.ts';
import { BOOST } from './boost.ts';
import { crossValidate, fit, FOLDS, partsOf } from './cross-validate.ts';
import { DATABASES, trainingPaths } from './databases.ts';
import { missesReport } from './misses.ts';
import { recordWindows, type Readings, type RecordWindows } from './record-windows.ts';
import { overviewLine, trainingReport } from './report.ts';
import { readUnusable } from './unusable.ts';

/** The window length that the stretches P0 calls wrong are listed for. */
const LISTED_S = 4;

export interface TrainOptions {
  dataFolder: string;
  /** What `npm run train -- overrides` wrote. */
  overridesFile: string;
  /** What two blind readings left out, for P2R; nothing is learnt from it. */
  readingFile: string;
  windows: readonly number[];
  /** Takes the files as they are ready: name in the folder of the weights or of the reports, and text. */
  write: (kind: 'weights' | 'report', name: string, text: string) => void;
  tell: (text: string) => void;
}

/** For each length of window, the windows of all records. */
function loadWindows(
  dataFolder: string,
  windows: readonly number[],
  readings: Readings,
  tell: (text: string) => void,
): Map<number, RecordWindows[]> {
  const found = new Map(windows.map((w): [number, RecordWindows[]] => [w, []]));
  const paths = trainingPaths(dataFolder);
  paths.forEach((path, i) => {
    for (const r of recordWindows(path, 0, windows, readings)) found.get(r.windowS)?.push(r);
    if ((i + 1) % 15 === 0) tell(`windows ${windows.join(', ')} s: ${i + 1} of ${paths.length} records read`);
  });
  return found;
}

/** Hash over what was learnt from: the signals and the marks, and the readings beside them. */
function dataHash(dataFolder: string, others: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of trainingPaths(dataFolder))
    for (const ending of ['hea', 'dat', 'atr']) hash.update(readFileSync(`${path}.${ending}`));
  for (const file of others) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/** What the readers left out; nothing where there is no file. */
export function readReading(file: string): Map<string, Override[]> {
  return existsSync(file) ? parseReading(readFileSync(file, 'utf8'), file) : new Map<string, Override[]>();
}

function weightsFile(model: ScoreModel): string {
  return `/**
 * Weights of the score for windows of ${model.windowS} s. Written by \`npm run train\`; w${model.windowS}.manifest.json tells from what. Do not edit.
 */
import type { ScoreModel } from '../score.ts';

// prettier-ignore
export const W${model.windowS}: ScoreModel = ${JSON.stringify(model)};
`;
}

/** Gives the line of each window length for the overview. */
export function train({
  dataFolder,
  overridesFile,
  readingFile,
  windows,
  write,
  tell,
}: TrainOptions): Map<number, string> {
  const unusableFile = join(dataFolder, 'reference', 'label-corrections-8s.tsv');
  const data = dataHash(dataFolder, [unusableFile, overridesFile]);
  const readings: Readings = {
    unusable: readUnusable(unusableFile),
    overrides: withReading(
      parseOverrides(readFileSync(overridesFile, 'utf8'), overridesFile),
      readReading(readingFile),
    ),
  };
  const overview = new Map<number, string>();
  for (const [windowS, records] of loadWindows(dataFolder, windows, readings, tell)) {
    const validated = crossValidate(records, windowS, tell);
    write('report', `advice-${windowS}s.txt`, trainingReport(validated, windowS));
    if (windowS === LISTED_S) write('report', `p0-misses-${windowS}s.txt`, missesReport(validated, windowS));
    overview.set(windowS, overviewLine(validated, windowS));
    const model = fit(records, partsOf(records), windowS);
    const shifted = { ...model, bias: Math.round((model.bias + validated.shift) * 1e4) / 1e4 };
    const text = weightsFile(shifted);
    write('weights', `w${windowS}.ts`, text);
    const manifest = {
      windowS,
      data: { databases: DATABASES.join(' '), records: records.map((r) => r.record).join(' '), sha256: data },
      protocol: 'P1X windows and asystole, lead 0, 1-s hops (mitdb every 4 s); see cross-validate.ts',
      folds: FOLDS,
      seed: 'none: no random numbers are used',
      boost: BOOST,
      gates: GATE_LIMITS,
      vote: VOTE,
      shift: validated.shift,
      features: FEATURES.map((f) => f.name).join(' '),
      weightsSha256: createHash('sha256').update(text).digest('hex'),
    };
    write('weights', `w${windowS}.manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
    tell(`window ${windowS} s: done`);
  }
  return overview;
}
