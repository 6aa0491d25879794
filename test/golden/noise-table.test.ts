/**
 * The noise table is what the code gives today: four of its 72 figures are made again, exactly, from the recordings.
 * After a change of the detector: `npm run bench:noise -- --update`, and the diff is the review.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { noiseCell } from '../../bench/lib/noise-cell.ts';
import { GROUPS, SNRS } from '../../bench/lib/noise-table.ts';

const DATA = process.env['RWAVE_DATA'] || undefined;
const why = DATA === undefined ? ' (skipped: RWAVE_DATA is not set)' : '';
const golden = readFileSync(join(import.meta.dirname, 'noise-table.txt'), 'utf8');

/** The figure as it is printed. */
function printed(records: readonly string[], title: string, snr: number): string {
  const table = golden.slice(golden.indexOf(`\n${records.join(' ')}\n`) + 1).split('\n\n')[0];
  const line = table.split('\n').find((l) => l.startsWith(`${title} `));
  return (
    line
      ?.trim()
      .split(/\s+/)
      .at(2 + SNRS.findIndex((s) => s === snr)) ?? 'no such line'
  );
}

describe.skipIf(DATA === undefined)(`the noise table${why}`, () => {
  for (const [records, noise, snr] of [
    [GROUPS.nstdb, 'em', 6],
    [GROUPS.nstdb, 'ma', 0],
  ] as const)
    test(`${records.join(' and ')} with ${noise} at ${snr} dB`, () => {
      const { se, pp } = noiseCell(DATA ?? '', records, noise, snr);
      expect([se.toFixed(2), pp.toFixed(2)]).toEqual([
        printed(records, `${noise} Se`, snr),
        printed(records, `${noise} +P`, snr),
      ]);
    });
});
