/** Ready-made pairs of links for tests, and whether this machine has pseudo-terminals. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Rng } from '../../src/core/rng.ts';
import { faulty } from '../../src/link/faulty.ts';
import type { Link } from '../../src/link/link.ts';
import { memoryPair } from '../../src/link/memory.ts';
import type { MemoryPairOptions } from '../../src/link/memory.ts';
import { openLink } from '../../src/link/open.ts';
import { openPty } from '../../src/link/pty.ts';
import { tap } from '../../src/link/tap.ts';
import { listenTcp } from '../../src/link/tcp.ts';
import type { LinkPair } from '../conform/link.ts';

/** Real transports: wait until it is done, 1.5 s at most; 60 ms where nothing is expected. */
async function settleReal(done: () => boolean): Promise<void> {
  for (let waitedMs = 0; waitedMs < 1500 && !done(); waitedMs += 2) {
    if (waitedMs > 60 && String(done) === '() => false') return;
    await sleep(2);
  }
}

export function memory(options: MemoryPairOptions = {}): LinkPair {
  const pair = memoryPair(options);
  let now = 0;
  const settle = (done: () => boolean) => {
    for (let i = 0; i < 20_000 && !done(); i++) pair.poll((now += 100));
    return Promise.resolve();
  };
  return { host: pair.host, device: pair.device, settle };
}

export function tapped(): Promise<LinkPair> {
  const pair = memory();
  return Promise.resolve({ ...pair, host: tap(pair.host, {}), device: tap(pair.device, {}) });
}

/** The wrapper itself, around a cable that is good except for time and cuts. */
export function slowCable(): Promise<LinkPair> {
  const pair = memoryPair();
  const spec = { delayUs: 3000, jitterUs: 2000, burstUs: 1600, split: 'random' } as const;
  const host = faulty(pair.host, new Rng('host'), spec);
  const device = faulty(pair.device, new Rng('device'), spec);
  let now = 0;
  const settle = (done: () => boolean) => {
    for (let i = 0; i < 20_000 && !done(); i++) {
      now += 100;
      host.poll(now);
      device.poll(now);
      pair.poll(now);
    }
    return Promise.resolve();
  };
  return Promise.resolve({ host, device, settle });
}

export async function tcp(): Promise<LinkPair> {
  let arrived: (link: Link) => void = () => undefined;
  const device = new Promise<Link>((resolve) => (arrived = resolve));
  const listener = await listenTcp({ port: 0, onLink: (link) => arrived(link) });
  const host = await openLink(`tcp:127.0.0.1:${listener.port}`);
  return { host, device: await device, settle: settleReal, end: () => listener.close() };
}

export async function pty(): Promise<LinkPair> {
  const device = openPty();
  const host = await openLink(`pty:${device.path}`);
  return { host, device, settle: settleReal };
}

function probe(): boolean {
  try {
    openPty().close();
    return true;
  } catch {
    return false;
  }
}
export const HAS_PTY = probe();
export const PTY_NOTE = HAS_PTY ? '' : ' (skipped: no pseudo-terminals here)';
