/** The wire in one import: packets to bytes, bytes to packets, and the hash that tells two tables apart. */
export { PacketDecoder } from './decoder.ts';
export type { DecoderCounters, DecoderOptions } from './decoder.ts';
export {
  CRC_BYTES,
  DELIMITER,
  encodePacket,
  HEADER_BYTES,
  MTU_DEFAULT,
  MTU_MAX,
  parsePacket,
  VERSION,
} from './packet.ts';
export type { Packet } from './packet.ts';
export { EARLIER_TABLES, earlierTable, MINOR, SCHEMA_HASH } from './schema.ts';
