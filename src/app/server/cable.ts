/**
 * The cable to a box elsewhere. The first opening must work; a cable that goes away later is tried again after 0.25 s, 0.5 s,
 * ... 2 s until somebody plugs it in: each time a new port object, a new session, and nothing armed.
 */
import { openLink } from '../../link/open.ts';
import type { Link } from '../../link/link.ts';
import { Reconnect } from '../../link/reconnect.ts';
import type { CableKit } from '../cable/cable-kit.ts';
import { BACK_OFF } from '../cable/replug.ts';
import type { LiveRun } from './live-run.ts';
import type { RealTime } from './real-time.ts';

export class Cable {
  private readonly address: string;
  private readonly run: LiveRun;
  private readonly clock: RealTime;
  private readonly kit: CableKit | undefined;
  private readonly reconnect = new Reconnect(BACK_OFF, () => this.tryAgain());
  private shut: () => void = () => undefined;
  private timer: NodeJS.Timeout | undefined;
  private over = false;

  constructor(address: string, run: LiveRun, clock: RealTime, kit?: CableKit) {
    this.address = address;
    this.run = run;
    this.clock = clock;
    this.kit = kit;
  }

  async open(): Promise<void> {
    this.use(await openLink(this.address));
  }

  close(): void {
    this.over = true;
    this.reconnect.stop();
    clearTimeout(this.timer);
    this.shut();
  }

  private use(link: Link): void {
    // Somebody closed us while the port was being opened.
    if (this.over) return link.close();
    this.reconnect.opened(this.clock.now);
    link.onClose = () => {
      this.reconnect.lost(this.clock.now);
      this.wait();
    };
    this.shut = () => link.close();
    this.run.attach(link, () => this.clock.tick());
  }

  private tryAgain(): void {
    const failed = (): void => {
      this.reconnect.failed(this.clock.now);
      this.wait();
    };
    if (this.kit?.unplugged === true) failed();
    else void openLink(this.address).then((link) => this.use(link), failed);
  }

  private wait(): void {
    const dueUs = this.reconnect.poll(this.clock.now);
    if (dueUs === undefined || this.over) return;
    this.timer = setTimeout(
      () => {
        this.clock.tick();
        this.wait();
      },
      Math.max(1, (dueUs - this.clock.now) / 1000),
    );
  }
}
