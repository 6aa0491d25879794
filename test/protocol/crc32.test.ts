import { crc32 as zlibCrc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { crc32 } from '../../src/protocol/crc32.ts';

test('has the check value of CRC-32/ISO-HDLC', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
});

test('agrees with zlib on bytes of every length to 300', () => {
  const rng = new Rng('crc32');
  for (let n = 0; n <= 300; n++) {
    const bytes = Uint8Array.from({ length: n }, () => rng.int(0, 255));
    expect(crc32(bytes)).toBe(zlibCrc32(bytes));
  }
});

test('covers only the range it is given', () => {
  const bytes = Uint8Array.of(9, 1, 2, 3, 9);
  expect(crc32(bytes, 1, 4)).toBe(crc32(Uint8Array.of(1, 2, 3)));
});
