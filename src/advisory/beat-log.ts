/**
 * Beats on their way through: the analysis notes them down and hands them on to whoever takes them.
 *
 * The log keeps the newest 128; the relay is a queue like the detector's own. Nothing is allocated per beat.
 */
import type { Beat, BeatClass, Queue } from '../core/beat.ts';
import { emptyBeat } from '../core/beat.ts';
import type { Hertz, SampleIndex } from '../core/units.ts';
import { ANALYSIS_FS } from './front.ts';
import type { WindowBeats } from './window.ts';

const SLOTS = 128;
const CLASSES: readonly BeatClass[] = ['N', 'V', 'S', 'Q'];

export class BeatLog implements Queue<Beat> {
  private readonly sample = new Float64Array(SLOTS);
  private readonly decidedAt = new Float64Array(SLOTS);
  private readonly rrMs = new Float64Array(SLOTS);
  private readonly widthMs = new Float64Array(SLOTS);
  private readonly beatClass = new Uint8Array(SLOTS);
  private readonly late = new Uint8Array(SLOTS);
  private written = 0;
  private taken = 0;
  private readonly beat = emptyBeat();

  /** Takes everything that the detector has. */
  drain(from: Queue<Beat>): void {
    const { beat } = this;
    while (from.take(beat)) {
      const slot = this.written++ % SLOTS;
      this.sample[slot] = beat.sample;
      this.decidedAt[slot] = beat.decidedAt;
      this.rrMs[slot] = beat.rrMs;
      this.widthMs[slot] = beat.widthMs;
      this.beatClass[slot] = CLASSES.indexOf(beat.beatClass);
      this.late[slot] = beat.late ? 1 : 0;
    }
    this.taken = Math.max(this.taken, this.written - SLOTS);
  }

  get length(): number {
    return this.written - this.taken;
  }

  take(into: Beat): boolean {
    if (this.taken === this.written) return false;
    const slot = this.taken++ % SLOTS;
    into.sample = this.sample[slot];
    into.decidedAt = this.decidedAt[slot];
    into.rrMs = this.rrMs[slot];
    into.widthMs = this.widthMs[slot];
    into.beatClass = CLASSES[this.beatClass[slot]];
    into.late = this.late[slot] === 1;
    return true;
  }

  /** Beats in from .. to - 1 (at `fs`) as places in a window of 250 Hz; `delay` is the filters', in its samples. */
  fill(into: WindowBeats, from: SampleIndex, to: SampleIndex, fs: Hertz, delay: number): void {
    const scale = ANALYSIS_FS / fs;
    into.count = 0;
    for (let k = Math.max(0, this.written - SLOTS); k < this.written; k++) {
      const slot = k % SLOTS;
      const sample = this.sample[slot];
      if (sample < from || sample >= to || into.count === into.at.length) continue;
      into.at[into.count] = (sample - from) * scale + delay;
      into.widthMs[into.count] = this.widthMs[slot];
      into.ventricular[into.count] = CLASSES[this.beatClass[slot]] === 'V' ? 1 : 0;
      into.count++;
    }
  }

  reset(): void {
    this.written = this.taken = 0;
  }
}
