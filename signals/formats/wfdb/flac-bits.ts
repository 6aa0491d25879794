/**
 * Reads a file bit by bit, most significant first, a buffer at a time; sums up the CRC-16 of what it read.
 */
import { RecordError } from '../../../src/core/errors.ts';
import type { RandomAccessFile } from '../file.ts';

const BUFFER_BYTES = 64 * 1024;

/** x^16 + x^15 + x^2 + 1, most significant bit first: the checksum of a FLAC frame. */
const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x8005;
  return crc;
});

export class BitReader {
  crc = 0;
  private readonly file: RandomAccessFile;
  private readonly buffer = new Uint8Array(BUFFER_BYTES);
  private filled = 0;
  private next = 0;
  /** Place in the file of the buffer's first byte. */
  private base = 0;
  private byte = 0;
  private bitsLeft = 0;

  constructor(file: RandomAccessFile) {
    this.file = file;
  }

  /** Place in the file of the next whole byte. */
  get position(): number {
    return this.base + this.next;
  }

  seek(position: number): void {
    this.base = position;
    this.next = 0;
    this.filled = 0;
    this.bitsLeft = 0;
  }

  atEnd(): boolean {
    return this.position >= this.file.size;
  }

  alignToByte(): void {
    this.bitsLeft = 0;
  }

  unsigned(bits: number): number {
    let value = 0;
    let wanted = bits;
    while (wanted > 0) {
      if (this.bitsLeft === 0) this.takeByte();
      const n = Math.min(wanted, this.bitsLeft);
      this.bitsLeft -= n;
      value = value * 2 ** n + ((this.byte >> this.bitsLeft) & (2 ** n - 1));
      wanted -= n;
    }
    return value;
  }

  signed(bits: number): number {
    if (bits === 0) return 0;
    const value = this.unsigned(bits);
    return value >= 2 ** (bits - 1) ? value - 2 ** bits : value;
  }

  /** Number of zeros before the next one. */
  unary(): number {
    let zeros = 0;
    for (;;) {
      if (this.bitsLeft === 0) this.takeByte();
      const rest = this.byte & (2 ** this.bitsLeft - 1);
      if (rest === 0) {
        zeros += this.bitsLeft;
        this.bitsLeft = 0;
        continue;
      }
      const lead = Math.clz32(rest) - (32 - this.bitsLeft);
      this.bitsLeft -= lead + 1;
      return zeros + lead;
    }
  }

  private takeByte(): void {
    if (this.next >= this.filled) this.refill();
    this.byte = this.buffer[this.next++];
    this.bitsLeft = 8;
    this.crc = ((this.crc << 8) & 0xffff) ^ CRC16[(this.crc >> 8) ^ this.byte];
  }

  private refill(): void {
    this.base += this.next;
    this.next = 0;
    this.filled = this.file.read(this.buffer, this.base);
    if (this.filled === 0) {
      throw new RecordError(
        `${this.file.path}: byte ${this.base}: expected more FLAC data, found the end of the file`,
      );
    }
  }
}
