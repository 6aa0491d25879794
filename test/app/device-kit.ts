/** A host and a bench client for tests of the box on a real cable, in real time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Rng } from '../../src/core/rng.ts';
import type { SessionEvent } from '../../src/core/session-events.ts';
import { openLink } from '../../src/link/open.ts';
import type { Link } from '../../src/link/link.ts';
import { formatBenchRequest } from '../../src/protocol/bench-codec.ts';
import type { BenchRequest } from '../../src/protocol/bench-messages.ts';
import { LineSplitter } from '../../src/protocol/lines.ts';
import { Session } from '../../src/session/session.ts';

export async function until(what: string, done: () => boolean, mostMs = 4500): Promise<void> {
  for (let waitedMs = 0; !done(); waitedMs += 5) {
    if (waitedMs > mostMs) throw new Error(`waited ${mostMs} ms for ${what}`);
    await sleep(5);
  }
}

export class LiveHost {
  readonly events: SessionEvent[] = [];
  readonly session = new Session({ rng: new Rng('live host'), name: 'test' });
  /** Samples received, and how many are missing between the first and the last. */
  received = 0;
  lost = 0;
  private nextSample = NaN;
  private readonly startMs = performance.now();
  private readonly link: Link;
  private readonly timer: NodeJS.Timeout;

  private constructor(link: Link) {
    this.link = link;
    const { session } = this;
    session.onEvent = (event) => void this.events.push(structuredClone(event));
    session.onWave = ({ firstSample, n }) => {
      if (!Number.isNaN(this.nextSample)) this.lost += firstSample - this.nextSample;
      this.nextSample = firstSample + n;
      this.received += n;
    };
    session.onSend = (bytes) => link.write(bytes);
    link.onBytes = (bytes) => session.receive(bytes, this.now);
    link.onClose = (why) => session.closed(why, this.now);
    session.opened(this.now);
    this.timer = setInterval(() => session.poll(this.now), 5);
  }

  static async connect(address: string): Promise<LiveHost> {
    return new LiveHost(await openLink(address));
  }

  get now(): number {
    return Math.round((performance.now() - this.startMs) * 1000);
  }

  event(type: SessionEvent['type']): SessionEvent | undefined {
    return this.events.find((e) => e.type === type);
  }

  stop(): void {
    clearInterval(this.timer);
    this.link.close();
  }
}

export class BenchClient {
  readonly news: Record<string, unknown>[] = [];
  private readonly link: Link;
  private readonly waiting = new Map<number, (answer: Record<string, unknown>) => void>();
  private lastId = 0;

  private constructor(link: Link) {
    this.link = link;
    const lines = new LineSplitter();
    link.onBytes = (bytes) =>
      lines.push(bytes, (line) => {
        const message = JSON.parse(line) as Record<string, unknown>;
        if (typeof message['id'] === 'number') this.waiting.get(message['id'])?.(message);
        else this.news.push(message);
      });
  }

  static async connect(address: string): Promise<BenchClient> {
    return new BenchClient(await openLink(address));
  }

  ask(request: BenchRequest): Promise<Record<string, unknown>> {
    const id = ++this.lastId;
    this.link.write(new TextEncoder().encode(formatBenchRequest(id, request)));
    return new Promise((resolve) => this.waiting.set(id, resolve));
  }

  close(): void {
    this.link.close();
  }
}
