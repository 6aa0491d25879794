/** How a record is opened, and what every format gives beyond the reader that the rest of the house knows. */
import type { RecordReader } from '../../src/core/record.ts';

export interface OpenOptions {
  /**
   * 'real' (default): -2048 in format 212 is the end of the converter's range, as in CUDB, and `readAdu` gives what is
   * stored. 'nan': what WFDB does; -2048 is "no sample here", NaN in physical units, INVALID_ADU in adu.
   */
  invalid?: 'real' | 'nan';
}

/** "No sample here" as the WFDB library says it (WFDB_INVALID_SAMPLE). */
export const INVALID_ADU = -32768;

/** Signals with several samples a frame, with all of them: `out[k]` takes n times `samplesPerFrame` values. */
export interface SampleReader extends RecordReader {
  readSamples(leads: readonly number[], out: readonly Float64Array[], n: number): number;
  readSamplesAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number;
}

/** One kind of file that a record can be read from: an entry in the registry of `index.ts`. */
export interface RecordFormat {
  readonly name: string;
  /** Is there such a file at this path (with or without ending)? */
  matches(path: string): boolean;
  open(path: string, options: OpenOptions): SampleReader;
}
