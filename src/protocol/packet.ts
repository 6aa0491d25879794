/**
 * One packet of DSP/1: `COBS(header | payload | crc32) 00`. Every number little-endian.
 *
 *   0  u8   version (high nibble, 1) and flags (low nibble)     4  u16  session
 *   1  u8   type                                                6  u16  length of the payload
 *   2  u16  seq, per direction; a retry repeats it              8  payload, then u32 crc32 over all before it
 *
 * The version in the high nibble makes the byte after COBS's first one unprintable, so no packet looks like a line.
 */
import { copyOf } from '../core/byte-pool.ts';
import { assert } from '../core/errors.ts';
import { cobsEncode, cobsMaxLength } from './cobs.ts';
import { crc32 } from './crc32.ts';
import { MESSAGES } from './messages.ts';
import type { Message } from './messages.ts';
import { readPayload, readUnsigned, writePayload } from './payload.ts';

export const VERSION = 1;
export const HEADER_BYTES = 8;
export const CRC_BYTES = 4;
/** Header, payload and CRC of an ordinary packet: 240 bytes of payload. */
export const MTU_DEFAULT = 252;
/** What hello and welcome may agree on. */
export const MTU_MAX = 1024;
/** Ends each packet. Sent once more after opening and after a pause, it cuts off what a plug left behind. */
export const DELIMITER = 0;

export interface Packet {
  message: Message;
  seq: number;
  session: number;
  /** FLAG bits. */
  flags: number;
}

/** Room for any packet, used by one call at a time: a new kilobyte for each packet was a fifth of a run (measured). */
const body = new Uint8Array(MTU_MAX);
const view = new DataView(body.buffer);
const room = body.subarray(0, MTU_MAX - CRC_BYTES);
const wire = new Uint8Array(cobsMaxLength(MTU_MAX) + 1);

/** One packet ready for the wire, delimiter included; the caller's own. */
export function encodePacket(packet: Packet): Uint8Array {
  const end = writePayload(packet.message, room, HEADER_BYTES, view);
  assert(end >= 0, () => `${packet.message.type} fits into a packet of ${MTU_MAX} bytes`);
  view.setUint8(0, (VERSION << 4) | (packet.flags & 15));
  view.setUint8(1, MESSAGES[packet.message.type].id);
  view.setUint16(2, packet.seq, true);
  view.setUint16(4, packet.session, true);
  view.setUint16(6, end - HEADER_BYTES, true);
  view.setUint32(end, crc32(body, 0, end), true);
  const wireEnd = cobsEncode(body, end + CRC_BYTES, wire, 0);
  wire[wireEnd] = DELIMITER;
  return copyOf(wire, 0, wireEnd + 1);
}

export type Rejected = 'badLength' | 'badCrc' | 'badVersion' | 'unknown';

/** Takes a decoded packet apart: bytes[0..n) without COBS. */
export function parsePacket(bytes: Uint8Array, n: number): Packet | Rejected {
  if (n < HEADER_BYTES + CRC_BYTES) return 'badLength';
  const end = n - CRC_BYTES;
  if (crc32(bytes, 0, end) !== readUnsigned(bytes, end, n)) return 'badCrc';
  if (bytes[0] >> 4 !== VERSION) return 'badVersion';
  if (readU16(bytes, 6) !== end - HEADER_BYTES) return 'badLength';
  const message = readPayload(bytes[1], bytes, HEADER_BYTES, end);
  if (message === undefined) return 'unknown';
  return { message, seq: readU16(bytes, 2), session: readU16(bytes, 4), flags: bytes[0] & 15 };
}

function readU16(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8);
}
