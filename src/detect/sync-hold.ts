/**
 * When the synchroniser's trigger comes, once the edge of a QRS has been found: at the R, not on the way up to it.
 *
 *   10 ms after the edge: where a narrow beat has its R
 *   up to 21 ms after it, where this patient's R usually comes that late: 8 ms before it
 *   21 ms after it, when the wave is half down again at its due time: too short for a ventricle, so it was the rest of a
 *   pacing pulse or the first notch of a QRS that goes on
 *
 * The usual distance is the median of the last eight confirmed beats, which run behind; nothing looks ahead. The times were
 * read off mitdb and svdb (docs/RESULTS.md): without a wait 0.32 % of the triggers came over 60 ms before the marked R, with
 * 14 ms for all the median delay is over 8 ms, with 27 ms for a pulse p99 over 25. Waiting for the peak itself made 16 times as
 * many triggers late, most of them on wide beats.
 */
import { RING_MASK } from './front-end.ts';
import { RunningMedian } from './levels.ts';
import { type Hertz, msToSamples } from '../core/units.ts';

const HOLD_MS = 10;
const LONG_HOLD_MS = 21;
const BEFORE_R_MS = 8;
const HALF = 0.5;
/** A confirmed R farther from an edge than this is not its. */
const REACH_MS = 150;
/** Edges that are remembered until their beat is confirmed, at 300/min and more: a power of two. */
const EDGES = 4;

export class SyncHold {
  /** An edge waits. */
  isOn = false;
  private readonly hold: number;
  private readonly longHold: number;
  private readonly beforeR: number;
  private readonly reach: number;
  private readonly usual = new RunningMedian();
  private readonly one = new Float64Array(1);
  private readonly edges = new Int32Array(EDGES);
  private edge = 0;
  private dueAt = 0;
  private longest = 0;
  /** Which way the wave goes, from where, and how far it has got. */
  private sign = 1;
  private foot = 0.5;
  private top = 0.5;

  constructor(fd: Hertz) {
    this.hold = Math.max(1, msToSamples(HOLD_MS, fd));
    this.longHold = Math.max(1, msToSamples(LONG_HOLD_MS, fd));
    this.beforeR = msToSamples(BEFORE_R_MS, fd);
    this.reach = msToSamples(REACH_MS, fd);
    this.reset();
  }

  /** The edge of a QRS at sample i of the ring x, whose wave began at sample `from`. */
  start(x: Float64Array, i: number, from: number): void {
    const usual = Math.round(this.usual.value) - this.beforeR;
    this.isOn = true;
    this.edges[this.edge++ & (EDGES - 1)] = i;
    this.dueAt = i + Math.max(this.hold, Math.min(this.longHold, usual));
    this.longest = i + this.longHold;
    this.sign = x[i & RING_MASK] > x[from & RING_MASK] ? 1 : -1;
    this.foot = this.sign * x[from & RING_MASK];
    this.top = this.sign * x[i & RING_MASK];
  }

  /** True when the trigger comes on sample i. */
  isDue(x: Float64Array, i: number): boolean {
    const v = this.sign * x[i & RING_MASK];
    if (v > this.top) this.top = v;
    if (i < this.dueAt) return false;
    if (i < this.longest && v < this.top - HALF * (this.top - this.foot)) {
      this.dueAt = this.longest;
      return false;
    }
    this.isOn = false;
    return true;
  }

  /** The R of a confirmed beat, in low-rate samples. */
  learn(r: number): void {
    const { edges, reach, one } = this;
    let nearest = reach + 1;
    for (let k = 0; k < EDGES; k++) {
      const distance = r - edges[k];
      if (Math.abs(distance) < Math.abs(nearest)) nearest = distance;
    }
    if (nearest > reach) return;
    one[0] = nearest;
    this.usual.put(one, 0);
  }

  reset(): void {
    this.isOn = false;
    this.usual.reset(0);
    this.edges.fill(-(2 ** 29));
    this.edge = this.dueAt = this.longest = 0;
    this.sign = 1;
    this.foot = this.top = 0;
  }
}
