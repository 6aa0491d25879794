/**
 * The cable to a box elsewhere. The first opening must work; a cable that goes away later is tried every second until
 * somebody plugs it in again.
 */
import { openLink } from '../../link/open.ts';
import type { LiveRun } from './live-run.ts';
import type { RealTime } from './real-time.ts';

const REOPEN_MS = 1000;

export class Cable {
  private readonly address: string;
  private readonly run: LiveRun;
  private readonly clock: RealTime;
  private shut: () => void = () => undefined;
  private retry: NodeJS.Timeout | undefined;
  private over = false;

  constructor(address: string, run: LiveRun, clock: RealTime) {
    this.address = address;
    this.run = run;
    this.clock = clock;
  }

  async open(): Promise<void> {
    const link = await openLink(this.address);
    link.onClose = () => this.openAgain();
    this.shut = () => link.close();
    this.run.attach(link, () => this.clock.tick());
  }

  close(): void {
    this.over = true;
    clearTimeout(this.retry);
    this.shut();
  }

  private openAgain(): void {
    if (this.over) return;
    this.retry = setTimeout(() => {
      this.open().catch(() => this.openAgain());
    }, REOPEN_MS);
  }
}
