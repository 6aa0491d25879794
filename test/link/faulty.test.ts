import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/core/errors.ts';
import { Rng } from '../../src/core/rng.ts';
import { parseFaults } from '../../src/link/fault-spec.ts';
import { faulty } from '../../src/link/faulty.ts';
import { memoryPair } from '../../src/link/memory.ts';

/** Sends `count` packets of 10 bytes (1..9 and 0) through a cable with these faults, one a millisecond. */
function run(spec: string, count = 2000, seed = 'cable') {
  const pair = memoryPair({ delayUs: 0 });
  const cable = faulty(pair.host, new Rng(seed), parseFaults(spec));
  const got: number[][] = [[]];
  const at: number[] = [];
  const closes: string[] = [];
  let now = 0;
  pair.device.onBytes = (bytes) => {
    for (const byte of bytes) {
      got[got.length - 1].push(byte);
      if (byte !== 0) continue;
      got.push([]);
      at.push(now);
    }
  };
  cable.onClose = (why) => void closes.push(why);
  for (let i = 0; i < count + 400; i++, now += 1000) {
    if (i < count) cable.write(Uint8Array.of(1 + (i & 127), 2, 3, 4, 5, 6, 7, 8, 9, 0));
    cable.poll(now);
    pair.poll(now);
  }
  return { packets: got.filter((p) => p.length > 0), at, cable, closes };
}

const GOOD = run('').packets;

describe('a bad cable', () => {
  test('without faults is a good cable', () => {
    expect(GOOD).toHaveLength(2000);
    expect(new Set(GOOD.map((p) => p.length))).toEqual(new Set([10]));
  });

  test('does the same damage for the same seed, and other damage for another', () => {
    const spec = 'flip=1/200,drop=1/50,dup=1/50,truncate=1/50,garbage=1/50,reorder=1/50';
    expect(run(spec).packets).toEqual(run(spec).packets);
    expect(run(spec).packets).not.toEqual(run(spec, 2000, 'other').packets);
  });

  test.each([
    ['drop=1/10', 'dropped', 200, 50],
    ['dup=1/10', 'duplicated', 200, 50],
    ['flip=1/100', 'flipped', 200, 50],
    ['truncate=1/10', 'truncated', 200, 50],
    ['garbage=1/10', 'garbled', 200, 50],
    ['reorder=1/10', 'reordered', 182, 50],
  ] as const)('%s happens about as often as it says', (spec, counter, expected, tolerance) => {
    const { cable } = run(spec);
    expect(Math.abs(cable.counters[counter] - expected)).toBeLessThan(tolerance);
  });

  test('changes exactly one bit at a flip', () => {
    const { packets, cable } = run('flip=1/1000', 500);
    const bits = packets.flatMap((p, i) => p.map((byte, k) => (byte ^ (GOOD[i]?.[k] ?? 0)).toString(2)));
    const turned = bits.filter((b) => b.includes('1'));
    // A flip that makes or breaks a zero shifts the rest; with this seed none does.
    expect(turned.join('').replaceAll('0', '')).toHaveLength(cable.counters.flipped);
    expect(cable.counters.flipped).toBeGreaterThan(0);
  });

  test('delays, and keeps the order under jitter', () => {
    const { packets, at } = run('delay=20ms,jitter=10ms', 100);
    expect(packets).toEqual(GOOD.slice(0, 100));
    expect(at[0]).toBeGreaterThanOrEqual(20_000);
    expect(at[0]).toBeLessThanOrEqual(31_000);
  });

  test('hands bytes over in bursts like a USB chip', () => {
    const { packets, at } = run('burst=16ms', 160);
    expect(packets).toHaveLength(160);
    // What is written right at the end of a burst goes with the next look, a millisecond later.
    expect(at.every((us) => us % 16_000 <= 1000)).toBe(true);
  });

  test('takes the time of a UART, and loses what waits longer than a second', () => {
    // 10 bytes a millisecond are 100 kbaud: at 50 000 baud they take twice their time.
    const { packets, at } = run('baud=50000', 300);
    expect(packets).toHaveLength(300);
    expect(at[0]).toBeGreaterThanOrEqual(2000);
    expect(Math.abs((at.at(-1) ?? 0) - 600_000)).toBeLessThan(5000);
    expect(run('baud=5000', 400).packets.length).toBeLessThan(120);
  });

  test('is unplugged at its time, and says so once', () => {
    const { packets, closes, cable } = run('unplug@500ms');
    expect(packets).toHaveLength(500);
    expect(closes).toEqual(['unplugged']);
    expect(cable.open).toBe(false);
  });

  test('falls silent without telling anybody', () => {
    const { packets, closes } = run('mute@500ms:300ms', 1000);
    expect(packets).toHaveLength(700);
    expect(closes).toEqual([]);
  });
});

test('a cable that is plugged in again goes on in the same run', () => {
  const spec = parseFaults('unplug@1s:1s,unplug@3s:1s');
  const plugAt = (us: number) => {
    const cable = faulty(memoryPair().host, new Rng('plug'), spec, 0);
    cable.poll(us);
    return cable;
  };
  expect(plugAt(999_999).poll(999_999)).toBe(1_000_000);
  expect(plugAt(1_000_000).open).toBe(false);
  expect(plugAt(2_000_000).poll(2_000_000)).toBe(3_000_000);
  expect(plugAt(3_500_000).open).toBe(false);
  expect(plugAt(4_000_000).open).toBe(true);
});

describe('a fault string', () => {
  test('says everything in one line', () => {
    expect(parseFaults('flip=1/5000, unplug@12s, delay=20ms, stall=1/100:2s, split=usb, mute@1.5s')).toEqual({
      flip: { times: 1, outOf: 5000 },
      unplug: [{ atUs: 12_000_000, forUs: Infinity }],
      delayUs: 20_000,
      stall: { times: 1, outOf: 100 },
      stallUs: 2_000_000,
      split: 'usb',
      mute: [{ atUs: 1_500_000, forUs: Infinity }],
    });
  });

  test('leaves to others what is not the cable, and keeps the order', () => {
    expect(parseFaults('reboot@2s, unplug@1s:1s, unplug@5s:500ms, noR@3s:1s', ['noR', 'reboot'])).toEqual({
      timed: [
        { name: 'reboot', atUs: 2_000_000, forUs: Infinity },
        { name: 'noR', atUs: 3_000_000, forUs: 1_000_000 },
      ],
      unplug: [
        { atUs: 1_000_000, forUs: 1_000_000 },
        { atUs: 5_000_000, forUs: 500_000 },
      ],
    });
  });

  test.each([
    ['flip', /found "flip"/],
    ['flip=0.1', /ratio like 1\/5000, found "0.1"/],
    ['flip=2/1', /ratio/],
    ['baud=quick', /speed like 115200/],
    ['delay=fast', /time like 20ms or 12s, found "fast"/],
    ['split=often', /one of whole, bytes/],
    ['explode=1/2', /found "explode=1\/2"/],
    ['unplug@12s:soon', /time like 20ms or 12s, found "soon"/],
    ['reboot@12s', /a name of unplug, mute; found "reboot@12s"/],
    ['constructor=1/2', /found "constructor/],
  ])('%s is refused with what was expected', (text, message) => {
    expect(() => parseFaults(text)).toThrow(UsageError);
    expect(() => parseFaults(text)).toThrow(message);
  });
});
