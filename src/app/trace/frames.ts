/**
 * Cuts a stream of bytes into wire packets (their 00 included) and lines, damaged ones too: what a capture shows.
 * Empty packets (a lone 00) are left out. Longer than any packet: cut there.
 */
import { MTU_MAX } from '../../protocol/codec.ts';

const LIMIT = 2 * MTU_MAX;

export class FrameSplitter {
  private buffer: number[] = [];

  push(bytes: Uint8Array, onFrame: (frame: Uint8Array) => void): void {
    for (const byte of bytes) {
      if (byte === 0 && this.buffer.length === 0) continue;
      this.buffer.push(byte);
      const isLine =
        (byte === 10 || byte === 13) &&
        this.buffer.every((b) => b < 127 && (b >= 32 || b === 10 || b === 13 || b === 9));
      if (byte === 0 || isLine || this.buffer.length >= LIMIT) {
        onFrame(Uint8Array.from(this.buffer));
        this.buffer = [];
      }
    }
  }
}
