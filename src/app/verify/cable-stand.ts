/** A device at the end of a cable, in real time. Its bench channel, where it has one, is another connection. */
import { setTimeout as sleep } from 'node:timers/promises';
import { LinkLostError } from '../../core/errors.ts';
import type { Microseconds } from '../../core/units.ts';
import { openLink } from '../../link/open.ts';
import type { Link } from '../../link/link.ts';
import type { CableFlags } from '../cable/cable-options.ts';
import { LiveCable } from '../cable/live-cable.ts';
import { runningBoxes } from '../ports/registry.ts';
import { BenchClient } from './bench-client.ts';
import type { BenchHands, HostEnd, Stand } from './stand.ts';

/** How often the host is polled; a timer is no better than this anyway. */
const TICK_MS = 2;

export class CableStand implements Stand {
  readonly kind = 'cable';
  bench: BenchHands | undefined;
  private readonly client: BenchClient | undefined;
  private readonly link: Link;
  private readonly cable: LiveCable;
  private readonly startMs = performance.now();
  private host: HostEnd | undefined;
  private closedWhy: string | undefined;

  private constructor(cable: LiveCable, client: BenchClient | undefined) {
    const { link } = cable;
    this.cable = cable;
    this.link = link;
    this.client = client;
    this.bench = client;
    link.onBytes = (bytes) => this.host?.receive(bytes, this.now);
    link.onClose = (why) => {
      this.closedWhy = why;
      this.host?.closed(why, this.now);
    };
  }

  /** `control` left out: looked up among the simulated boxes that run on this computer. */
  static async open(
    address: string,
    control?: string,
    flags: CableFlags & { seed: string } = { faults: '', seed: '1' },
  ): Promise<CableStand> {
    const found = control ?? controlOf(address);
    const cable = new LiveCable(await openLink(address), 'host', flags);
    try {
      return new CableStand(cable, found === undefined ? undefined : await BenchClient.open(found));
    } catch (error) {
      cable.close();
      throw error;
    }
  }

  get now(): Microseconds {
    return Math.round((performance.now() - this.startMs) * 1000);
  }

  attach(host: HostEnd): void {
    if (this.host !== undefined) this.host.onSend = () => undefined;
    this.host = host;
    host.onSend = (bytes) => void this.link.write(bytes);
    host.opened(this.now);
  }

  async until(done: () => boolean, mostMs: number): Promise<boolean> {
    const end = this.now + mostMs * 1000;
    for (;;) {
      if (this.closedWhy !== undefined) throw new LinkLostError(`${this.link.name}: ${this.closedWhy}`);
      this.host?.poll(this.now);
      if (done()) return true;
      if (this.now >= end) return false;
      await sleep(Math.min(TICK_MS, Math.max(0, (end - this.now) / 1000)));
    }
  }

  close(): void {
    this.host = undefined;
    this.client?.close();
    this.cable.close();
  }
}

function controlOf(address: string): string | undefined {
  const control = runningBoxes().find((box) => box.address === address)?.['control'];
  return typeof control === 'string' ? control : undefined;
}
