/** A slow line that becomes a fast one must not keep what waited, nor stop for ever. */
import { expect, test } from 'vitest';
import { Transmitter } from '../../firmware-sim/transmitter.ts';

const packet = (first: number): Uint8Array => Uint8Array.of(first, 0, 0, 0);

test('without a limit again, what waited leaves, old waves do not, and the next slow line is not held up', () => {
  const t = new Transmitter();
  t.setRate(100); // 40 ms a packet
  for (const k of [1, 2, 3]) t.send(packet(k), 0);
  t.sendWave(packet(9), 0);
  expect([...t.take()]).toEqual([1, 0, 0, 0]);
  t.setRate(0);
  expect([...t.take()]).toEqual([2, 0, 0, 0, 3, 0, 0, 0]);
  expect(t.droppedWaves).toBe(1);
  t.run(50_000);
  t.setRate(100);
  t.send(packet(4), 60_000);
  expect([...t.take()]).toEqual([4, 0, 0, 0]);
});
