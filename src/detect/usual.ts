/**
 * What is usual for this patient: the levels that every candidate is compared with. They come from the last eight beats,
 * and from what stood between them.
 */
import { type Candidates, SLOT_MASK, SLOTS } from './candidates.ts';
import { FadingMean, RunningMedian } from './levels.ts';
import { type Hertz, msToSamples } from '../core/units.ts';

/** A hump later than this after a beat is no T wave. */
const T_REACH_MS = 500;
/** Until beats are known: 75/min, T 300 ms after R. */
const START_RR_S = 0.8;
const START_T_S = 0.3;

export class Usual {
  readonly energy = new RunningMedian();
  readonly steep = new RunningMedian();
  readonly span = new RunningMedian();
  readonly width = new RunningMedian();
  readonly leap = new RunningMedian();
  readonly jump = new RunningMedian();
  readonly rr = new RunningMedian();
  /** Energy of the largest hump between beats (a T wave, mostly), and how long after the beat it comes. */
  readonly tEnergy = new RunningMedian();
  readonly tTime = new RunningMedian();
  /** Energy of humps that were no beats. */
  readonly noise = new FadingMean();
  private readonly sizes = [this.energy, this.steep, this.span, this.width, this.leap, this.jump];
  private readonly fd: Hertz;
  private readonly tReach: number;
  private readonly one = new Float64Array(1);

  constructor(fd: Hertz) {
    this.fd = fd;
    this.tReach = msToSamples(T_REACH_MS, fd);
  }

  /** Takes the sizes of a beat. */
  learn(c: Candidates, slot: number): void {
    this.energy.put(c.energy, slot);
    this.steep.put(c.steep, slot);
    this.span.put(c.span, slot);
    this.width.put(c.width, slot);
    this.leap.put(c.leap, slot);
    this.jump.put(c.jump, slot);
  }

  /** What stood between beat number `last` and beat number k: the largest hump that was none. */
  learnBetween(c: Candidates, last: number, k: number): void {
    if (last < 0) return;
    const from = c.at[last & SLOT_MASK];
    let most = -1;
    for (let j = Math.max(last + 1, c.count - SLOTS + 1); j < k; j++) {
      const slot = j & SLOT_MASK;
      if (c.at[slot] - from > this.tReach) break;
      if (most < 0 || c.energy[slot] > c.energy[most]) most = slot;
    }
    if (most < 0) return;
    this.one[0] = c.at[most] - from;
    this.tTime.put(this.one, 0);
    this.tEnergy.put(c.energy, most);
  }

  /** Learns the sizes afresh from candidates first..end-1: the large ones are taken for beats. */
  relearn(c: Candidates, first: number, end: number, least: number): void {
    for (const size of this.sizes) size.reset();
    this.noise.reset();
    for (let k = first; k < end; k++) {
      const slot = k & SLOT_MASK;
      if (c.energy[slot] < least) this.noise.put(c.energy, slot);
      else this.learn(c, slot);
    }
    if (Number.isNaN(this.noise.value)) this.noise.reset(0.25 * least);
  }

  /** The usual RR from the large ones among them: their median distance. */
  learnRr(c: Candidates, first: number, end: number, least: number, refractory: number): void {
    let before = -1;
    for (let k = first; k < end; k++) {
      const slot = k & SLOT_MASK;
      if (c.energy[slot] < least || (before >= 0 && c.at[slot] - before < refractory)) continue;
      this.one[0] = c.at[slot] - before;
      if (before >= 0) this.rr.put(this.one, 0);
      before = c.at[slot];
    }
  }

  /** The true RR is known, and what was taken for T waves was none. */
  believe(rr: number): void {
    this.rr.reset(rr);
    this.forgetT();
  }

  /** What was learnt was no heart. */
  forgetSizes(): void {
    for (const size of this.sizes) size.reset();
  }

  reset(): void {
    this.forgetSizes();
    this.noise.reset();
    this.rr.reset(START_RR_S * this.fd);
    this.forgetT();
  }

  private forgetT(): void {
    this.tTime.reset(START_T_S * this.fd);
    this.tEnergy.reset(0);
  }
}
