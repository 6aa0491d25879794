/**
 * What a recording is to everybody who reads one, whatever its format. Words as in WFDB header(5).
 */
import type { Annotation } from './annotations.ts';
import type { Hertz } from './units.ts';

export interface SignalInfo {
  /** As in the header: 'MLII', 'V5', 'ECG'. */
  description: string;
  units: string;
  /** adu per physical unit; 200 where the header leaves it out (then `uncalibrated`). */
  adcGain: number;
  uncalibrated: boolean;
  /** adu of 0 physical units. */
  baseline: number;
  adcRes: number;
  adcZero: number;
  /** Samples of this signal in one frame. */
  samplesPerFrame: number;
}

export interface RecordHeader {
  /** Name without folder and ending. */
  name: string;
  /** Frames a second. */
  fs: Hertz;
  /** Frames, or undefined where the header does not say and the file cannot tell. */
  length: number | undefined;
  signals: readonly SignalInfo[];
  comments: readonly string[];
  /** 'hh:mm:ss.mmm' as written, '' when absent */
  baseTime: string;
  /** 'dd/mm/yyyy' as written, '' when absent */
  baseDate: string;
}

/**
 * A recording read front to back in blocks: memory does not grow with its length.
 * The i-th array belongs to the i-th entry of `leads`, an index into `header.signals`. Signals with several
 * samples per frame are read averaged to one per frame here (as `rdsamp` does).
 */
export interface RecordReader {
  readonly header: RecordHeader;
  /** Frame that the next read starts with. */
  readonly position: number;
  /** Up to n frames, in the signals' physical unit (mV for ECG); an invalid sample is NaN. Returns how many; 0 at the end. */
  read(leads: readonly number[], out: readonly Float64Array[], n: number): number;
  /** The same in adu as stored, invalid samples included. */
  readAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number;
  seek(frame: number): void;
  /** Problems that are known only at the end: wrong checksum, fewer samples than the header says. Empty when fine. */
  problems(): readonly string[];
  close(): void;
}

export type ReadAnnotations = (path: string) => readonly Annotation[];
