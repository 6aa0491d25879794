/**
 * EDF, EDF+ (also with gaps) and BDF as a record.
 *
 * A frame lasts as long as a sample of the fastest signal; a slower signal keeps its value until its next sample.
 * Gaps between the data records of EDF+D are frames of "no sample here".
 */
import { basename } from 'node:path';
import { RecordError } from '../../../src/core/errors.ts';
import type { RecordHeader, SignalInfo } from '../../../src/core/record.ts';
import { RandomAccessFile } from '../file.ts';
import { INVALID_ADU, type SampleReader } from '../options.ts';
import { readEdfHeader, type EdfHeader, type EdfSignal } from './header.ts';

const CHUNK_BYTES = 192 * 1024;

export class EdfRecord implements SampleReader {
  readonly header: RecordHeader;
  position = 0;
  private readonly file: RandomAccessFile;
  private readonly edf: EdfHeader;
  private readonly signals: readonly EdfSignal[];
  /** Frames in a data record. */
  private readonly perRecord: number;
  private readonly recordBytes: number;
  /** First frame of each data record; undefined where they follow each other. */
  private readonly starts: Float64Array | undefined;
  private readonly length: number;
  private readonly bytes: Uint8Array;
  /** Data records in hand: first and count. */
  private chunkFrom = 0;
  private chunkCount = 0;

  constructor(path: string) {
    this.file = new RandomAccessFile(path, 'an EDF or BDF file');
    try {
      this.edf = readEdfHeader(this.file);
      this.signals = this.edf.signals.filter((s) => !s.isAnnotation);
      this.perRecord = Math.max(1, ...this.signals.map((s) => s.samplesPerRecord));
      this.recordBytes = this.edf.samplesPerRecord * this.edf.bytesPerSample;
      this.bytes = new Uint8Array(Math.max(1, Math.floor(CHUNK_BYTES / this.recordBytes)) * this.recordBytes);
      this.starts = this.edf.hasGaps ? this.readStarts() : undefined;
      const { recordCount } = this.edf;
      const lastStart = this.starts?.[recordCount - 1] ?? (recordCount - 1) * this.perRecord;
      this.length = recordCount === 0 ? 0 : lastStart + this.perRecord;
      this.header = this.describe(path);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  read(leads: readonly number[], out: readonly Float64Array[], n: number): number {
    return this.transfer(leads, n, (k, signal, from, count, at) => {
      const scale = (signal.physicalMax - signal.physicalMin) / (signal.digitalMax - signal.digitalMin);
      const target = out[k];
      if (from < 0) target.fill(NaN, at, at + count);
      else
        this.copy(signal, from, count, (i, adu) => {
          target[at + i] = signal.physicalMin + (adu - signal.digitalMin) * scale;
        });
    });
  }

  readAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number {
    return this.transfer(leads, n, (k, signal, from, count, at) => {
      const target = out[k];
      if (from < 0) target.fill(INVALID_ADU, at, at + count);
      else this.copy(signal, from, count, (i, adu) => (target[at + i] = adu));
    });
  }

  readSamples(leads: readonly number[], out: readonly Float64Array[], n: number): number {
    return this.read(leads, out, n);
  }

  readSamplesAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number {
    return this.readAdu(leads, out, n);
  }

  seek(frame: number): void {
    this.position = Math.min(Math.max(0, frame), this.length);
  }

  problems(): readonly string[] {
    return [];
  }

  close(): void {
    this.file.close();
  }

  /** Calls `put` for each lead and stretch within a data record; `from` is a frame of the chunk, -1 in a gap. */
  private transfer(
    leads: readonly number[],
    n: number,
    put: (k: number, signal: EdfSignal, from: number, count: number, at: number) => void,
  ): number {
    const wanted = Math.min(n, this.length - this.position);
    let done = 0;
    while (done < wanted) {
      const record = this.recordAt(this.position);
      const within = this.position - this.startOf(record);
      const next = record + 1 < this.edf.recordCount ? this.startOf(record + 1) : this.length;
      const isGap = within >= this.perRecord;
      const end = isGap ? next : Math.min(next, this.startOf(record) + this.perRecord);
      const count = Math.min(wanted - done, end - this.position);
      if (!isGap) this.load(record);
      const from = isGap ? -1 : (record - this.chunkFrom) * this.perRecord + within;
      for (let k = 0; k < leads.length; k++) put(k, this.signals[leads[k]], from, count, done);
      this.position += count;
      done += count;
    }
    return Math.max(0, done);
  }

  private copy(signal: EdfSignal, from: number, count: number, put: (i: number, adu: number) => void): void {
    const { bytes, perRecord, recordBytes } = this;
    const { bytesPerSample } = this.edf;
    const record = Math.floor(from / perRecord);
    const base = record * recordBytes + signal.offset * bytesPerSample;
    const first = from - record * perRecord;
    for (let i = 0; i < count; i++) {
      const b = base + Math.floor(((first + i) * signal.samplesPerRecord) / perRecord) * bytesPerSample;
      const low = bytes[b] | (bytes[b + 1] << 8);
      put(i, bytesPerSample === 2 ? (low << 16) >> 16 : ((low | (bytes[b + 2] << 16)) << 8) >> 8);
    }
  }

  private load(record: number): void {
    if (record >= this.chunkFrom && record < this.chunkFrom + this.chunkCount) return;
    const got = this.file.read(this.bytes, this.edf.headerBytes + record * this.recordBytes);
    this.chunkFrom = record;
    this.chunkCount = Math.floor(got / this.recordBytes);
  }

  private startOf(record: number): number {
    return this.starts === undefined ? record * this.perRecord : this.starts[record];
  }

  /** The last data record that begins at or before this frame. */
  private recordAt(frame: number): number {
    if (this.starts === undefined) return Math.floor(frame / this.perRecord);
    let [low, high] = [0, this.edf.recordCount - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.starts[middle] <= frame) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** EDF+ says in the first note of each data record when it begins: "+12.5\x14\x14". */
  private readStarts(): Float64Array {
    const text = this.edf.signals.find((s) => s.isAnnotation);
    if (text === undefined)
      throw new RecordError(`${this.file.path}: expected a signal with the times of EDF+D, found none`);
    const rate = this.perRecord / this.edf.recordSeconds;
    const bytes = new Uint8Array(text.samplesPerRecord * this.edf.bytesPerSample);
    const starts = new Float64Array(this.edf.recordCount);
    let zero = 0;
    for (let r = 0; r < starts.length; r++) {
      const at = this.edf.headerBytes + r * this.recordBytes + text.offset * this.edf.bytesPerSample;
      this.file.read(bytes, at);
      const m = /^([+-]\d+(?:\.\d+)?)\x14/.exec(new TextDecoder('latin1').decode(bytes));
      if (m === null)
        throw new RecordError(
          `${this.file.path}: byte ${at}: expected the time of data record ${r}, found none`,
        );
      if (r === 0) zero = Number(m[1]);
      starts[r] = Math.round((Number(m[1]) - zero) * rate);
      if (r > 0 && starts[r] < starts[r - 1] + this.perRecord) starts[r] = starts[r - 1] + this.perRecord;
    }
    return starts;
  }

  private describe(path: string): RecordHeader {
    return {
      name: basename(path).replace(/\.[^.]*$/, ''),
      fs: this.perRecord / this.edf.recordSeconds,
      length: this.length,
      signals: this.signals.map(signalInfo),
      comments: this.edf.comments,
      baseTime: this.edf.baseTime,
      baseDate: this.edf.baseDate,
    };
  }
}

function signalInfo(s: EdfSignal): SignalInfo {
  const adcGain = (s.digitalMax - s.digitalMin) / (s.physicalMax - s.physicalMin);
  return {
    description: s.label,
    units: s.units,
    adcGain,
    uncalibrated: false,
    baseline: Math.round(s.digitalMax - s.physicalMax * adcGain),
    adcRes: Math.ceil(Math.log2(s.digitalMax - s.digitalMin + 1)),
    adcZero: Math.floor((s.digitalMax + 1 + s.digitalMin) / 2),
    samplesPerFrame: 1,
  };
}
