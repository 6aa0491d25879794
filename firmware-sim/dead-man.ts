/**
 * The dead man's handle: who does not send for a second is not there. Only valid packets of this session feed it.
 */
import type { Microseconds } from '../src/core/units.ts';
import { DEAD_MAN_MS } from '../src/protocol/rules.ts';

export class DeadMan {
  private dueUs: Microseconds = Infinity;

  /** Infinity while nobody holds the handle. */
  get nextUs(): Microseconds {
    return this.dueUs;
  }

  feed(us: Microseconds): void {
    this.dueUs = us + DEAD_MAN_MS * 1000;
  }

  release(): void {
    this.dueUs = Infinity;
  }
}
