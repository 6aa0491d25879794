/**
 * The whole training: windows of every recording, scores that no record helped to make, the shipped weights, the report.
 *
 * Reads RWAVE_DATA/{vfdb,cudb,mitdb}; writes the weights of each window length, a manifest (data hash, protocol, code
 * version) and the report. The same data and code give the same bytes.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordPaths } from '../../../signals/formats/index.ts';
import { FEATURES, GATE_LIMITS, type ScoreModel, VOTE } from '../../advisory/index.ts';
import { BOOST } from './boost.ts';
import { crossValidate, fit, FOLDS } from './cross-validate.ts';
import { recordWindows, type RecordWindows } from './record-windows.ts';
import { trainingReport } from './report.ts';
import { readUnusable } from './unusable.ts';

const DATABASES = ['vfdb', 'cudb', 'mitdb'] as const;

export interface TrainOptions {
  dataFolder: string;
  windows: readonly number[];
  weightsFolder: string;
  reportFolder: string;
  tell: (text: string) => void;
}

export function loadWindows(dataFolder: string, windowS: number): RecordWindows[] {
  const unusable = readUnusable(join(dataFolder, 'reference', 'label-corrections-8s.tsv'));
  return DATABASES.flatMap((database) =>
    recordPaths(join(dataFolder, database)).map((path) => recordWindows(path, 0, windowS, unusable)),
  );
}

/** Hash over what was learnt from: the signals and the marks. */
function dataHash(dataFolder: string): string {
  const hash = createHash('sha256');
  for (const database of DATABASES)
    for (const path of recordPaths(join(dataFolder, database)))
      for (const ending of ['hea', 'dat', 'atr']) hash.update(readFileSync(`${path}.${ending}`));
  return hash.digest('hex');
}

function weightsFile(model: ScoreModel): string {
  return `/**
 * Weights of the score for windows of ${model.windowS} s. Written by \`npm run train\`; manifest.json tells from what. Do not edit.
 */
import type { ScoreModel } from '../score.ts';

// prettier-ignore
export const W${model.windowS}: ScoreModel = ${JSON.stringify(model)};
`;
}

export function train({ dataFolder, windows, weightsFolder, reportFolder, tell }: TrainOptions): void {
  const data = dataHash(dataFolder);
  for (const windowS of windows) {
    tell(`window ${windowS} s: reading`);
    const records = loadWindows(dataFolder, windowS);
    const validated = crossValidate(records, windowS, tell);
    writeFileSync(join(reportFolder, `advice-${windowS}s.txt`), trainingReport(validated, windowS));
    const model = fit(records, windowS);
    const shifted = { ...model, bias: Math.round((model.bias + validated.shift) * 1e4) / 1e4 };
    const text = weightsFile(shifted);
    writeFileSync(join(weightsFolder, `w${windowS}.ts`), text);
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
    writeFileSync(join(weightsFolder, `w${windowS}.manifest.json`), `${JSON.stringify(manifest, null, 2)}\n`);
    tell(`window ${windowS} s: done`);
  }
}
