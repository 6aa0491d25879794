/**
 * `npm run train`: trains the shock advice on RWAVE_DATA and writes weights, manifests and reports. See docs/ADVICE.md.
 *
 *   npm run train                 window lengths 3 and 4 s (a minute or two each)
 *   npm run train -- 3 4          only these
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MODEL_WINDOWS } from '../advisory/index.ts';
import { EXIT, RwaveError, UsageError } from '../core/errors.ts';
import { train } from '../dataset/train/train.ts';

function main(args: readonly string[]): void {
  const dataFolder = process.env['RWAVE_DATA'];
  if (dataFolder === undefined)
    throw new UsageError('train: expected RWAVE_DATA to name the recordings, found nothing');
  const windows = args.length > 0 ? args.map(Number) : MODEL_WINDOWS;
  for (const w of windows)
    if (!MODEL_WINDOWS.includes(w))
      throw new UsageError(`train: expected windows of ${MODEL_WINDOWS.join(', ')} s, found "${w}"`);
  const root = resolve(import.meta.dirname, '..', '..');
  const reportFolder = join(root, 'docs', 'advice');
  mkdirSync(reportFolder, { recursive: true });
  const weightsFolder = join(root, 'src', 'advisory', 'weights');
  const tell = (text: string): void => void process.stderr.write(`${text}\n`);
  train({ dataFolder, windows, weightsFolder, reportFolder, tell });
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RwaveError)) throw error;
  process.stderr.write(`train: ${error.message}\n`);
  process.exitCode = EXIT.usage;
}
