import { expect, test } from 'vitest';
import { copyOf, roomForSamples } from '../../src/core/byte-pool.ts';

test('a copy is its owner’s: neither the original nor any later copy changes it', () => {
  const kept = Array.from({ length: 700 }, (_, k) => {
    const bytes = new Uint8Array(40).fill(k % 251);
    const copy = copyOf(bytes, 3, 37);
    bytes.fill(255);
    return copy;
  });
  kept.forEach((copy, k) => expect(copy).toEqual(new Uint8Array(34).fill(k % 251)));
});

test('a copy may be longer than a piece, or empty', () => {
  const long = Uint8Array.from({ length: 40_000 }, (_, k) => k & 255);
  expect(copyOf(long)).toEqual(long);
  expect(copyOf(long)).not.toBe(long);
  expect(copyOf(long, 5, 5)).toHaveLength(0);
});

test('room for samples is zeros, and nobody else’s', () => {
  const rooms = Array.from({ length: 600 }, (_, k) => {
    const room = roomForSamples(40);
    expect(room).toEqual(new Int16Array(40));
    return room.fill(k);
  });
  rooms.forEach((room, k) => expect(room).toEqual(new Int16Array(40).fill(k)));
});
