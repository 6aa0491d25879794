import { expect, test } from 'vitest';
import { SampleRing } from '../../src/core/ring.ts';

const ramp = (from: number, n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => from + i);

test('keeps the newest samples under their index in the stream', () => {
  const ring = new SampleRing(100);
  for (let at = 0; at < 1000; at += 37) ring.push(ramp(at, 37), 37);
  expect(ring.capacity).toBe(128);
  expect(ring.end).toBe(1036);
  expect(ring.begin).toBe(1036 - 128);
  const out = new Float64Array(50);
  ring.read(950, 50, out);
  expect([...out]).toEqual([...ramp(950, 50)]);
  expect(ring.at(1035)).toBe(1035);
});

test('refuses what it no longer holds or does not hold yet', () => {
  const ring = new SampleRing(8);
  ring.push(ramp(0, 20), 20);
  const out = new Float64Array(8);
  expect(() => ring.read(11, 4, out)).toThrow('ring holds 12..20');
  expect(() => ring.read(18, 4, out)).toThrow('ring holds');
});

test('starts again at any index', () => {
  const ring = new SampleRing(8);
  ring.push(ramp(0, 8), 8);
  ring.reset(0);
  expect(ring.begin).toBe(0);
  expect(ring.end).toBe(0);
});
