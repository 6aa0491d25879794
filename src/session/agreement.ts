/**
 * Is the box where we think it is? Heartbeats say its state five times a second; events are repeated until they are
 * acknowledged, so a difference lasts no longer than an answer takes. One that lasts is corrected to the safe side.
 *
 *   gone       we think it holds energy (or is dumping), it says that it does not
 *   unwanted   we are in standby, it holds energy
 */
import type { TherapyState } from '../core/session-events.ts';
import type { BoxState } from '../protocol/messages.ts';

export type Correction = 'gone' | 'unwanted';

/** Heartbeats in a row that say so: 0.4 s and more. */
const ENOUGH = 3;

const HOLDING: readonly BoxState[] = ['charging', 'ready', 'awaitingR', 'delivering'];
const EMPTY: readonly BoxState[] = ['standby', 'selfTest', 'failed'];

export class Agreement {
  private last: Correction | undefined;
  private count = 0;

  compare(host: TherapyState, box: BoxState, nothingUnderWay: boolean): Correction | undefined {
    const found = nothingUnderWay ? difference(host, box) : undefined;
    this.count = found === this.last ? this.count + 1 : 1;
    this.last = found;
    if (found === undefined || this.count < ENOUGH) return undefined;
    this.reset();
    return found;
  }

  /** No difference is being watched, and with the box in this state none will be. */
  isSettled(host: TherapyState, box: BoxState): boolean {
    return this.last === undefined && difference(host, box) === undefined;
  }

  reset(): void {
    this.last = undefined;
    this.count = 0;
  }
}

function difference(host: TherapyState, box: BoxState): Correction | undefined {
  if (host === 'standby') return HOLDING.includes(box) ? 'unwanted' : undefined;
  // The result of a shock under way is asked for by its arm id.
  if (host === 'delivering') return undefined;
  return EMPTY.includes(box) || (box === 'dumping' && host !== 'disarming') ? 'gone' : undefined;
}
