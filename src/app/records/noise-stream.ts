/** Recorded noise without end, at the rate that is wanted: from the start again at its end, in between by straight lines. */
import type { SampleReader } from '../../../signals/formats/index.ts';
import type { Hertz } from '../../core/units.ts';

const CHUNK = 8192;

export class NoiseStream {
  private readonly reader: SampleReader;
  private readonly leads: readonly number[];
  private readonly step: number;
  private readonly buffers: Int32Array[];
  private filled = 0;
  /** Place of the next value in the buffer, in samples of the noise. */
  private at = 0;

  constructor(reader: SampleReader, fs: Hertz) {
    this.reader = reader;
    this.leads = reader.header.signals.map((_, k) => k);
    this.step = reader.header.fs / fs;
    this.buffers = this.leads.map(() => new Int32Array(CHUNK));
  }

  /** n values of the noise's signal k modulo their number, for every k in `out`. */
  take(out: readonly Int32Array[], n: number): void {
    const count = this.buffers.length;
    for (let i = 0; i < n; i++) {
      // A step past the last whole sample needs the one after it too.
      while (this.at > this.filled - (Number.isInteger(this.at) ? 1 : 2)) this.refill();
      const left = Math.floor(this.at);
      const part = this.at - left;
      for (let k = 0; k < out.length; k++) {
        const buffer = this.buffers[k % count];
        const a = buffer[left];
        out[k][i] = part === 0 ? a : Math.round(a + part * (buffer[left + 1] - a));
      }
      this.at += this.step;
    }
  }

  /** Keeps what is still needed at the front, and reads on behind it. */
  private refill(): void {
    const used = Math.min(Math.floor(this.at), this.filled);
    for (const buffer of this.buffers) buffer.copyWithin(0, used, this.filled);
    this.filled -= used;
    this.at -= used;
    const free = this.buffers.map((buffer) => buffer.subarray(this.filled));
    const got = this.reader.readAdu(this.leads, free, CHUNK - this.filled);
    if (got === 0) this.reader.seek(0);
    this.filled += got;
  }
}
