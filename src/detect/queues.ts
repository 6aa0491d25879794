/**
 * Rings of decided beats and triggers, kept as numbers in typed arrays: putting one in and taking it out allocates
 * nothing. When nobody takes them, the oldest are overwritten and `dropped` counts them.
 */
import type { Beat, BeatClass, Queue, RWave } from '../core/beat.ts';

const CLASSES: readonly BeatClass[] = ['N', 'V', 'S', 'Q'];
/** Beats, triggers: at 300/min this is 50 s that nobody looked. A power of two. */
const CAPACITY = 256;
const MASK = CAPACITY - 1;

abstract class NumberQueue {
  dropped = 0;
  protected head = 0;
  protected tail = 0;
  protected readonly sample = new Float64Array(CAPACITY);
  protected readonly decidedAt = new Float64Array(CAPACITY);

  get length(): number {
    return this.head - this.tail;
  }

  /** Slot to fill. */
  protected claim(sample: number, decidedAt: number): number {
    if (this.head - this.tail === CAPACITY) {
      this.tail++;
      this.dropped++;
    }
    const slot = this.head++ & MASK;
    this.sample[slot] = sample;
    this.decidedAt[slot] = decidedAt;
    return slot;
  }

  clear(): void {
    this.head = this.tail = this.dropped = 0;
  }
}

export class RWaveQueue extends NumberQueue implements Queue<RWave> {
  private readonly sure = new Uint8Array(CAPACITY);

  put(sample: number, decidedAt: number, sure: boolean): void {
    this.sure[this.claim(sample, decidedAt)] = sure ? 1 : 0;
  }

  take(into: RWave): boolean {
    if (this.head === this.tail) return false;
    const slot = this.tail++ & MASK;
    into.sample = this.sample[slot];
    into.decidedAt = this.decidedAt[slot];
    into.sure = this.sure[slot] === 1;
    return true;
  }
}

export class BeatQueue extends NumberQueue implements Queue<Beat> {
  private readonly beatClass = new Uint8Array(CAPACITY);
  private readonly rrMs = new Float64Array(CAPACITY);
  private readonly widthMs = new Float64Array(CAPACITY);
  private readonly late = new Uint8Array(CAPACITY);

  put(beat: Readonly<Beat>): void {
    const slot = this.claim(beat.sample, beat.decidedAt);
    this.beatClass[slot] = CLASSES.indexOf(beat.beatClass);
    this.rrMs[slot] = beat.rrMs;
    this.widthMs[slot] = beat.widthMs;
    this.late[slot] = beat.late ? 1 : 0;
  }

  take(into: Beat): boolean {
    if (this.head === this.tail) return false;
    const slot = this.tail++ & MASK;
    into.sample = this.sample[slot];
    into.decidedAt = this.decidedAt[slot];
    into.beatClass = CLASSES[this.beatClass[slot]];
    into.rrMs = this.rrMs[slot];
    into.widthMs = this.widthMs[slot];
    into.late = this.late[slot] === 1;
    return true;
  }
}
