/** What breaks in the box, and when, from the string of `--faults`: `looseContact@10s:2s,reboot@30s`. */
import type { Microseconds } from '../src/core/units.ts';
import type { TimedFault } from '../src/link/fault-spec.ts';

interface Deed {
  atUs: Microseconds;
  name: string;
  on: boolean;
}

export class FaultPlan {
  private readonly deeds: readonly Deed[];
  private readonly setFault: (name: string, on: boolean) => void;
  private next = 0;

  constructor(faults: readonly TimedFault[], setFault: (name: string, on: boolean) => void) {
    const begins = faults.map(({ name, atUs }) => ({ atUs, name, on: true }));
    const ends = faults.map(({ name, atUs, forUs }) => ({ atUs: atUs + forUs, name, on: false }));
    this.deeds = [...begins, ...ends.filter((d) => d.atUs < Infinity)].sort((a, b) => a.atUs - b.atUs);
    this.setFault = setFault;
  }

  /** Does what is due `now` after the start; says when there is something again. */
  poll(now: Microseconds): Microseconds | undefined {
    while (this.next < this.deeds.length && this.deeds[this.next].atUs <= now) {
      const { name, on } = this.deeds[this.next++];
      this.setFault(name, on);
    }
    return this.next < this.deeds.length ? this.deeds[this.next].atUs : undefined;
  }
}
