/**
 * Format 212 by 32-bit words: three of them hold eight samples, so that a quarter of the loads will do.
 *
 *   word 0: s0 = bits 0-11, s1 = bits 16-23 and 12-15      bytes 0..3
 *   word 1: s2 = word 0 bits 24-31 and bits 0-3, s3 = bits 8-15 and 4-7, s4 = bits 16-27
 *   word 2: s5 = bits 0-7 and word 1 bits 28-31, s6 = bits 8-19, s7 = bits 24-31 and 20-23
 *
 * Turning the sign bit of every sample over gives adu + 2048: the place in the table as it is, and a sum without sign extension.
 * 0.64 ns a sample of an only lead, 0.99 byte by byte (measured, one run). Words are little-endian: on another machine
 * the byte loop of lead-212.ts does all of it. Each function returns the sum of what it read in adu, for the checksum.
 */
/** Where the table of lead-212.ts has adu 0. */
export const ZERO = 2048;
/** The sign bits of all eight samples. */
const SIGNS_A = 0x8800;
const SIGNS_B = 0x88000088;
const SIGNS_C = 0x00880000;

export const WORDS_FIT = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

/** `eights` times eight samples of the only lead, from word `w` on, to `out[i..]`. */
export function onlyLeadByWords(
  words: Int32Array,
  w: number,
  eights: number,
  table: Float64Array,
  out: Float64Array,
  i: number,
): number {
  let sum = -8 * ZERO * eights;
  for (const end = w + 3 * eights; w < end; w += 3, i += 8) {
    const a = words[w] ^ SIGNS_A;
    const b = words[w + 1] ^ SIGNS_B;
    const c = words[w + 2] ^ SIGNS_C;
    const s0 = a & 0xfff;
    const s1 = ((a >>> 16) & 0xff) | ((a >>> 4) & 0xf00);
    const s2 = (a >>> 24) | ((b << 8) & 0xf00);
    const s3 = ((b >>> 8) & 0xff) | ((b << 4) & 0xf00);
    const s4 = (b >>> 16) & 0xfff;
    const s5 = (c & 0xff) | ((b >>> 20) & 0xf00);
    const s6 = (c >>> 8) & 0xfff;
    const s7 = (c >>> 24) | ((c >>> 12) & 0xf00);
    sum = (sum + s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7) | 0;
    out[i] = table[s0];
    out[i + 1] = table[s1];
    out[i + 2] = table[s2];
    out[i + 3] = table[s3];
    out[i + 4] = table[s4];
    out[i + 5] = table[s5];
    out[i + 6] = table[s6];
    out[i + 7] = table[s7];
  }
  return sum;
}

/** `fours` times four frames of two leads, the first one of each. */
export function firstOfTwoByWords(
  words: Int32Array,
  w: number,
  fours: number,
  table: Float64Array,
  out: Float64Array,
  i: number,
): number {
  let sum = -4 * ZERO * fours;
  for (const end = w + 3 * fours; w < end; w += 3, i += 4) {
    const a = words[w] ^ SIGNS_A;
    const b = words[w + 1] ^ SIGNS_B;
    const c = words[w + 2] ^ SIGNS_C;
    const s0 = a & 0xfff;
    const s2 = (a >>> 24) | ((b << 8) & 0xf00);
    const s4 = (b >>> 16) & 0xfff;
    const s6 = (c >>> 8) & 0xfff;
    sum = (sum + s0 + s2 + s4 + s6) | 0;
    out[i] = table[s0];
    out[i + 1] = table[s2];
    out[i + 2] = table[s4];
    out[i + 3] = table[s6];
  }
  return sum;
}

/** The same, the second one of each. */
export function secondOfTwoByWords(
  words: Int32Array,
  w: number,
  fours: number,
  table: Float64Array,
  out: Float64Array,
  i: number,
): number {
  let sum = -4 * ZERO * fours;
  for (const end = w + 3 * fours; w < end; w += 3, i += 4) {
    const a = words[w] ^ SIGNS_A;
    const b = words[w + 1] ^ SIGNS_B;
    const c = words[w + 2] ^ SIGNS_C;
    const s1 = ((a >>> 16) & 0xff) | ((a >>> 4) & 0xf00);
    const s3 = ((b >>> 8) & 0xff) | ((b << 4) & 0xf00);
    const s5 = (c & 0xff) | ((b >>> 20) & 0xf00);
    const s7 = (c >>> 24) | ((c >>> 12) & 0xf00);
    sum = (sum + s1 + s3 + s5 + s7) | 0;
    out[i] = table[s1];
    out[i + 1] = table[s3];
    out[i + 2] = table[s5];
    out[i + 3] = table[s7];
  }
  return sum;
}
