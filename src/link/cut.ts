/** Ways in which cables cut messages: whole, byte by byte, 62 bytes (a USB packet of an FTDI chip), or at random. */
import { assert } from '../core/errors.ts';
import type { Rng } from '../core/rng.ts';

export type Chunking = 'whole' | 'bytes' | 'usb' | 'random';
export const CHUNKINGS: readonly Chunking[] = ['whole', 'bytes', 'usb', 'random'];

const LENGTH = { bytes: 1, usb: 62 } as const;

/** `bytes` as views on its pieces, in order. */
export function pieces(bytes: Uint8Array, chunk: Chunking, rng?: Rng): Uint8Array[] {
  if (chunk === 'whole') return [bytes];
  const list: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    assert(chunk !== 'random' || rng !== undefined, 'random pieces need an rng');
    const length = chunk === 'random' ? (rng?.int(1, 16) ?? 1) : LENGTH[chunk];
    list.push(bytes.subarray(at, at + length));
    at += length;
  }
  return list;
}
