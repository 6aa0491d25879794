/**
 * A WFDB record of one segment: a header, and one or more files in which the signals lie interleaved.
 */
import { basename, dirname, join } from 'node:path';
import { RecordError } from '../../../src/core/errors.ts';
import type { RecordHeader, SignalInfo } from '../../../src/core/record.ts';
import { INVALID_ADU, type OpenOptions, type SampleReader } from '../options.ts';
import {
  createChannel,
  readAdu,
  readEveryAdu,
  readEverySample,
  readPhysical,
  type Channel,
} from './channel.ts';
import { FLAC_BITS, FlacSource } from './flac-source.ts';
import { NullSource, PackedSource, type FrameSource } from './frame-source.ts';
import type { WfdbHeader, WfdbSignal } from './header.ts';
import { PACKINGS } from './packing.ts';

export class WfdbRecord implements SampleReader {
  readonly header: RecordHeader;
  position = 0;
  private readonly path: string;
  private readonly sources: FrameSource[] = [];
  private readonly channels: Channel[] = [];
  private readonly skewMax: number;
  /** Frames that can be read: the last ones of a skewed record lack a signal. */
  private readonly readable: number;
  private readonly sizeHint: string;

  constructor(path: string, parsed: WfdbHeader, options: OpenOptions) {
    this.path = path;
    try {
      this.openSignals(parsed, options);
      const fileFrames = Math.min(...this.sources.map((source) => source.frameCount));
      const frames = parsed.frames ?? (fileFrames < Number.MAX_SAFE_INTEGER ? fileFrames : undefined);
      this.skewMax = Math.max(0, ...parsed.signals.map((signal) => signal.skew));
      this.readable = Math.max(0, (frames ?? 0) - this.skewMax);
      for (const source of this.sources) source.expect(frames ?? 0);
      this.sizeHint =
        fileFrames > (frames ?? 0) ? ` (the file holds ${fileFrames} frames, the header says ${frames})` : '';
      this.header = describe(path, parsed, frames);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  read(leads: readonly number[], out: readonly Float64Array[], n: number): number {
    return this.transfer(leads, out, n, readPhysical);
  }

  readAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number {
    return this.transfer(leads, out, n, readAdu);
  }

  readSamples(leads: readonly number[], out: readonly Float64Array[], n: number): number {
    return this.transfer(leads, out, n, readEverySample);
  }

  readSamplesAdu(leads: readonly number[], out: readonly Int32Array[], n: number): number {
    return this.transfer(leads, out, n, readEveryAdu);
  }

  seek(frame: number): void {
    this.position = Math.min(Math.max(0, frame), this.readable);
  }

  problems(): readonly string[] {
    return this.channels.flatMap((channel, i) => this.checksumProblem(channel, i));
  }

  close(): void {
    for (const source of this.sources) source.close();
  }

  private transfer<T>(
    leads: readonly number[],
    out: readonly T[],
    n: number,
    copy: (channel: Channel, frame: number, n: number, out: T, at: number) => void,
  ): number {
    let done = 0;
    for (let m = this.prepare(leads, n); m > 0; m = this.prepare(leads, n - done)) {
      for (let k = 0; k < leads.length; k++) {
        const channel = this.channels[leads[k]];
        copy(channel, this.position + channel.signal.skew, m, out[k], done);
      }
      this.position += m;
      done += m;
    }
    return done;
  }

  /** Frames that can be copied from the chunks in hand for all these leads, at most n; 0 at the end. */
  private prepare(leads: readonly number[], n: number): number {
    let frames = Math.min(n, this.readable - this.position);
    if (frames <= 0) return 0;
    for (const lead of leads) {
      const { source } = this.channels[lead];
      const behind = this.position - source.start;
      if (behind < 0 || behind + this.skewMax >= source.frames) source.load(this.position);
      frames = Math.min(frames, source.start + source.frames - this.skewMax - this.position);
    }
    return frames;
  }

  private openSignals(parsed: WfdbHeader, options: OpenOptions): void {
    for (const signals of groupByFile(parsed.signals)) {
      const source = this.openSource(signals);
      this.sources.push(source);
      let place = 0;
      for (const signal of signals) {
        this.channels.push(createChannel(signal, source, place, invalidOf(signal, options)));
        place += signal.samplesPerFrame;
      }
    }
  }

  private openSource(signals: readonly WfdbSignal[]): FrameSource {
    const { file, format } = signals[0];
    if (format === 0 || file === '~') return new NullSource(signals, INVALID_ADU);
    const path = join(dirname(this.path), file);
    if (FLAC_BITS.has(format)) return new FlacSource(path, signals);
    const packing = PACKINGS.get(format);
    if (packing === undefined) {
      const known = [...PACKINGS.keys(), ...FLAC_BITS.keys()].join(', ');
      throw new RecordError(`${this.path}.hea: expected a signal format of ${known}, found ${format}`);
    }
    return new PackedSource(path, packing, signals);
  }

  private checksumProblem(channel: Channel, index: number): string[] {
    const { signal, sum, summedTo } = channel;
    if (signal.checksum === undefined || signal.format === 0 || signal.file === '~') return [];
    if (summedTo !== this.header.length) return [];
    if (((sum ^ signal.checksum) & 0xffff) === 0) return [];
    const file = join(dirname(this.path), signal.file);
    const found = (sum << 16) >> 16;
    return [
      `${file}: signal ${index} (${signal.description}): expected checksum ${signal.checksum}, found ${found}${this.sizeHint}`,
    ];
  }
}

/** Signals lie in one file when their lines follow each other with the same name. */
function groupByFile(signals: readonly WfdbSignal[]): WfdbSignal[][] {
  const groups: WfdbSignal[][] = [];
  for (const signal of signals) {
    const last = groups.at(-1);
    if (last?.[0].file === signal.file && signal.format === last[0].format) last.push(signal);
    else groups.push([signal]);
  }
  return groups;
}

/**
 * -2048 in format 212 is "invalid" to WFDB, but in CUDB it is the end of the converter's range, and VF at full
 * scale must not turn into holes: here it is a value, unless somebody asks otherwise.
 */
function invalidOf(signal: WfdbSignal, options: OpenOptions): { invalid: number; invalidAdu: number } {
  if (signal.format === 0 || signal.file === '~') return { invalid: INVALID_ADU, invalidAdu: INVALID_ADU };
  const bits = FLAC_BITS.get(signal.format);
  const stored = bits === undefined ? (PACKINGS.get(signal.format)?.invalid ?? NaN) : -(2 ** (bits - 1));
  if (options.invalid === 'nan') return { invalid: stored, invalidAdu: INVALID_ADU };
  const invalid = signal.format === 212 ? NaN : stored;
  return { invalid, invalidAdu: invalid };
}

export function signalInfo(signal: WfdbSignal): SignalInfo {
  const { description, units, adcGain, uncalibrated, baseline, adcRes, adcZero, samplesPerFrame } = signal;
  return { description, units, adcGain, uncalibrated, baseline, adcRes, adcZero, samplesPerFrame };
}

function describe(path: string, parsed: WfdbHeader, length: number | undefined): RecordHeader {
  return {
    name: basename(path),
    fs: parsed.fs,
    length,
    signals: parsed.signals.map(signalInfo),
    comments: parsed.comments,
    baseTime: parsed.baseTime,
    baseDate: parsed.baseDate,
  };
}
