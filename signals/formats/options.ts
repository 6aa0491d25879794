/** How a record is opened. */
export interface OpenOptions {
  /** What -2048 means in format 212: the end of the converter's range (as in CUDB), or "no sample here". */
  invalid?: 'real' | 'nan';
}

/** One kind of file that a record can be read from: an entry in the registry of `index.ts`. */
export interface RecordFormat {
  readonly name: string;
  /** Is there such a file at this path (with or without ending)? */
  matches(path: string): boolean;
  open(path: string, options: OpenOptions): import('../../src/core/record.ts').RecordReader;
}
