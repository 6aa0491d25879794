/** One cable in real time with what the options make of it, for a program without a clock of its own. */
import { Rng } from '../../core/rng.ts';
import type { Link } from '../../link/link.ts';
import type { Side } from '../trace/trace-line.ts';
import { CableKit } from './cable-kit.ts';
import { faultsOf } from './cable-options.ts';
import type { CableFlags } from './cable-options.ts';

/** How exactly a bad cable keeps its times. */
const POLL_MS = 2;

export class LiveCable {
  readonly link: Link;
  private readonly kit: CableKit;
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(inner: Link, near: Side, flags: CableFlags & { seed: string }) {
    const startMs = performance.now();
    const now = (): number => Math.round((performance.now() - startMs) * 1000);
    const spec = faultsOf(flags.faults, { boxIsOurs: false });
    this.kit = new CableKit({ ...flags, near, spec, rng: new Rng(flags.seed), now });
    const { link, timed } = this.kit.wrap(inner);
    this.link = link;
    if (timed !== undefined) this.timer = setInterval(() => timed.poll(now()), POLL_MS);
  }

  close(): void {
    clearInterval(this.timer);
    this.link.close();
    this.kit.close();
  }
}
