/**
 * What a second core brings: `rwave detect` over many days of recordings with `--jobs 1` and `--jobs 2`, time on the wall.
 *
 * Each record is a day of all mitdb records here (lead 0, 23 million distinct samples); they share one signal file. The
 * annotation files of both runs must be the same. Says little on a machine that does other work. Needs `npm run build`.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { readAnnotations } from '../../signals/formats/index.ts';
import {
  type Day,
  FS,
  MAIN,
  missingBuild,
  withTemporaryFolder,
  writeDay,
  writeHeader,
} from '../lib/day-record.ts';
import { dataFolder, recordsOf } from '../lib/records.ts';
import { table } from '../lib/table.ts';

export function cores(records: number): string {
  const folder = dataFolder();
  if (folder === undefined) return 'not measured: RWAVE_DATA is not set';
  return missingBuild() ?? withTemporaryFolder((temp) => measure(folder, temp, records));
}

function measure(folder: string, temp: string, records: number): string {
  const day = writeDay(recordsOf(folder, 'mitdb'), temp);
  const names = Array.from({ length: records }, (_, i) => `d${i}`);
  for (const name of names) writeHeader(temp, name, day);
  const seconds = [1, 2].map((jobs) => detect(temp, names, jobs));
  for (const name of names) check(temp, name, day);
  const samples = records * day.samples;
  return table(
    [`${records} days, ${samples.toExponential(2)} samples, ${availableParallelism()} cores`, 'one', 'two'],
    [
      ['s', ...seconds.map((s) => s.toFixed(1))],
      ['million samples a second', ...seconds.map((s) => (samples / s / 1e6).toFixed(0))],
      ['times real time', ...seconds.map((s) => (samples / FS / s).toFixed(0))],
      ['two to one', '', (seconds[0] / seconds[1]).toFixed(2)],
    ],
  );
}

function detect(temp: string, names: readonly string[], jobs: number): number {
  const paths = names.map((name) => join(temp, name));
  const args = [MAIN, 'detect', ...paths, '-a', 'qrs', '-o', join(temp, `jobs${jobs}`), '--jobs', `${jobs}`];
  const from = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`bench: rwave detect --jobs ${jobs} ended with ${status}`);
  return (performance.now() - from) / 1000;
}

/** The beats are there (99 %: there are harder records than for the day), and the same for both. */
function check(temp: string, name: string, { beats }: Day): void {
  const [one, two] = [1, 2].map((jobs) => join(temp, `jobs${jobs}`, `${name}.qrs`));
  if (!readFileSync(one).equals(readFileSync(two))) throw new Error(`bench: ${one} and ${two} differ`);
  const found = readAnnotations(one, { fs: FS }).length;
  if (Math.abs(found - beats) > 0.01 * beats)
    throw new Error(`bench: ${one}: expected about ${beats} beats, found ${found}`);
}
