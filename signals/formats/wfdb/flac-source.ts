/**
 * A signal file in FLAC: each signal is a channel. There are no fixed places in it: going back means starting over.
 */
import { RecordError } from '../../../src/core/errors.ts';
import { RandomAccessFile } from '../file.ts';
import { FlacDecoder } from './flac-decoder.ts';
import type { FrameSource } from './frame-source.ts';
import type { WfdbSignal } from './header.ts';

export const FLAC_BITS: ReadonlyMap<number, number> = new Map([
  [508, 8],
  [516, 16],
  [524, 24],
]);

/** At least so many samples of a channel are in hand, so that a skew fits. */
const CHUNK_SAMPLES = 16_384;

export class FlacSource implements FrameSource {
  readonly stride: number;
  readonly frameCount: number;
  readonly first = 0;
  start = 0;
  frames = 0;
  samples = new Int32Array(0);
  private readonly file: RandomAccessFile;
  private readonly decoder: FlacDecoder;
  private readonly samplesPerFrame: number;
  /** Decoded and not yet given out, and where in the stream they begin. */
  private held: Int32Array[];
  private heldFrom = 0;
  private heldCount = 0;

  constructor(path: string, signals: readonly WfdbSignal[]) {
    this.file = new RandomAccessFile(path, 'the signal file that the header names');
    this.samplesPerFrame = signals[0].samplesPerFrame;
    this.stride = signals.length * this.samplesPerFrame;
    this.decoder = new FlacDecoder(this.file, signals[0].byteOffset);
    const { channels, bits, samples } = this.decoder.info;
    const wantedBits = FLAC_BITS.get(signals[0].format);
    if (channels !== signals.length || bits !== wantedBits) {
      const { length } = signals;
      throw new RecordError(
        `${path}: expected ${length} channels of ${wantedBits ?? 0} bits (from the header), found ${channels} of ${bits}`,
      );
    }
    if (signals.some((signal) => signal.samplesPerFrame !== this.samplesPerFrame)) {
      throw new RecordError(
        `${path}: expected the same number of samples per frame for all signals in a FLAC file`,
      );
    }
    this.frameCount = samples === 0 ? Number.MAX_SAFE_INTEGER : Math.floor(samples / this.samplesPerFrame);
    this.held = signals.map(() => new Int32Array(CHUNK_SAMPLES));
  }

  expect(frames: number): void {
    if (this.frameCount >= frames) return;
    throw new RecordError(
      `${this.file.path}: expected ${frames} frames (from the header), found ${this.frameCount}`,
    );
  }

  load(frame: number): void {
    const from = frame * this.samplesPerFrame;
    if (from < this.heldFrom) this.restart();
    this.drop(from);
    while (this.heldCount < CHUNK_SAMPLES || this.heldFrom < from) {
      const n = this.decoder.next();
      if (n === 0) break;
      this.hold(n);
      this.drop(from);
    }
    this.interleave(frame);
  }

  close(): void {
    this.file.close();
  }

  private restart(): void {
    this.decoder.rewind();
    this.heldFrom = 0;
    this.heldCount = 0;
  }

  /** Forgets what lies before `from`. */
  private drop(from: number): void {
    const n = Math.min(this.heldCount, Math.max(0, from - this.heldFrom));
    if (n === 0) return;
    for (const channel of this.held) channel.copyWithin(0, n, this.heldCount);
    this.heldFrom += n;
    this.heldCount -= n;
  }

  private hold(n: number): void {
    if (this.heldCount + n > this.held[0].length) {
      this.held = this.held.map((channel) => {
        const larger = new Int32Array(this.heldCount + n);
        larger.set(channel.subarray(0, this.heldCount));
        return larger;
      });
    }
    this.held.forEach((channel, k) => channel.set(this.decoder.block[k].subarray(0, n), this.heldCount));
    this.heldCount += n;
  }

  private interleave(frame: number): void {
    const { held, samplesPerFrame: spf, stride } = this;
    this.start = frame;
    this.frames = Math.floor(this.heldCount / spf);
    if (this.samples.length < this.frames * stride) this.samples = new Int32Array(this.frames * stride);
    for (let k = 0; k < held.length; k++) {
      const channel = held[k];
      for (let f = 0; f < this.frames; f++) {
        for (let j = 0; j < spf; j++) this.samples[f * stride + k * spf + j] = channel[f * spf + j];
      }
    }
  }
}
