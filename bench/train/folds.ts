/**
 * What the judge of candidates gives on records it has not seen: trained on every other record, tested on the rest, both ways.
 *
 *   RWAVE_DATA=... npm run bench:folds        about four minutes on one core
 *
 * Constants of the detector and the class network are the shipped ones: this validates the judge alone.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Weights } from '../../src/detect/network.ts';
import { accuracyOf } from '../lib/accuracy.ts';
import { dataFolder } from '../lib/records.ts';
import { percent, table } from '../lib/table.ts';

const RUNS = [
  ['mitdb', 0],
  ['mitdb', 300],
  ['svdb', 0],
] as const;

async function trained(fold: 'even' | 'odd', folder: string): Promise<Weights> {
  const out = join(folder, `${fold}.ts`);
  const script = join(import.meta.dirname, 'qrs.ts');
  execFileSync(process.execPath, ['--import', 'tsx', script, '--fold', fold, '--out', out], {
    stdio: 'inherit',
  });
  return ((await import(pathToFileURL(out).href)) as { QRS_WEIGHTS: Weights }).QRS_WEIGHTS;
}

const data = dataFolder();
if (data === undefined) throw new Error('RWAVE_DATA: expected the folder of the recordings, found nothing');
const scratch = mkdtempSync(join(tmpdir(), 'rwave-folds-'));
try {
  const even = await trained('even', scratch);
  const odd = await trained('odd', scratch);
  const rows = RUNS.map(([database, from]) => {
    const a = accuracyOf(data, database, from, (index) => (index % 2 === 0 ? odd : even));
    return [
      `${database} from ${from} s`,
      `${a.tp + a.fn}`,
      `${a.fn}`,
      `${a.fp}`,
      percent(a.tp, a.fn),
      percent(a.tp, a.fp),
    ];
  });
  console.log(table(['two folds, lead 0, 150 ms', 'beats', 'missed', 'extra', 'Se %', '+P %'], rows));
} finally {
  rmSync(scratch, { recursive: true });
}
