/**
 * Writes a WFDB record front to back: signals interleaved in one file of format 16 or 212, the header at the end.
 *
 * Both files are written beside their places and renamed on `close`: nobody sees half a record. Values outside the
 * format's range are clipped to it and counted; NaN is stored as the format's "no sample here".
 */
import { closeSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { assert, RecordError } from '../../../src/core/errors.ts';
import { general } from '../../../src/core/printf.ts';
import type { Hertz } from '../../../src/core/units.ts';
import { reason, writeWhole } from '../file.ts';

export type WriteFormat = 16 | 212;

export interface WriteSignal {
  description: string;
  units: string;
  adcGain: number;
  baseline: number;
  adcRes: number;
  adcZero: number;
}

export interface WriteOptions {
  fs: Hertz;
  format: WriteFormat;
  signals: readonly WriteSignal[];
  comments?: readonly string[];
  baseTime?: string;
  baseDate?: string;
}

/** The lowest value means "no sample here". */
const LOWEST: Readonly<Record<WriteFormat, number>> = { 16: -32768, 212: -2048 };
const CHUNK_SAMPLES = 32_768;

export class WfdbWriter {
  /** Values that did not fit the format so far. */
  clipped = 0;
  private readonly path: string;
  private readonly options: WriteOptions;
  private readonly fd: number;
  private readonly samples = new Int32Array(CHUNK_SAMPLES);
  private filled = 0;
  private frames = 0;
  private readonly initial: number[] = [];
  private readonly sums: number[];

  /** `path` without ending. Replaces what is there: whether it may is the caller's question. */
  constructor(path: string, options: WriteOptions) {
    assert(options.signals.length > 0, 'a record needs a signal');
    this.path = path;
    this.options = options;
    this.sums = options.signals.map(() => 0);
    try {
      mkdirSync(dirname(path), { recursive: true });
      this.fd = openSync(this.temporary, 'w');
    } catch (error) {
      throw new RecordError(`${path}.dat: cannot write: ${reason(error)}`);
    }
  }

  /** n frames in physical units, one array a signal. */
  write(leads: readonly Float64Array[], n: number): void {
    const { signals, format } = this.options;
    const lowest = LOWEST[format];
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < signals.length; k++) {
        const { adcGain, baseline } = signals[k];
        const value = leads[k][i];
        this.push(
          k,
          Number.isNaN(value) ? lowest : this.clip(Math.round(value * adcGain + baseline), lowest),
        );
      }
    }
    this.frames += n;
  }

  /** The same in adu. */
  writeAdu(leads: readonly Int32Array[], n: number): void {
    const lowest = LOWEST[this.options.format];
    const count = this.options.signals.length;
    for (let i = 0; i < n; i++) for (let k = 0; k < count; k++) this.push(k, this.clip(leads[k][i], lowest));
    this.frames += n;
  }

  close(): void {
    try {
      this.flush();
      closeSync(this.fd);
      renameSync(this.temporary, `${this.path}.dat`);
    } catch (error) {
      throw new RecordError(`${this.path}.dat: cannot write: ${reason(error)}`);
    }
    writeWhole(`${this.path}.hea`, this.headerText());
  }

  /** Leaves nothing behind. */
  abandon(): void {
    closeSync(this.fd);
    rmSync(this.temporary, { force: true });
  }

  private get temporary(): string {
    return `${this.path}.dat.part`;
  }

  private clip(adu: number, lowest: number): number {
    if (adu >= lowest && adu <= -1 - lowest) return adu;
    this.clipped++;
    return adu < lowest ? lowest : -1 - lowest;
  }

  private push(signal: number, adu: number): void {
    if (this.initial.length <= signal) this.initial.push(adu);
    this.sums[signal] = (this.sums[signal] + adu) | 0;
    this.samples[this.filled++] = adu;
    if (this.filled === CHUNK_SAMPLES) this.flush();
  }

  private flush(): void {
    const bytes =
      this.options.format === 16 ? pack16(this.samples, this.filled) : pack212(this.samples, this.filled);
    writeSync(this.fd, bytes);
    this.filled = 0;
  }

  private headerText(): string {
    const { fs, format, signals, comments = [], baseTime = '', baseDate = '' } = this.options;
    const name = basename(this.path);
    const record = [name, signals.length, general(fs, 12), this.frames, baseTime, baseDate].filter(
      (w) => w !== '',
    );
    const lines = signals.map((s, k) => {
      const gain = `${general(s.adcGain, 12)}(${s.baseline})/${s.units.replace(/\s+/g, '_')}`;
      const checksum = (this.sums[k] << 16) >> 16;
      const numbers = [gain, s.adcRes, s.adcZero, this.initial[k] ?? s.adcZero, checksum, 0];
      return `${name}.dat ${format} ${numbers.join(' ')} ${s.description}`;
    });
    return [record.join(' '), ...lines, ...comments.map((text) => `#${text}`), ''].join('\n');
  }
}

function pack16(samples: Int32Array, n: number): Uint8Array {
  const bytes = new Uint8Array(2 * n);
  for (let i = 0, b = 0; i < n; i++, b += 2) {
    bytes[b] = samples[i];
    bytes[b + 1] = samples[i] >> 8;
  }
  return bytes;
}

/** An odd last sample takes two bytes. Chunks are even, so only the last one can be odd. */
function pack212(samples: Int32Array, n: number): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(1.5 * n));
  for (let i = 0, b = 0; i < n; i += 2, b += 3) {
    const second = i + 1 < n ? samples[i + 1] : 0;
    bytes[b] = samples[i];
    bytes[b + 1] = ((samples[i] >> 8) & 0x0f) | ((second >> 4) & 0xf0);
    if (i + 1 < n) bytes[b + 2] = second;
  }
  return bytes;
}
