/** Processor time per sample in memory, as a ratio to the calibration kernel, and bytes allocated. */
import { benchEcg } from '../lib/ecg.ts';
import { leastBytes, leastNs } from '../lib/measure.ts';
import { pieces } from '../lib/pieces.ts';
import { table } from '../lib/table.ts';

const FS = 360;
const SAMPLES = 4096 * 256;

export function speed(): string {
  const { x, truth } = benchEcg(SAMPLES, FS);
  const { kernel, filter, detector } = pieces(x, FS);
  detector.run();
  if (Math.abs(detector.beats - truth.length) > 0.005 * truth.length)
    throw new Error(`bench: expected about ${truth.length} beats, found ${detector.beats}`);
  const ns = leastNs([kernel, filter, detector], 15);
  const of = (name: string): number => ns.get(name) ?? NaN;
  return table(
    ['a million distinct samples, one lead', 'ns a sample', 'x kernel', 'bytes a sample'],
    [kernel, filter, detector].map((piece) => [
      piece.name,
      of(piece.name).toFixed(1),
      (of(piece.name) / of('kernel')).toFixed(2),
      leastBytes(piece).toFixed(3),
    ]),
  );
}
