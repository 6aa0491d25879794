/**
 * Walks the beats of one annotation file the way `bxb` does: with one beat of look-ahead, stepping over fibrillation
 * (VFON to VFOFF: everything in it is skipped) and over shutdown (unreadable signal), and remembering the last two of each.
 */
import { CODE, isQrs, type Annotation } from '../core/annotations.ts';
import { aamiClass, isShutdown, type Label } from './aami.ts';

/** The time of the beat that never comes: arithmetic with it stays exact. */
export const AT_END = Number.MAX_SAFE_INTEGER;

interface Span {
  /** -1: none yet */
  on: number;
  off: number;
}

const NONE: Readonly<Span> = { on: -1, off: -1 };

export class BeatCursor {
  /** The beat at hand: AT_END after the last one, 0 with '' before the first. */
  time = 0;
  label: Label | '' = '';
  nextTime = 0;
  nextLabel: Label | '' = '';
  /** RR interval that ends at the beat at hand; 0 where there is none to speak of. */
  rr = 0;
  /** Samples of finished shutdown so far. */
  shutdownSamples = 0;
  /** Start of a shutdown that never ended; -1 when there is none. */
  openShutdown = -1;

  private readonly annotations: readonly Annotation[];
  private readonly window: number;
  private at = 0;
  private vf: Span = NONE;
  private vfBefore: Span = NONE;
  private shutdown: Span = NONE;
  private shutdownBefore: Span = NONE;

  constructor(annotations: readonly Annotation[], window: number) {
    this.annotations = annotations;
    this.window = window;
  }

  advance(): void {
    const before = this.time;
    this.time = this.nextTime;
    this.label = this.nextLabel;
    this.rr = this.isInterval(before) ? this.time - before : 0;
    this.lookAhead();
  }

  inVf(time: number): boolean {
    return within(this.vf, time) || covers(this.vfBefore, time);
  }

  inShutdown(time: number): boolean {
    return within(this.shutdown, time) || covers(this.shutdownBefore, time);
  }

  private isInterval(before: number): boolean {
    if (before === 0 || this.time === AT_END) return false;
    return [this.vf, this.vfBefore, this.shutdown, this.shutdownBefore].every(
      ({ on }) => on < before || on >= this.time,
    );
  }

  private lookAhead(): void {
    for (let a = this.take(); a !== undefined; a = this.take()) {
      if (isQrs(a.code)) {
        this.nextTime = a.sample;
        this.nextLabel = aamiClass(a.code);
        return;
      }
      if (isShutdown(a.code, a.subtype)) this.passShutdown(a.sample);
      else if (a.code === CODE.VFON) this.passVf(a.sample);
    }
    this.nextTime = AT_END;
    this.nextLabel = '*';
  }

  private take(): Annotation | undefined {
    return this.annotations[this.at++];
  }

  /**
   * Fibrillation that never ends keeps the end of the one before (none: open end). So test beats in the second,
   * unfinished episode of a record count as false: the original does it, and scores must agree with it.
   */
  private passVf(on: number): void {
    this.vfBefore = this.vf;
    this.vf = { on, off: this.vf.off };
    for (let a = this.take(); a !== undefined; a = this.take()) {
      if (a.code !== CODE.VFOFF) continue;
      this.vf = { on, off: a.sample };
      return;
    }
  }

  /** A single mark (AHA) stands in the middle of a shutdown: it lasts from beat to beat, less the window. */
  private passShutdown(on: number): void {
    this.shutdownBefore = this.shutdown;
    const end = this.annotations.at(this.at);
    if (end === undefined) {
      this.shutdown = { on, off: AT_END };
      this.openShutdown = on;
      return;
    }
    if (end.code === CODE.NOISE && !isShutdown(end.code, end.subtype)) {
      this.at++;
      this.shutdown = { on, off: end.sample };
    } else {
      const off = end.sample - this.window;
      const from = Math.max(this.vf.off > this.time ? this.vf.off : this.time, 0) + this.window;
      this.shutdown = { on: Math.min(from, off), off };
    }
    this.shutdownSamples += this.shutdown.off - this.shutdown.on;
  }
}

/** Without an end it goes on. */
function within({ on, off }: Span, time: number): boolean {
  return on !== -1 && on <= time && (time <= off || off === -1);
}

function covers({ on, off }: Span, time: number): boolean {
  return on !== -1 && on <= time && time <= off;
}
