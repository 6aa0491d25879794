/**
 * One lead of a format-212 file with one or two leads, straight from the bytes to where it is wanted, in one pass.
 *
 *   three bytes:  first sample = byte 0 and the low half of byte 1, second = byte 2 and the high half of byte 1
 *
 * The usual case (mitdb, vfdb, cudb), and the one where reading would cost more than the filters. The middle of a run
 * goes by words (words-212.ts), its ends byte by byte. A table of the 4096 possible values gives the physical value,
 * NaN where a value is invalid, to the last bit as a division would. Each function returns the sum of what it read,
 * for the checksum.
 */
import { firstOfTwoByWords, onlyLeadByWords, secondOfTwoByWords, WORDS_FIT, ZERO } from './words-212.ts';

/** The same memory twice; a group of three bytes begins at byte 0. */
export interface Chunk212 {
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
}

/** Physical value by adu + ZERO: the 12 bits as stored, with the sign turned over. */
export function physicalTable(adcGain: number, baseline: number, invalid: number): Float64Array {
  return Float64Array.from({ length: 2 * ZERO }, (_, i) => {
    const adu = i - ZERO;
    return adu === invalid ? NaN : (adu - baseline) / adcGain;
  });
}

/** Lead 0 or 1 of two: `frames` frames from frame `first` of the chunk on, to `out[at..]`. */
export function leadOfTwoToPhysical(
  { bytes, words }: Chunk212,
  first: number,
  frames: number,
  lead: number,
  table: Float64Array,
  out: Float64Array,
  at: number,
): number {
  const head = headOf(first, frames, 4);
  const fours = WORDS_FIT ? Math.floor((frames - head) / 4) : 0;
  const byWords = lead === 0 ? firstOfTwoByWords : secondOfTwoByWords;
  const rest = head + 4 * fours;
  return (
    (byBytes(bytes, 2 * first + lead, 2, head, table, out, at) +
      byWords(words, (3 * (first + head)) >> 2, fours, table, out, at + head) +
      byBytes(bytes, 2 * (first + rest) + lead, 2, frames - rest, table, out, at + rest)) |
    0
  );
}

/** The only lead: `frames` samples from the `first`-th of the chunk on. */
export function onlyLeadToPhysical(
  { bytes, words }: Chunk212,
  first: number,
  frames: number,
  table: Float64Array,
  out: Float64Array,
  at: number,
): number {
  const head = headOf(first, frames, 8);
  const eights = WORDS_FIT ? Math.floor((frames - head) / 8) : 0;
  const rest = head + 8 * eights;
  return (
    (byBytes(bytes, first, 1, head, table, out, at) +
      onlyLeadByWords(words, (3 * (first + head)) >> 3, eights, table, out, at + head) +
      byBytes(bytes, first + rest, 1, frames - rest, table, out, at + rest)) |
    0
  );
}

/** How many of `n` come before the next multiple of `whole` (a power of two). */
function headOf(first: number, n: number, whole: number): number {
  return Math.min(n, -first & (whole - 1));
}

/** `n` samples, every `step`-th from the `first`-th in `bytes` on. */
function byBytes(
  bytes: Uint8Array,
  first: number,
  step: number,
  n: number,
  table: Float64Array,
  out: Float64Array,
  at: number,
): number {
  let sum = 0;
  for (let i = at, sample = first; i < at + n; i++, sample += step) {
    const b = 3 * (sample >> 1);
    const bits =
      (sample & 1) === 0
        ? bytes[b] | ((bytes[b + 1] << 8) & 0xf00)
        : bytes[b + 2] | ((bytes[b + 1] << 4) & 0xf00);
    sum = (sum + (bits ^ ZERO) - ZERO) | 0;
    out[i] = table[bits ^ ZERO];
  }
  return sum;
}

/** Lead 0 or 1 of two in adu, `frames` frames from byte `from` on; an Int16Array holds them as well. */
export function leadOfTwoToAdu(
  bytes: Uint8Array,
  from: number,
  frames: number,
  lead: number,
  out: Int32Array | Int16Array,
  at: number,
): number {
  const byte = lead * 2;
  const shift = 8 - lead * 4;
  const end = at + frames;
  let sum = 0;
  for (let i = at, b = from; i < end; i++, b += 3) {
    const adu = ((bytes[b + byte] | ((bytes[b + 1] << shift) & 0xf00)) << 20) >> 20;
    sum = (sum + adu) | 0;
    out[i] = adu;
  }
  return sum;
}
