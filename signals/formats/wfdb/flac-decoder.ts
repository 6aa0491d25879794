/**
 * A FLAC decoder (RFC 9639), one block of samples at a time, for the formats 508, 516 and 524.
 *
 * Why not a library: reading is synchronous here, and the builds of libFLAC for JavaScript start asynchronously.
 * libflacjs is the oracle of the tests. Blocks of up to 65 535 samples, up to 8 channels, 4 to 32 bits.
 */
import { RecordError } from '../../../src/core/errors.ts';
import type { RandomAccessFile } from '../file.ts';
import { BitReader } from './flac-bits.ts';

export interface FlacInfo {
  channels: number;
  bits: number;
  /** Samples of one channel; 0 where the file does not say. */
  samples: number;
}

const BIGGEST_BLOCK = 65_535;
/** Prediction from the last samples by a polynomial of order 0..4. */
const FIXED: readonly (readonly number[])[] = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];
const SAMPLE_BITS = [0, 8, 12, 0, 16, 20, 24, 32];
const LEFT_SIDE = 8;
const RIGHT_SIDE = 9;
const MID_SIDE = 10;

export class FlacDecoder {
  readonly info: FlacInfo;
  /** The last decoded block, one array a channel. */
  readonly block: Int32Array[];
  private readonly path: string;
  private readonly bits: BitReader;
  private readonly firstFrame: number;

  constructor(file: RandomAccessFile, byteOffset: number) {
    this.path = file.path;
    this.bits = new BitReader(file);
    this.bits.seek(byteOffset);
    this.info = this.readMetadata();
    this.firstFrame = this.bits.position;
    this.block = Array.from({ length: this.info.channels }, () => new Int32Array(BIGGEST_BLOCK));
  }

  rewind(): void {
    this.bits.seek(this.firstFrame);
  }

  /** Decodes the next block into `block`; returns its length, 0 at the end. */
  next(): number {
    const { bits, info, block } = this;
    if (bits.atEnd()) return 0;
    const at = bits.position;
    bits.crc = 0;
    const { length, assignment, sampleBits } = this.readFrameHeader(at);
    for (let channel = 0; channel < info.channels; channel++) {
      // A difference of two channels needs a bit more than either.
      const isSide = assignment === RIGHT_SIDE ? channel === 0 : assignment >= LEFT_SIDE && channel === 1;
      this.readSubframe(block[channel], length, sampleBits + (isSide ? 1 : 0), at);
    }
    if (assignment >= LEFT_SIDE) undoStereo(block[0], block[1], length, assignment);
    bits.alignToByte();
    const sum = bits.crc;
    if (bits.unsigned(16) !== sum) this.fail(at, 'a block with a right checksum', 'a wrong one');
    return length;
  }

  private readMetadata(): FlacInfo {
    const { bits } = this;
    if (bits.unsigned(32) !== 0x664c6143) this.fail(bits.position - 4, 'the mark "fLaC"', 'other data');
    let info: FlacInfo | undefined;
    for (let isLast = false; !isLast;) {
      isLast = bits.unsigned(1) === 1;
      const type = bits.unsigned(7);
      const end = bits.unsigned(24) + bits.position;
      if (type === 0) info = this.readStreamInfo();
      bits.seek(end);
    }
    if (info === undefined) this.fail(bits.position, 'a STREAMINFO block', 'none');
    return info;
  }

  private readStreamInfo(): FlacInfo {
    const { bits } = this;
    bits.unsigned(32 + 48);
    bits.unsigned(20);
    const channels = bits.unsigned(3) + 1;
    return { channels, bits: bits.unsigned(5) + 1, samples: bits.unsigned(36) };
  }

  private readFrameHeader(at: number): { length: number; assignment: number; sampleBits: number } {
    const { bits, info } = this;
    if (bits.unsigned(15) !== 0x7ffc) this.fail(at, 'the start of a FLAC block', 'other data');
    bits.unsigned(1);
    const sizeCode = bits.unsigned(4);
    const rateCode = bits.unsigned(4);
    const assignment = bits.unsigned(4);
    const sampleBits = SAMPLE_BITS[bits.unsigned(3)] || info.bits;
    bits.unsigned(1);
    this.skipFrameNumber();
    const length = this.readBlockSize(sizeCode, at);
    if (rateCode === 12) bits.unsigned(8);
    else if (rateCode === 13 || rateCode === 14) bits.unsigned(16);
    bits.unsigned(8);
    const channels = assignment < LEFT_SIDE ? assignment + 1 : assignment <= MID_SIDE ? 2 : 0;
    if (channels !== info.channels) this.fail(at, `a block of ${info.channels} channels`, String(channels));
    return { length, assignment, sampleBits };
  }

  /** As in UTF-8: the leading ones of the first byte say how many bytes there are. */
  private skipFrameNumber(): void {
    const first = this.bits.unsigned(8);
    for (let mask = 0x40; first >= 0xc0 && (first & mask) !== 0; mask >>= 1) this.bits.unsigned(8);
  }

  private readBlockSize(code: number, at: number): number {
    if (code === 1) return 192;
    if (code >= 2 && code <= 5) return 576 << (code - 2);
    if (code === 6) return this.bits.unsigned(8) + 1;
    if (code === 7) return this.bits.unsigned(16) + 1;
    if (code >= 8) return 256 << (code - 8);
    return this.fail(at, 'a block size', 'the reserved code 0');
  }

  private readSubframe(out: Int32Array, length: number, sampleBits: number, at: number): void {
    const { bits } = this;
    bits.unsigned(1);
    const type = bits.unsigned(6);
    const wasted = bits.unsigned(1) === 1 ? bits.unary() + 1 : 0;
    const width = sampleBits - wasted;
    if (type === 0) out.fill(bits.signed(width), 0, length);
    else if (type === 1) for (let i = 0; i < length; i++) out[i] = bits.signed(width);
    else if (type >= 8 && type <= 12) this.readFixed(out, length, width, type - 8, at);
    else if (type >= 32) this.readLinear(out, length, width, type - 31, at);
    else this.fail(at, 'a kind of prediction', `the reserved code ${type}`);
    if (wasted > 0) for (let i = 0; i < length; i++) out[i] *= 2 ** wasted;
  }

  private readFixed(out: Int32Array, length: number, width: number, order: number, at: number): void {
    for (let i = 0; i < order; i++) out[i] = this.bits.signed(width);
    this.readResidual(out, length, order, at);
    predict(out, length, FIXED[order], 0);
  }

  private readLinear(out: Int32Array, length: number, width: number, order: number, at: number): void {
    const { bits } = this;
    for (let i = 0; i < order; i++) out[i] = bits.signed(width);
    const precision = bits.unsigned(4) + 1;
    const shift = bits.signed(5);
    const coefficients = Array.from({ length: order }, () => bits.signed(precision));
    this.readResidual(out, length, order, at);
    predict(out, length, coefficients, shift);
  }

  /** What the prediction missed, in Rice codes whose parameter changes from partition to partition. */
  private readResidual(out: Int32Array, length: number, order: number, at: number): void {
    const { bits } = this;
    const method = bits.unsigned(2);
    if (method > 1) this.fail(at, 'a coding of residuals', `the reserved code ${method}`);
    const parameterBits = 4 + method;
    const partitions = 1 << bits.unsigned(4);
    const partLength = length / partitions;
    for (let part = 0, i = order; part < partitions; part++) {
      const parameter = bits.unsigned(parameterBits);
      const end = (part + 1) * partLength;
      if (parameter === (1 << parameterBits) - 1) {
        const raw = bits.unsigned(5);
        for (; i < end; i++) out[i] = bits.signed(raw);
      } else {
        const scale = 2 ** parameter;
        for (; i < end; i++) {
          const folded = bits.unary() * scale + bits.unsigned(parameter);
          out[i] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
        }
      }
    }
  }

  private fail(at: number, expected: string, found: string): never {
    throw new RecordError(`${this.path}: byte ${at}: expected ${expected}, found ${found}`);
  }
}

/** Adds the prediction from the samples before to each residual. Sums stay below 2^53: doubles are exact. */
function predict(out: Int32Array, length: number, coefficients: readonly number[], shift: number): void {
  const order = coefficients.length;
  const scale = 2 ** shift;
  for (let i = order; i < length; i++) {
    let sum = 0;
    for (let k = 0; k < order; k++) sum += coefficients[k] * out[i - 1 - k];
    out[i] += Math.floor(sum / scale);
  }
}

function undoStereo(a: Int32Array, b: Int32Array, length: number, assignment: number): void {
  for (let i = 0; i < length; i++) {
    if (assignment === LEFT_SIDE) b[i] = a[i] - b[i];
    else if (assignment === RIGHT_SIDE) a[i] += b[i];
    else {
      const side = b[i];
      const middle = a[i] * 2 + (side & 1);
      a[i] = (middle + side) / 2;
      b[i] = (middle - side) / 2;
    }
  }
}
