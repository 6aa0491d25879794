/** What both trainings share: options, the search for the nearest beat, the file of weights. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Weights } from '../../src/detect/network.ts';
import { dataFolder } from '../lib/records.ts';
import type { Fold } from './corpus.ts';

interface Defaults {
  units: number;
  epochs: number;
  seed: string;
  bias: number;
}

export function options(
  defaults: Defaults,
): Defaults & { folder: string; fold: Fold; out: string | undefined } {
  const { values } = parseArgs({
    options: {
      units: { type: 'string', default: `${defaults.units}` },
      epochs: { type: 'string', default: `${defaults.epochs}` },
      seed: { type: 'string', default: defaults.seed },
      bias: { type: 'string', default: `${defaults.bias}` },
      fold: { type: 'string', default: 'all' },
      out: { type: 'string' },
    },
  });
  const folder = dataFolder();
  if (folder === undefined)
    throw new Error('RWAVE_DATA: expected the folder of the recordings, found nothing');
  const { fold } = values;
  if (fold !== 'all' && fold !== 'even' && fold !== 'odd')
    throw new Error(`--fold: expected all, even or odd, found ${fold}`);
  return {
    folder,
    fold,
    out: values.out,
    seed: values.seed,
    units: Number(values.units),
    epochs: Number(values.epochs),
    bias: Number(values.bias),
  };
}

/** Index of the value nearest to `x` in a rising list, looked for from index `from` on, either way. */
export function nearest(values: readonly number[], x: number, from: number): number {
  let at = from;
  while (at + 1 < values.length && Math.abs(values[at + 1] - x) <= Math.abs(values[at] - x)) at++;
  while (at > 0 && Math.abs(values[at - 1] - x) < Math.abs(values[at] - x)) at--;
  return at;
}

export function writeWeights(
  file: string,
  name: string,
  { inputs, units, w }: Weights,
  bias: number,
  comment: readonly string[],
): void {
  const shifted = [...w.slice(0, -1), Number((w[w.length - 1] + bias).toFixed(6))];
  const head = ['/**', ...comment.map((line) => ` * ${line}`), ' */'].join('\n');
  writeFileSync(
    file,
    `${head}\nimport type { Weights } from './network.ts';\n\n// prettier-ignore\nexport const ${name}: Weights = ${JSON.stringify({ inputs, units, w: shifted })};\n`,
  );
}
