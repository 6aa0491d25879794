/**
 * CRC-32/ISO-HDLC (ITU-T V.42; reflected polynomial 0xEDB88320, check value 0xCBF43926), the one of zlib and of
 * STM32's CRC unit. One table look-up a byte; own code because the browser has no `zlib.crc32`.
 */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** CRC of bytes[from..to), `to` not included. */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let c = 0xffffffff;
  for (let i = from; i < to; i++) c = TABLE[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
  return ~c >>> 0;
}
