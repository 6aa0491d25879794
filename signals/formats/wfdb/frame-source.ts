/**
 * One signal file, a chunk of frames at a time. A frame holds `stride` samples: those of every signal in the file.
 *
 * Memory: one chunk of bytes and one of samples, whatever the length of the file.
 */
import { RecordError } from '../../../src/core/errors.ts';
import { RandomAccessFile } from '../file.ts';
import type { WfdbSignal } from './header.ts';
import { bytesFor, samplesIn, type Packing } from './packing.ts';

export interface FrameSource {
  readonly stride: number;
  /** Frames in the file. */
  readonly frameCount: number;
  /** The chunk in hand: frames start..start+frames-1. */
  readonly start: number;
  readonly frames: number;
  /** Makes `frame` the first frame of the chunk in hand (none at the end of the file). */
  load(frame: number): void;
  /** Samples of the chunk; the first frame begins at `first`. */
  readonly samples: Int32Array;
  readonly first: number;
  /** Fails when there are fewer than `frames`. */
  expect(frames: number): void;
  close(): void;
}

/** Divisible by the groups of every packing. */
const CHUNK_BYTES = 192 * 1024;

export class PackedSource implements FrameSource {
  readonly stride: number;
  readonly frameCount: number;
  start = 0;
  frames = 0;
  first = 0;
  /** The chunk as it is in the file: for readers that decode it themselves. */
  readonly bytes = new Uint8Array(CHUNK_BYTES);
  /** The same memory by 32-bit words. */
  readonly words = new Int32Array(this.bytes.buffer);
  readonly packing: Packing;
  private readonly file: RandomAccessFile;
  private readonly byteOffset: number;
  private readonly format: number;
  /** Made when first needed: a reader of one lead of format 212 never needs it. */
  private unpacked = new Int32Array(0);
  private groups = 0;
  private isUnpacked = false;
  /** Which signal each sample of a frame belongs to, and that signal's last value: for differences only. */
  private readonly owner: number[];
  private readonly initial: number[];
  private running: number[] = [];

  constructor(path: string, packing: Packing, signals: readonly WfdbSignal[]) {
    this.file = new RandomAccessFile(path, 'the signal file that the header names');
    this.packing = packing;
    this.format = signals[0].format;
    this.byteOffset = signals[0].byteOffset;
    this.owner = signals.flatMap((signal, i) => Array.from({ length: signal.samplesPerFrame }, () => i));
    this.initial = signals.map((signal) => signal.initialValue);
    this.stride = this.owner.length;
    const samples = samplesIn(packing, Math.max(0, this.file.size - this.byteOffset));
    this.frameCount = Math.floor(samples / this.stride);
  }

  expect(frames: number): void {
    if (this.frameCount >= frames) return;
    const bytes = this.byteOffset + bytesFor(this.packing, frames * this.stride);
    throw new RecordError(
      `${this.file.path}: expected ${bytes} bytes (${frames} frames of ${this.stride} samples in format ` +
        `${this.format}, as the header says), found ${this.file.size} bytes (${this.frameCount} frames)`,
    );
  }

  load(frame: number): void {
    if (this.packing.differences) this.loadDifferences(frame);
    else this.loadChunk(frame);
  }

  get samples(): Int32Array {
    if (!this.isUnpacked) this.unpack();
    return this.unpacked;
  }

  close(): void {
    this.file.close();
  }

  private loadChunk(frame: number): void {
    const { bytesPerGroup, samplesPerGroup } = this.packing;
    const firstSample = frame * this.stride;
    const group = Math.floor(firstSample / samplesPerGroup);
    const got = this.file.read(this.bytes, this.byteOffset + group * bytesPerGroup);
    const samples = samplesIn(this.packing, got);
    this.bytes.fill(0, got, Math.min(CHUNK_BYTES, got + bytesPerGroup));
    this.groups = Math.ceil(got / bytesPerGroup);
    this.first = firstSample - group * samplesPerGroup;
    this.start = frame;
    this.frames = Math.max(0, Math.floor((samples - this.first) / this.stride));
    this.isUnpacked = false;
  }

  private unpack(): void {
    const { bytesPerGroup, samplesPerGroup } = this.packing;
    if (this.unpacked.length === 0) {
      this.unpacked = new Int32Array((CHUNK_BYTES / bytesPerGroup) * samplesPerGroup);
    }
    this.packing.unpack(this.bytes, this.groups, this.unpacked);
    this.isUnpacked = true;
  }

  /** Sums have to start at the first frame: going back means starting over. */
  private loadDifferences(frame: number): void {
    const follows = this.running.length > 0 && frame >= this.start + this.frames;
    if (!follows) this.restart();
    let next = follows ? this.start + this.frames : 0;
    do {
      this.loadChunk(next);
      this.sumUp();
      next = this.start + this.frames;
    } while (frame >= next && this.frames > 0);
    if (frame > this.start && this.frames > 0) {
      this.first += (frame - this.start) * this.stride;
      this.frames -= frame - this.start;
      this.start = frame;
    }
  }

  private restart(): void {
    this.running = [...this.initial];
  }

  private sumUp(): void {
    this.unpack();
    const { unpacked, owner, running, stride } = this;
    const end = this.frames * stride;
    for (let i = 0; i < end; i++) {
      const signal = owner[i % stride];
      running[signal] += unpacked[i];
      unpacked[i] = running[signal];
    }
  }
}

/** A signal without a file: nothing but "no sample here". */
export class NullSource implements FrameSource {
  readonly stride: number;
  readonly frameCount = Number.MAX_SAFE_INTEGER;
  readonly samples: Int32Array;
  readonly first = 0;
  readonly frames = 4096;
  start = 0;

  constructor(signals: readonly WfdbSignal[], invalid: number) {
    this.stride = signals.reduce((sum, signal) => sum + signal.samplesPerFrame, 0);
    this.samples = new Int32Array(this.frames * this.stride).fill(invalid);
  }

  load(frame: number): void {
    this.start = frame;
  }

  expect(): void {
    // As long as anybody wants.
  }

  close(): void {
    // Nothing is open.
  }
}
