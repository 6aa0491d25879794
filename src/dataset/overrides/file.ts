/**
 * `npm run train -- overrides`: runs the written rules of protocol P2 over the recordings and writes docs/advice/p2-overrides.tsv.
 *
 * Reads signals and annotations only. The same recordings give the same bytes. The file is committed before any training that
 * is judged by it, and is changed only when a rule is: the history of the file shows when.
 */
import { openRecord, readAnnotations } from '../../../signals/formats/index.ts';
import { measureOverrides } from './measure.ts';
import { recordName } from '../train/databases.ts';
import { overrideLine } from '../../score/advice-override.ts';
import { rhythmSpans } from '../../score/advice-reference.ts';

const HEAD = [
  '# Overrides of protocol P2: stretches that are left out (saturation, compressions) or told apart (fineVF, slowVT, notFlat).',
  '# Written by `npm run train -- overrides` from src/dataset/overrides/rules.ts: signal and annotation, lead 0. Do not edit.',
  '# record\tfrom s\tto s\twhat\twhy',
];

/** The whole file, for the records at `paths`. */
export function overridesText(paths: readonly string[]): string {
  const lines = paths.flatMap((path) => {
    const reader = openRecord(path);
    const spans = rhythmSpans(readAnnotations(`${path}.atr`), reader.header.length ?? Infinity);
    const found = measureOverrides(reader, 0, spans);
    reader.close();
    return found.map((o) => overrideLine(recordName(path), o));
  });
  return `${[...HEAD, ...lines].join('\n')}\n`;
}
