/**
 * How samples lie in a signal file: the storage formats of signal(5).
 *
 * A packing stores `samplesPerGroup` samples in `bytesPerGroup` bytes; a file may end inside a group.
 * `unpack` handles whole groups and runs over typed arrays only; the caller pads the last group with zeros.
 */
export interface Packing {
  readonly samplesPerGroup: number;
  readonly bytesPerGroup: number;
  /** The value that means "no sample here". */
  readonly invalid: number;
  /** Format 8 stores differences: they are summed up by the reader. */
  readonly differences?: boolean;
  unpack(bytes: Uint8Array, groups: number, out: Int32Array): void;
  /** Samples that the first `bytes` of a group hold, 0 <= bytes < bytesPerGroup. */
  partial(bytes: number): number;
}

const noPart = () => 0;

function unpack212(bytes: Uint8Array, groups: number, out: Int32Array): void {
  for (let g = 0, b = 0, s = 0; g < groups; g++, b += 3, s += 2) {
    const middle = bytes[b + 1];
    out[s] = ((bytes[b] | (middle << 8)) << 20) >> 20;
    out[s + 1] = ((bytes[b + 2] | ((middle << 4) & 0xf00)) << 20) >> 20;
  }
}

/** Three 10-bit samples in two 16-bit words: two in bits 1..10, the third in the upper five bits of both. */
function unpack310(bytes: Uint8Array, groups: number, out: Int32Array): void {
  for (let g = 0, b = 0, s = 0; g < groups; g++, b += 4, s += 3) {
    const low = bytes[b] | (bytes[b + 1] << 8);
    const high = bytes[b + 2] | (bytes[b + 3] << 8);
    out[s] = (low << 21) >> 22;
    out[s + 1] = (high << 21) >> 22;
    out[s + 2] = ((((low >> 11) & 0x1f) | ((high >> 6) & 0x3e0)) << 22) >> 22;
  }
}

/** Three 10-bit samples in bits 0..29 of a 32-bit word. */
function unpack311(bytes: Uint8Array, groups: number, out: Int32Array): void {
  for (let g = 0, b = 0, s = 0; g < groups; g++, b += 4, s += 3) {
    const word = bytes[b] | (bytes[b + 1] << 8) | (bytes[b + 2] << 16) | (bytes[b + 3] << 24);
    out[s] = (word << 22) >> 22;
    out[s + 1] = (word << 12) >> 22;
    out[s + 2] = (word << 2) >> 22;
  }
}

/** The formats in which every sample has its own bytes. */
function whole(
  bytesPerGroup: number,
  invalid: number,
  sample: (bytes: Uint8Array, at: number) => number,
  differences = false,
): Packing {
  return {
    samplesPerGroup: 1,
    bytesPerGroup,
    invalid,
    differences,
    partial: noPart,
    unpack(bytes, groups, out) {
      for (let g = 0, b = 0; g < groups; g++, b += bytesPerGroup) out[g] = sample(bytes, b);
    },
  };
}

function unpack16(bytes: Uint8Array, groups: number, out: Int32Array): void {
  for (let g = 0, b = 0; g < groups; g++, b += 2) out[g] = ((bytes[b] | (bytes[b + 1] << 8)) << 16) >> 16;
}

/** By the number in the header. FLAC (508, 516, 524) is in flac.ts: it has no fixed places. */
export const PACKINGS: ReadonlyMap<number, Packing> = new Map<number, Packing>([
  // There is no invalid value: a difference cannot say it.
  [8, whole(1, NaN, (b, i) => (b[i] << 24) >> 24, true)],
  [16, { samplesPerGroup: 1, bytesPerGroup: 2, invalid: -32768, unpack: unpack16, partial: noPart }],
  [24, whole(3, -8388608, (b, i) => ((b[i] | (b[i + 1] << 8) | (b[i + 2] << 16)) << 8) >> 8)],
  [32, whole(4, -2147483648, (b, i) => b[i] | (b[i + 1] << 8) | (b[i + 2] << 16) | (b[i + 3] << 24))],
  [61, whole(2, -32768, (b, i) => ((b[i + 1] | (b[i] << 8)) << 16) >> 16)],
  [80, whole(1, -128, (b, i) => b[i] - 128)],
  [160, whole(2, -32768, (b, i) => (b[i] | (b[i + 1] << 8)) - 32768)],
  [
    212,
    {
      samplesPerGroup: 2,
      bytesPerGroup: 3,
      invalid: -2048,
      unpack: unpack212,
      partial: (bytes) => (bytes === 2 ? 1 : 0),
    },
  ],
  [
    310,
    {
      samplesPerGroup: 3,
      bytesPerGroup: 4,
      invalid: -512,
      unpack: unpack310,
      partial: (bytes) => (bytes >= 2 ? 1 : 0),
    },
  ],
  [
    311,
    {
      samplesPerGroup: 3,
      bytesPerGroup: 4,
      invalid: -512,
      unpack: unpack311,
      partial: (bytes) => (bytes === 3 ? 2 : bytes === 2 ? 1 : 0),
    },
  ],
]);

/** Bytes that `samples` samples take from the start of a group. */
export function bytesFor(packing: Packing, samples: number): number {
  const groups = Math.floor(samples / packing.samplesPerGroup);
  const left = samples - groups * packing.samplesPerGroup;
  let bytes = 0;
  while (left > 0 && bytes < packing.bytesPerGroup && packing.partial(bytes) < left) bytes++;
  return groups * packing.bytesPerGroup + bytes;
}

/** Samples that `bytes` bytes from the start of a group hold. */
export function samplesIn(packing: Packing, bytes: number): number {
  const groups = Math.floor(bytes / packing.bytesPerGroup);
  return groups * packing.samplesPerGroup + packing.partial(bytes - groups * packing.bytesPerGroup);
}
