import type { Hertz, SampleIndex } from './units.ts';

/**
 * A run of samples of one or more leads, in mV: the data plane's only currency.
 *
 * A block is reused by whoever hands it out: read it before you return, keep nothing of it.
 * A sample that could not be measured (lead off, lost packet, invalid in the record) is NaN.
 */
export interface Block {
  readonly fs: Hertz;
  /** Index of `leads[k][0]` in the stream. Indices only grow; a jump is a gap. */
  firstSample: SampleIndex;
  /** Valid samples in each lead, 0..capacity. */
  n: number;
  readonly leads: readonly Float64Array[];
}

export function createBlock(fs: Hertz, leadCount: number, capacity: number): Block {
  return {
    fs,
    firstSample: 0,
    n: 0,
    leads: Array.from({ length: leadCount }, () => new Float64Array(capacity)),
  };
}
