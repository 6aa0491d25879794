/** What every pair of link ends must do. One line per implementation in test/link/conform.test.ts. */
import { afterEach, describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import type { Link } from '../../src/link/link.ts';

export interface LinkPair {
  host: Link;
  device: Link;
  /** Lets time pass until `done`, or until it is clear that it never will be. */
  settle: (done: () => boolean) => Promise<void>;
  /** Frees what the pair holds besides its two links. */
  end?: () => void;
}

export interface LinkTraits {
  /** Does the device notice at once when the host closes? Not on a pseudo-terminal: heartbeats find that. */
  deviceHearsClose?: boolean;
}

interface Seen {
  bytes: number[];
  closes: string[];
}

function watch(link: Link): Seen {
  const seen: Seen = { bytes: [], closes: [] };
  link.onBytes = (bytes) => {
    for (const byte of bytes) seen.bytes.push(byte);
  };
  link.onClose = (why) => void seen.closes.push(why);
  return seen;
}

function randomBytes(rng: Rng, n: number): Uint8Array {
  return Uint8Array.from({ length: n }, () => rng.int(0, 255));
}

export function linkConforms(name: string, make: () => Promise<LinkPair>, traits: LinkTraits = {}): void {
  const { deviceHearsClose = true } = traits;

  describe(`link: ${name}`, () => {
    let pair: LinkPair | undefined;
    const open = async () => {
      const made = (pair = await make());
      return { ...made, atHost: watch(made.host), atDevice: watch(made.device) };
    };
    afterEach(() => {
      pair?.host.close();
      pair?.device.close();
      pair?.end?.();
      pair = undefined;
    });

    test('carries every byte value in order, both ways', async () => {
      const { host, device, settle, atHost, atDevice } = await open();
      const bytes = randomBytes(new Rng('both ways'), 3000);
      for (let at = 0; at < bytes.length; at += 100) {
        expect(host.write(bytes.subarray(at, at + 100))).toBe(true);
        expect(device.write(bytes.subarray(at, at + 100))).toBe(true);
        await settle(() => atHost.bytes.length >= at + 100 && atDevice.bytes.length >= at + 100);
      }
      expect(atDevice.bytes).toEqual([...bytes]);
      expect(atHost.bytes).toEqual([...bytes]);
    });

    test('keeps what it was given, whatever the writer does with the array afterwards', async () => {
      const { host, settle, atDevice } = await open();
      const bytes = Uint8Array.of(1, 0, 2, 3);
      host.write(bytes);
      bytes.fill(9);
      await settle(() => atDevice.bytes.length >= 4);
      expect(atDevice.bytes).toEqual([1, 0, 2, 3]);
    });

    test('takes an empty write for what it is', async () => {
      const { host, settle, atDevice } = await open();
      expect(host.write(new Uint8Array(0))).toBe(true);
      host.write(Uint8Array.of(7));
      await settle(() => atDevice.bytes.length > 0);
      expect(atDevice.bytes).toEqual([7]);
    });

    test('says once that it closed, to the one who closed it too', async () => {
      const { host, atHost } = await open();
      host.close();
      host.close();
      expect(host.open).toBe(false);
      expect(atHost.closes).toHaveLength(1);
    });

    test('delivers nothing and takes nothing after close', async () => {
      const { host, device, settle, atHost, atDevice } = await open();
      host.close();
      expect(host.write(Uint8Array.of(1, 2, 3))).toBe(false);
      device.write(Uint8Array.of(4, 5, 6));
      await settle(() => false);
      expect(atHost.bytes).toEqual([]);
      expect(atDevice.bytes).toEqual([]);
    });

    test('tells the host when the device closes, once', async () => {
      const { device, host, settle, atHost } = await open();
      device.close();
      await settle(() => atHost.closes.length > 0);
      expect(atHost.closes).toHaveLength(1);
      expect(host.open).toBe(false);
      expect(host.write(Uint8Array.of(1))).toBe(false);
    });

    // On a pty nobody hears the far client go: presence comes from heartbeats (docs/DESIGN.md).
    if (deviceHearsClose) {
      test('tells the device when the host closes, once', async () => {
        const { device, host, settle, atDevice } = await open();
        host.close();
        await settle(() => atDevice.closes.length > 0);
        expect(atDevice.closes).toHaveLength(1);
        expect(device.open).toBe(false);
      });
    }

    test('can be closed while bytes arrive', async () => {
      const { host, device, settle, atHost } = await open();
      let calls = 0;
      host.onBytes = () => {
        calls++;
        host.close();
      };
      device.write(Uint8Array.of(1));
      device.write(Uint8Array.of(2));
      await settle(() => atHost.closes.length > 0);
      expect(calls).toBe(1);
      expect(atHost.closes).toHaveLength(1);
    });

    test('refuses in the end when nobody takes the bytes, and grows no further', async () => {
      const { device } = await open();
      const kilobyte = new Uint8Array(1024).fill(1);
      let taken = 0;
      while (taken < 5000 && device.write(kilobyte)) taken++;
      expect(taken).toBeGreaterThan(3);
      expect(taken).toBeLessThan(5000);
    });
  });
}
