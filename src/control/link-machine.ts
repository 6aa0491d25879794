/**
 * The host's view of the cable, as a table. Silence of 600 ms is `stale` (grey the wave, no SHOCK), of 1000 ms `lost`.
 *
 * From `lost` there is one way back: a new WELCOME, hence a new session. What was charged before stays gone.
 */
import type { LinkState } from '../core/session-events.ts';
import type { Microseconds } from '../core/units.ts';
import { nextState } from './table.ts';

export type LinkEvent = 'welcome' | 'heard' | 'stale' | 'silent' | 'closed';

export const LINK = {
  down: { welcome: 'up', closed: 'down' },
  up: { welcome: 'up', heard: 'up', stale: 'stale', silent: 'lost', closed: 'lost' },
  stale: { welcome: 'up', heard: 'up', silent: 'lost', closed: 'lost' },
  lost: { welcome: 'up', closed: 'lost' },
} satisfies Record<LinkState, Partial<Record<LinkEvent, LinkState>>>;

const STALE_US = 600_000;
const LOST_US = 1_000_000;

export class LinkMachine {
  private current: LinkState = 'down';
  private heardAt: Microseconds = 0;

  get state(): LinkState {
    return this.current;
  }

  /** True when the state changed. */
  handle(event: LinkEvent, now: Microseconds): boolean {
    const next = nextState<LinkState>(LINK, this.current, event);
    if (event === 'heard' || event === 'welcome') this.heardAt = now;
    const changed = next !== undefined && next !== this.current;
    if (next !== undefined) this.current = next;
    return changed;
  }

  /** What silence has come to by `now`. */
  dueEvent(now: Microseconds): LinkEvent | undefined {
    const silence = now - this.heardAt;
    if (silence >= LOST_US && (this.current === 'up' || this.current === 'stale')) return 'silent';
    if (silence >= STALE_US && this.current === 'up') return 'stale';
    return undefined;
  }

  /** When `dueEvent` may next have something to say. */
  get deadline(): Microseconds | undefined {
    if (this.current === 'up') return this.heardAt + STALE_US;
    return this.current === 'stale' ? this.heardAt + LOST_US : undefined;
  }
}
