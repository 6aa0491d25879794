import { expect, test } from 'vitest';
import { Reconnect } from '../../src/link/reconnect.ts';
import { RECONNECT_MS } from '../../src/protocol/rules.ts';

const BACK_OFF = { firstMs: RECONNECT_MS.first, lastMs: RECONNECT_MS.last };

/** Tries at these times, ms, when every try fails at once. */
function failing(untilMs: number): number[] {
  const at: number[] = [];
  const reconnect = new Reconnect(BACK_OFF, (now) => {
    at.push(now / 1000);
    reconnect.failed(now);
  });
  reconnect.lost(0);
  for (let us = 0; us <= untilMs * 1000; us += 10_000) reconnect.poll(us);
  return at;
}

test('tries after 0.25 s, then twice as long each time up to 2 s, and never gives up', () => {
  expect(failing(12_000)).toEqual([250, 750, 1750, 3750, 5750, 7750, 9750, 11_750]);
});

test('says when to call again, and nothing while a cable is there or a try is under way', () => {
  const reconnect = new Reconnect(BACK_OFF, () => undefined);
  expect(reconnect.poll(0)).toBeUndefined();
  reconnect.lost(1_000_000);
  expect(reconnect.poll(1_100_000)).toBe(1_250_000);
  expect(reconnect.poll(1_250_000)).toBeUndefined();
  // Slow to open: no second try on top of the first.
  expect(reconnect.poll(9_000_000)).toBeUndefined();
  expect(reconnect.tries).toBe(1);
  reconnect.opened(9_000_000);
  expect(reconnect.poll(9_100_000)).toBeUndefined();
});

test('a plug that holds only for a moment does not start from the shortest wait', () => {
  const reconnect = new Reconnect(BACK_OFF, () => undefined);
  reconnect.lost(0);
  reconnect.poll(250_000);
  reconnect.opened(250_000);
  reconnect.lost(400_000);
  expect(reconnect.poll(400_000)).toBe(900_000);
  reconnect.poll(900_000);
  reconnect.opened(900_000);
  reconnect.lost(3_000_000);
  expect(reconnect.poll(3_000_000)).toBe(3_250_000);
});

test('stops when nobody wants it any more', () => {
  const reconnect = new Reconnect(BACK_OFF, () => undefined);
  reconnect.lost(0);
  reconnect.stop();
  expect(reconnect.poll(10_000_000)).toBeUndefined();
  reconnect.lost(10_000_000);
  expect(reconnect.poll(20_000_000)).toBeUndefined();
  expect(reconnect.tries).toBe(0);
});
