/**
 * When SYNC may arm: the box's own synchroniser has marked three R waves in a row, none over 2 s apart, the last one
 * not longer ago, and one of the last few it was sure of: only such a one can carry the shock. Regularity is not judged: atrial
 * fibrillation is never regular.
 */
import type { Microseconds } from '../core/units.ts';

const MARKERS = 3;
const MAX_GAP_US = 2_000_000;
/** A doubtful trigger now and then is let pass; when none was sure for so long, a shock would wait in vain. */
const MAX_DOUBT_US = 4_000_000;

export class SyncGate {
  private count = 0;
  private lastUs: Microseconds = 0;
  private sureUs: Microseconds = -Infinity;

  /** A marker; `sure`: the box would let a shock go on it. */
  marker(us: Microseconds, sure: boolean): void {
    this.count = us - this.lastUs <= MAX_GAP_US ? this.count + 1 : 1;
    this.lastUs = us;
    if (sure) this.sureUs = us;
  }

  isOpen(nowUs: Microseconds): boolean {
    return this.count >= MARKERS && nowUs - this.lastUs <= MAX_GAP_US && nowUs - this.sureUs <= MAX_DOUBT_US;
  }

  reset(): void {
    this.count = 0;
    this.sureUs = -Infinity;
  }
}
