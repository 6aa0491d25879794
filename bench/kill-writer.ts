/**
 * Kills the writer of a black box again and again: `npx tsx bench/kill-writer.ts [KILLS] [SEED]` (1000 kills take some minutes).
 * Each writer continues the file of the last one; what it told of before SIGKILL must be read back, in order and unchanged.
 */
import { rmSync } from 'node:fs';
import { Rng } from '../src/core/rng.ts';
import { buildWriter, killWriters } from '../test/app/kill-writer.ts';

const [kills = '1000', seed = '1'] = process.argv.slice(2);
const folder = await buildWriter();
try {
  process.stdout.write(`seed ${seed}\n`);
  const result = await killWriters(folder, Number(kills), new Rng(seed));
  process.stdout.write(`${JSON.stringify(result)}\n`);
  if (result.lost > 0 || result.wrong > 0) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
