/**
 * What the judges of candidates and of synchroniser edges give on records they have not seen: trained without every fourth
 * record, tested on these, four times over.
 *
 *   RWAVE_DATA=... npm run bench:folds [-- FOLDER]       about half an hour on one core; FOLDER keeps the weights and takes them from there
 *
 * Constants of the detector and the class network are the shipped ones: this validates the judge alone.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Weights } from '../../src/detect/network.ts';
import { accuracyOf } from '../lib/accuracy.ts';
import { syncTable } from '../parts/accuracy.ts';
import { dataFolder } from '../lib/records.ts';
import { percent, table } from '../lib/table.ts';

const RUNS = [
  ['mitdb', 0],
  ['mitdb', 300],
  ['svdb', 0],
] as const;

const PARTS = 4;

interface Judges {
  weights: Weights;
  syncWeights: Weights;
}

async function judgesWithout(part: number, folder: string): Promise<Judges> {
  const qrs = join(folder, `qrs-${part}.ts`);
  const sync = join(folder, `sync-${part}.ts`);
  train('qrs.ts', part, qrs, []);
  train('sync.ts', part, sync, ['--judge', qrs]);
  return {
    weights: ((await import(pathToFileURL(qrs).href)) as { QRS_WEIGHTS: Weights }).QRS_WEIGHTS,
    syncWeights: ((await import(pathToFileURL(sync).href)) as { SYNC_WEIGHTS: Weights }).SYNC_WEIGHTS,
  };
}

function train(script: string, part: number, out: string, more: readonly string[]): void {
  if (existsSync(out)) return;
  const path = join(import.meta.dirname, script);
  execFileSync(
    process.execPath,
    ['--import', 'tsx', path, '--leave-out', `${part}/${PARTS}`, '--out', out, ...more],
    { stdio: 'inherit' },
  );
}

const data = dataFolder();
if (data === undefined) throw new Error('RWAVE_DATA: expected the folder of the recordings, found nothing');
const kept = process.argv.at(2);
const folder = kept ?? mkdtempSync(join(tmpdir(), 'rwave-folds-'));
try {
  const judges: Judges[] = [];
  for (let part = 0; part < PARTS; part++) judges.push(await judgesWithout(part, folder));
  const all = RUNS.map(
    ([database, from]) =>
      [
        `${database} from ${from} s`,
        accuracyOf(data, database, from, (index) => judges[index % PARTS]),
      ] as const,
  );
  console.log(
    table(
      ['records not seen, lead 0, 150 ms', 'beats', 'missed', 'extra', 'Se %', '+P %'],
      all.map(([name, a]) => [
        name,
        `${a.tp + a.fn}`,
        `${a.fn}`,
        `${a.fp}`,
        percent(a.tp, a.fn),
        percent(a.tp, a.fp),
      ]),
    ),
  );
  console.log(`\n${syncTable(all)}`);
} finally {
  if (kept === undefined) rmSync(folder, { recursive: true });
}
