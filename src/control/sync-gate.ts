/**
 * When SYNC may arm: the box's own synchroniser has marked three R waves in a row, none over 2 s apart, the last one
 * not longer ago. Regularity is not judged: atrial fibrillation is never regular.
 */
import type { Microseconds } from '../core/units.ts';

const MARKERS = 3;
const MAX_GAP_US = 2_000_000;

export class SyncGate {
  private count = 0;
  private lastUs: Microseconds = -Infinity;

  marker(us: Microseconds): void {
    this.count = us - this.lastUs <= MAX_GAP_US ? this.count + 1 : 1;
    this.lastUs = us;
  }

  isOpen(nowUs: Microseconds): boolean {
    return this.count >= MARKERS && nowUs - this.lastUs <= MAX_GAP_US;
  }

  reset(): void {
    this.count = 0;
    this.lastUs = -Infinity;
  }
}
