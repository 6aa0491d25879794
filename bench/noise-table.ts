/**
 * `npm run bench:noise [-- --update]`: Se and +P against SNR in recorded noise; needs RWAVE_DATA. `--update` writes the table
 * that test/golden/noise-table.test.ts holds against the code. A minute on one core.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { noiseTables } from './lib/noise-table.ts';
import { dataFolder } from './lib/records.ts';

const GOLDEN = join(import.meta.dirname, '..', 'test', 'golden', 'noise-table.txt');

const folder = dataFolder();
if (folder === undefined) {
  console.error('bench:noise: expected the folder of recordings in RWAVE_DATA, found none');
  process.exit(2);
}
const text = noiseTables(folder, () => process.stderr.write('.'));
process.stderr.write('\n');
process.stdout.write(text);
if (process.argv.includes('--update')) {
  writeFileSync(`${GOLDEN}.new`, text);
  renameSync(`${GOLDEN}.new`, GOLDEN);
}
