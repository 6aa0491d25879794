/**
 * Takes pacing pulses out of an ECG and tells where they were.
 *
 *   a step that no heart makes (0.24 mV in a ms and four times what came before; half of that out of stillness), back again
 *   within 2 ms (and the samples that the edges need): a pulse
 *   output: the value before it, held; then the input without the electrodes' tail J e^(-t/tau)
 *
 * IEC 60601-2-27 tests with pulses of 2 to 700 mV, 0.1 to 2 ms, alone and in pairs, with a tail of up to 2 mV that decays
 * within 4 to 100 ms (as monitors disclose it). The tail is watched for 10 ms, while the output stands still, to learn
 * tau; then it is subtracted. A step that does not come back was a heart after all: it is let through, 2 to 4 samples late,
 * and steps like it pass unhindered from then on. Anything less steep is not touched, bit for bit, and not delayed.
 * Below 200 Hz a pulse is no narrower than an R wave: nothing is done there. Cost: a subtraction and two comparisons a sample.
 */
import { type Hertz, type Millivolts, msToSamples, type SampleIndex } from '../core/units.ts';
import type { Stage } from './stage.ts';

export interface PacingSpike {
  /** Where it stood out most. */
  sample: SampleIndex;
  /** Against the value before it, with its sign. */
  sizeMv: Millivolts;
}

const LOWEST_FS = 200;
/** Steeper than any QRS of the recordings (mitdb 0.23, ahadb 0.18 mV/ms). */
const STEEP_MV_PER_MS = 0.24;
const LEAST_STEP_MV = 0.4;
/** Out of stillness half of that will do: a QRS gathers speed, a pulse does not. */
const FROM_REST = 0.5;
const REST = 0.1;
/** Among mains or muscles a pulse must be this many times as steep as what came before it: the mean of so many differences. */
const OVER_UNREST = 4;
const LOOK_BACK = 7;
/** Outputs that this takes: a power of two. */
const PAST = LOOK_BACK + 1;
const WIDEST_MS = 2;
/** How far it comes back, as a share of its height, and how far beyond: a tail, while sampling has flattened the pulse. */
const BACK = 0.4;
const BEYOND = 0.8;
/** A steep QRS raises the bar for so long. */
const STEEP_FOR_MS = 10_000;
const MARGIN = 1.25;
/** The bar is not raised above this many times its usual height. */
const HIGHEST = 2.5;
const TAIL_MS = 10;
/** A smaller rest is no tail, a larger one is still the pulse. */
const TAIL_LEAST_MV = 0.05;
const TAIL_MOST_MV = 2.5;
/** Below this share of its start a tail tells no more about tau. */
const TAIL_SHARE = 0.1;
/** A longer hole ends whatever was going on. */
const HOLE_MS = 20;
const TAU_MS = { least: 3, most: 150 } as const;
const QUEUE = 16;

/** What the stage is doing. */
const PASS = 0;
const SUSPECT = 1;
const TAIL = 2;

export class PacingSpikes implements Stage {
  readonly delaySamples = 0;
  private readonly fs: Hertz;
  private readonly step: number;
  private readonly widest: number;
  private readonly tailLook: number;
  private readonly steepFor: number;
  private readonly longHole: number;
  private readonly queue: PacingSpike[] = Array.from({ length: QUEUE }, () => ({ sample: 0, sizeMv: 0 }));
  private queued = 0;
  private taken = 0;
  private position: SampleIndex = 0;
  /** Holes so far, in a row up to `holeEnd`: time stands still in them. */
  private holes = 0;
  private holeRun = 0;
  private holeEnd = 0;
  private mode = PASS;
  /** Ring of the last outputs of earlier calls, where the next goes, and where this call began to write. */
  private readonly past = new Float64Array(PAST);
  private head = 0;
  private begun = 0;
  /** The sample that is looked at, without the tail. */
  private now = 0;
  /** The one before, and the difference that led to it. */
  private last = NaN;
  private slope = 0;
  /** Value before the pulse, samples since, largest excursion so far and where. */
  private base = 0;
  private since = 0;
  private peak = 0;
  private peakAt = 0;
  private steepest = 0;
  /** Bar that a steep QRS has raised, and until when. */
  private raised = 0;
  private raisedUntil = 0;
  /** Tail that is being subtracted, and its factor a sample. */
  private offset = 0;
  private decay = 0;
  /** For tau: first rest, and sums of t and t ln(rest/first). */
  private first = 0;
  private sumTt = 0;
  private sumTl = 0;

  constructor(fs: Hertz) {
    this.fs = fs;
    const perSample = (STEEP_MV_PER_MS * 1000) / fs;
    this.step = fs < LOWEST_FS ? Infinity : Math.max(LEAST_STEP_MV, perSample);
    this.widest = Math.floor((WIDEST_MS * fs) / 1000) + 2;
    this.tailLook = Math.max(3, msToSamples(TAIL_MS, fs));
    this.steepFor = msToSamples(STEEP_FOR_MS, fs);
    this.longHole = msToSamples(HOLE_MS, fs);
    this.reset();
  }

  process(x: Float64Array, y: Float64Array, n: number): void {
    this.run(x, 0, n, y, 0);
  }

  /** n samples from x[from] on, to y[to] and on. */
  run(x: Float64Array, from: number, n: number, y: Float64Array, to: number): void {
    const rest = FROM_REST * this.step;
    this.begun = to;
    for (let i = 0; i < n; i++) {
      if (this.mode === PASS && this.offset === 0) {
        // the usual samples, in a loop of their own
        let { last, slope } = this;
        for (; i < n; i++) {
          const v = x[from + i];
          const d = v - last;
          if (!(d < rest && d > -rest)) break;
          y[to + i] = last = v;
          slope = d;
        }
        this.last = last;
        this.slope = slope;
        if (i === n) break;
      }
      this.unusual(x, from + i, y, to + i, this.position + i);
    }
    this.position += n;
    this.remember(y, to + n);
  }

  /** The oldest pulse not yet taken; false when there is none. */
  take(into: PacingSpike): boolean {
    if (this.taken === this.queued) return false;
    const { sample, sizeMv } = this.queue[this.taken++ % QUEUE];
    into.sample = sample;
    into.sizeMv = sizeMv;
    return true;
  }

  /** As new; the next sample gets index `nextSample`. */
  reset(nextSample: SampleIndex = 0): void {
    this.position = nextSample;
    this.queued = this.taken = 0;
    this.raised = this.raisedUntil = 0;
    this.holes = this.holeRun = 0;
    this.holeEnd = nextSample - 1;
    this.past.fill(NaN);
    this.head = 0;
    this.restart();
  }

  /** After a long one the next sample is a beginning. */
  private hole(at: SampleIndex): void {
    this.holes++;
    this.holeRun = at === this.holeEnd ? this.holeRun + 1 : 1;
    this.holeEnd = at + 1;
    if (this.holeRun > this.longHole) this.restart();
  }

  private restart(): void {
    this.mode = PASS;
    this.last = NaN;
    this.slope = this.offset = 0;
  }

  /** x[from] to y[to]: a hole, a beginning, a step or what follows one. No sample is handed over: that would allocate. */
  private unusual(x: Float64Array, from: number, y: Float64Array, to: number, at: SampleIndex): void {
    const v = x[from];
    if (v - v !== 0) {
      y[to] = NaN;
      this.hole(at);
    } else if (this.last !== this.last) {
      y[to] = this.last = v;
      this.slope = 0;
    } else this.careful(x, from, y, to, at);
  }

  private careful(x: Float64Array, from: number, y: Float64Array, to: number, at: SampleIndex): void {
    this.offset *= this.decay;
    if (this.offset < TAIL_LEAST_MV / 4 && this.offset > -TAIL_LEAST_MV / 4) this.offset = 0;
    const u = x[from] - this.offset;
    this.now = u;
    if (this.mode !== SUSPECT && this.isStep(y, to, at - this.holes)) this.suspect();
    if (this.mode === SUSPECT) this.follow(at);
    else if (this.mode === TAIL) this.learnTail();
    y[to] = this.mode === PASS ? x[from] - this.offset : this.base;
    const seen = this.mode === PASS ? y[to] : u;
    this.slope = seen - this.last;
    this.last = seen;
  }

  private isStep(y: Float64Array, to: number, at: SampleIndex): boolean {
    const { now, last, base, step } = this;
    const size = Math.abs(now - last);
    if (this.mode === TAIL)
      return this.since > 0 && size >= step && Math.abs(now - base) > Math.abs(last - base);
    if (size < FROM_REST * step || !this.standsOut(size < step, y, to)) return false;
    if (at >= this.raisedUntil || size >= this.raised) return true;
    this.steepest = size;
    this.raise(at);
    return false;
  }

  /** Is the step to `now` steep against what came before y[to], holes left out? */
  private standsOut(fromRest: boolean, y: Float64Array, to: number): boolean {
    const { past, begun } = this;
    const size = Math.abs(this.now - this.last);
    if (fromRest && Math.abs(this.slope) > REST * size) return false;
    let later = NaN;
    let sum = 0;
    let k = 0;
    for (
      let i = to - 1, p = this.head - 1, oldest = p - PAST;
      k <= LOOK_BACK && (i >= begun || p > oldest);
    ) {
      const v = i >= begun ? y[i--] : past[p-- & (PAST - 1)];
      if (v - v !== 0) continue;
      if (k++ > 0) sum += Math.abs(later - v);
      later = v;
    }
    return k > LOOK_BACK && sum / LOOK_BACK <= (fromRest ? REST : 1 / OVER_UNREST) * size;
  }

  /** Keeps the newest outputs that are no holes for the next call. */
  private remember(y: Float64Array, end: number): void {
    const { past, begun } = this;
    let fresh = 0;
    let from = end;
    while (from > begun && fresh < PAST) if (y[--from] === y[from]) fresh++;
    for (; from < end; from++) if (y[from] === y[from]) past[this.head++ & (PAST - 1)] = y[from];
  }

  /** A heart can be that steep. */
  private raise(at: SampleIndex): void {
    const wanted = Math.min(MARGIN * this.steepest, HIGHEST * this.step);
    this.raised = at < this.raisedUntil ? Math.max(this.raised, wanted) : wanted;
    this.raisedUntil = at + this.steepFor;
  }

  private suspect(): void {
    // the sample before may hold the beginning of the edge already
    if (this.mode === PASS) this.base = this.last - this.slope;
    this.mode = SUSPECT;
    this.since = 0;
    this.peak = this.steepest = 0;
  }

  private follow(at: SampleIndex): void {
    const e = this.now - this.base;
    this.steepest = Math.max(this.steepest, Math.abs(this.now - this.last));
    if (Math.abs(e) > Math.abs(this.peak)) {
      this.peak = e;
      this.peakAt = at;
    }
    const share = e / this.peak;
    if (share <= BACK && share >= -BEYOND && Math.abs(e) <= TAIL_MOST_MV) this.found();
    else if (++this.since > this.widest) {
      this.raise(at - this.holes);
      this.mode = PASS;
    }
  }

  /** Back again: what is left over from the next sample on is a tail, or nothing. */
  private found(): void {
    const slot = this.queue[this.queued++ % QUEUE];
    slot.sample = this.peakAt;
    slot.sizeMv = this.peak;
    if (this.queued - this.taken > QUEUE) this.taken = this.queued - QUEUE;
    this.mode = TAIL;
    this.since = this.sumTt = this.sumTl = 0;
  }

  /**
   * Line through ln(rest / first) against time, from the origin: its slope is -1/tau. The sample that came back may hold a
   * part of the pulse's edge, so that the one after it is the first.
   */
  private learnTail(): void {
    const e = this.now - this.base;
    const t = this.since++;
    if (t === 0) this.first = e;
    const share = e / this.first;
    const tells = share > TAIL_SHARE && Math.abs(this.first) >= TAIL_LEAST_MV;
    if (tells) {
      this.sumTt += t * t;
      this.sumTl += t * Math.log(share);
      if (t < this.tailLook) return;
    }
    const tau = this.sumTl < 0 ? -this.sumTt / this.sumTl : this.sumTt;
    const { least, most } = TAU_MS;
    const kept = Math.min((most * this.fs) / 1000, Math.max((least * this.fs) / 1000, tau));
    this.decay = Math.exp(-1 / kept);
    this.offset += e;
    this.mode = PASS;
  }
}
