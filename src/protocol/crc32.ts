/**
 * CRC-32/ISO-HDLC (ITU-T V.42; reflected polynomial 0xEDB88320, check value 0xCBF43926), the one of zlib and of
 * STM32's CRC unit. Own code because the browser has no `zlib.crc32`.
 *
 * Four bytes at a time: their four look-ups do not wait for each other (slicing, Kounavis & Berry, ISCC 2005). Table k
 * holds what a byte does that k others follow.
 */
const table0 = Int32Array.from({ length: 256 }, (_, byte) => {
  let c = byte;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});
const oneMore = (c: number): number => table0[c & 0xff] ^ (c >>> 8);
const table1 = table0.map(oneMore);
const table2 = table1.map(oneMore);
const table3 = table2.map(oneMore);

/** CRC of bytes[from..to), `to` not included. */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let c = -1;
  let i = from;
  for (; i + 3 < to; i += 4) {
    c ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    c = table3[c & 0xff] ^ table2[(c >>> 8) & 0xff] ^ table1[(c >>> 16) & 0xff] ^ table0[c >>> 24];
  }
  for (; i < to; i++) c = table0[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
  return ~c >>> 0;
}
