/** How large the QRS complexes of a record and the noise of another are, as `sigamp` of WFDB measures them. */
import {
  MEASUREMENTS,
  peakToPeak,
  QRS_HALF_WINDOW_SECONDS,
  rms,
  trimmedMean,
} from '../../../signals/artifacts/noise-stress.ts';
import type { SampleReader } from '../../../signals/formats/index.ts';
import type { Annotation } from '../../core/annotations.ts';
import { RecordError } from '../../core/errors.ts';
import { NORMAL_CODES } from '../../score/intervals.ts';

/** Peak to peak around normal beats, adu, one value a signal. */
export function qrsAmplitudes(reader: SampleReader, beats: readonly Annotation[]): number[] {
  const { fs, length = Infinity, name } = reader.header;
  const half = Math.floor(QRS_HALF_WINDOW_SECONDS * fs + 0.5);
  const places = beats
    .filter((a) => NORMAL_CODES.has(a.code) && a.sample >= half && a.sample + half < length)
    .slice(0, MEASUREMENTS)
    .map((a) => a.sample - half);
  if (places.length === 0)
    throw new RecordError(`${name}: expected normal beats to measure the QRS by, found none`);
  return measure(reader, places, 2 * half + 1, peakToPeak);
}

/** RMS of each second, adu, one value a signal. */
export function noiseAmplitudes(reader: SampleReader): number[] {
  const { fs, length = 0, name } = reader.header;
  const second = Math.floor(fs + 0.5);
  const count = Math.min(MEASUREMENTS, Math.floor(length / second));
  const values = measure(reader, Array.from({ length: count }, (_, i) => i * second), second, rms); // prettier-ignore
  const flat = values.findIndex((value) => !(value > 0));
  if (flat >= 0) throw new RecordError(`${name}: expected noise in signal ${flat}, found a flat line`);
  return values;
}

function measure(
  reader: SampleReader,
  places: readonly number[],
  n: number,
  of: (adu: Int32Array, n: number) => number,
): number[] {
  const leads = reader.header.signals.map((_, k) => k);
  const out = leads.map(() => new Int32Array(n));
  const found: number[][] = leads.map(() => []);
  for (const place of places) {
    reader.seek(place);
    if (reader.readAdu(leads, out, n) < n) break;
    leads.forEach((k) => found[k].push(of(out[k], n)));
  }
  reader.seek(0);
  return found.map(trimmedMean);
}
