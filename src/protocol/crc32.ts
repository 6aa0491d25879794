/**
 * CRC-32/ISO-HDLC (ITU-T V.42; reflected polynomial 0xEDB88320, check value 0xCBF43926), the one of zlib and of
 * STM32's CRC unit. Own code because the browser has no `zlib.crc32`.
 *
 * Four bytes at a time: their four look-ups do not wait for each other (slicing, Kounavis & Berry, ISCC 2005). TABLES[k]
 * holds what a byte does that k others follow.
 */
const TABLES = [new Int32Array(256), new Int32Array(256), new Int32Array(256), new Int32Array(256)] as const;
for (let byte = 0; byte < 256; byte++) {
  let c = byte;
  for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  TABLES[0][byte] = c;
}
for (let k = 1; k < 4; k++) {
  for (let byte = 0; byte < 256; byte++) {
    const c = TABLES[k - 1][byte];
    TABLES[k][byte] = TABLES[0][c & 0xff] ^ (c >>> 8);
  }
}

/** CRC of bytes[from..to), `to` not included. */
export function crc32(bytes: Uint8Array, from = 0, to = bytes.length): number {
  const [t0, t1, t2, t3] = TABLES;
  let c = -1;
  let i = from;
  for (; i + 3 < to; i += 4) {
    c ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    c = t3[c & 0xff] ^ t2[(c >>> 8) & 0xff] ^ t1[(c >>> 16) & 0xff] ^ t0[c >>> 24];
  }
  for (; i < to; i++) c = t0[(c ^ bytes[i]) & 0xff] ^ (c >>> 8);
  return ~c >>> 0;
}
