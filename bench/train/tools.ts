/** What both trainings share: options, the search for the nearest beat, the file of weights. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Weights } from '../../src/detect/network.ts';
import { dataFolder } from '../lib/records.ts';
import type { Fold } from './corpus.ts';

interface Defaults {
  units: number;
  epochs: number;
  jitter: number;
  seed: string;
  bias: number;
}

export function options(
  defaults: Defaults,
): Defaults & { folder: string; fold: Fold; out: string | undefined; judge: string | undefined } {
  const { values } = parseArgs({
    options: {
      units: { type: 'string', default: `${defaults.units}` },
      epochs: { type: 'string', default: `${defaults.epochs}` },
      jitter: { type: 'string', default: `${defaults.jitter}` },
      seed: { type: 'string', default: defaults.seed },
      bias: { type: 'string', default: `${defaults.bias}` },
      'leave-out': { type: 'string', default: '0/0' },
      out: { type: 'string' },
      judge: { type: 'string' },
    },
  });
  const folder = dataFolder();
  if (folder === undefined)
    throw new Error('RWAVE_DATA: expected the folder of the recordings, found nothing');
  const [leftOut, of] = values['leave-out'].split('/').map(Number);
  if (!(leftOut >= 0) || !(of >= 0))
    throw new Error(`--leave-out: expected a number of parts, as 0/4, found ${values['leave-out']}`);
  return {
    folder,
    fold: { out: leftOut, of },
    out: values.out,
    judge: values.judge,
    seed: values.seed,
    units: Number(values.units),
    epochs: Number(values.epochs),
    jitter: Number(values.jitter),
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
