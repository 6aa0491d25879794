import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cobsDecode, cobsEncode, cobsMaxLength } from '../../src/protocol/cobs.ts';

function encode(bytes: readonly number[]): number[] {
  const out = new Uint8Array(cobsMaxLength(bytes.length));
  return [...out.subarray(0, cobsEncode(Uint8Array.from(bytes), bytes.length, out, 0))];
}

function decode(bytes: readonly number[]): number[] | undefined {
  const copy = Uint8Array.from(bytes);
  const n = cobsDecode(copy, copy.length);
  return n < 0 ? undefined : [...copy.subarray(0, n)];
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => (from + i) & 255);

/** The worked examples of the article "Consistent Overhead Byte Stuffing" as Wikipedia lists them. */
const EXAMPLES: [number[], number[]][] = [
  [[], [1]],
  [[0], [1, 1]],
  [
    [0, 0],
    [1, 1, 1],
  ],
  [
    [0, 0x11, 0],
    [1, 2, 0x11, 1],
  ],
  [
    [0x11, 0x22, 0, 0x33],
    [3, 0x11, 0x22, 2, 0x33],
  ],
  [
    [0x11, 0x22, 0x33, 0x44],
    [5, 0x11, 0x22, 0x33, 0x44],
  ],
  [
    [0x11, 0, 0, 0],
    [2, 0x11, 1, 1, 1],
  ],
  [range(1, 254), [255, ...range(1, 254)]],
  [range(0, 254), [1, 255, ...range(1, 254)]],
  [range(1, 255), [255, ...range(1, 254), 2, 255]],
  [
    [...range(2, 255), 0],
    [255, ...range(2, 255), 1, 1],
  ],
  [
    [...range(3, 255), 0, 1],
    [254, ...range(3, 255), 2, 1],
  ],
];

describe('COBS', () => {
  test.each(EXAMPLES)('agrees with the published example %#', (plain, wire) => {
    expect(encode(plain)).toEqual(wire);
    expect(decode(wire)).toEqual(plain);
  });

  test('gives back what went in, without a zero on the way, within its promised length', () => {
    const byte = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 1200 }), (bytes) => {
        const wire = encode(bytes);
        expect(wire).not.toContain(0);
        expect(wire.length).toBeLessThanOrEqual(cobsMaxLength(bytes.length));
        expect(decode(wire)).toEqual(bytes);
      }),
      { numRuns: 200 },
    );
  });

  test('refuses a group that runs over the end, and a zero inside', () => {
    expect(decode([5, 1])).toBeUndefined();
    expect(decode([3, 1, 0])).toBeUndefined();
    expect(decode([0])).toBeUndefined();
  });
});
