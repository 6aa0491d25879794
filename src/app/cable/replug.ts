/**
 * On the simulated clock: a memory cable that went away is plugged in again, with the same back-off as a real one. A cable
 * that the faults keep out cannot be plugged in.
 */
import type { Microseconds } from '../../core/units.ts';
import { memoryPair } from '../../link/memory.ts';
import type { MemoryPair } from '../../link/memory.ts';
import { Reconnect } from '../../link/reconnect.ts';
import { RECONNECT_MS } from '../../protocol/rules.ts';
import type { Actor, Rig } from '../treat-rig.ts';
import type { CableKit } from './cable-kit.ts';

export const BACK_OFF = { firstMs: RECONNECT_MS.first, lastMs: RECONNECT_MS.last };

/** A memory cable whose host's end is as bad as the kit makes it. */
export function kitPair(kit: CableKit): MemoryPair {
  const pair = memoryPair();
  const { link, timed } = kit.wrap(pair.host);
  if (timed === undefined) return { ...pair, host: link };
  const poll = (now: Microseconds): Microseconds | undefined => {
    pair.poll(now);
    timed.poll(now);
    const next = Math.min(pair.poll(now) ?? Infinity, timed.poll(now) ?? Infinity);
    return next === Infinity ? undefined : next;
  };
  return { host: link, device: pair.device, poll };
}

export class Replug implements Actor {
  readonly reconnect: Reconnect;
  private readonly rig: Rig;
  private wasLinked = true;

  constructor(rig: Rig, kit: CableKit) {
    this.rig = rig;
    this.reconnect = new Reconnect(BACK_OFF, (now) => {
      if (kit.unplugged) return this.reconnect.failed(now);
      rig.replug(kitPair(kit));
      this.reconnect.opened(now);
      this.wasLinked = rig.linked;
    });
  }

  poll(now: Microseconds): Microseconds | undefined {
    const { linked } = this.rig;
    if (this.wasLinked && !linked) this.reconnect.lost(now);
    this.wasLinked = linked;
    return this.reconnect.poll(now);
  }
}
