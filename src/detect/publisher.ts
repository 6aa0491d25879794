/**
 * What is left to do for a candidate that became a beat, in steps: the levels learn it, the shapes learn it, its class is
 * found, and its R peak. While this goes on nothing else is judged, so what is usual never lags behind.
 */
import { BeatClassifier } from './beat-class.ts';
import { type Candidates, SLOT_MASK } from './candidates.ts';
import { rPeak } from './fiducial.ts';
import { type FrontEnd, RING_MASK } from './front-end.ts';
import { SAME, type Shapes } from './shapes.ts';
import type { Usual } from './usual.ts';
import type { BeatClass } from '../core/beat.ts';

/** A beat after so long a silence is a first one; what was learnt before it from much smaller humps was no heart. */
const FIRST_AFTER_S = 3;
const OUTDONE = 4;

export class Publisher {
  /** Number of the candidate, -1 when there is nothing to do. */
  pending = -1;
  /** Of the beat that is done: R peak in the decimated signal. */
  peak = 0;
  beatClass: BeatClass = 'Q';
  readonly classifier = new BeatClassifier();
  private step = 0;
  private shape = 0;
  private readonly rr = new Float64Array(1);
  private readonly c: Candidates;
  private readonly shapes: Shapes;
  private readonly front: FrontEnd;
  private readonly usual: Usual;

  constructor(c: Candidates, shapes: Shapes, front: FrontEnd, usual: Usual) {
    this.c = c;
    this.shapes = shapes;
    this.front = front;
    this.usual = usual;
  }

  /** Candidate k is a beat, `rr` low-rate samples after the last. */
  start(k: number, rr: number): void {
    this.pending = k;
    this.rr[0] = rr;
  }

  /** One step; true when the beat is done. */
  run(): boolean {
    const slot = this.pending & SLOT_MASK;
    const step = this.step++;
    if (step === 0) this.learnLevels(slot);
    else if (step === 1) this.learnShape(slot);
    else if (step === 2) this.measureClass(slot);
    else return this.finish(slot);
    return false;
  }

  private learnLevels(slot: number): void {
    const { c, usual, rr } = this;
    const isFirst = !(rr[0] < FIRST_AFTER_S * this.front.fd);
    if (isFirst && c.energy[slot] > OUTDONE * usual.energy.value) usual.forgetSizes();
    usual.learn(c, slot);
    if (rr[0] < 2 * this.front.fd) usual.rr.put(rr, 0);
  }

  private learnShape(slot: number): void {
    const { c, shapes } = this;
    const same = c.alikeBest[slot] >= SAME;
    const at = c.at[slot] + (same ? c.bestLag[slot] : 0);
    this.shape = shapes.learn(c.bestShape[slot], same, this.front.x, RING_MASK, at, c.span, slot);
  }

  private measureClass(slot: number): void {
    const { shapes, shape, classifier } = this;
    if (shapes.count[shape] <= 1) classifier.forget(shape);
    classifier.measure(this.c, slot, this.usual, this.rr, shape, shapes.count);
  }

  private finish(slot: number): boolean {
    this.peak = rPeak(this.front.x, this.c.at[slot], this.front.fd);
    this.beatClass = this.classifier.judge();
    this.pending = -1;
    this.step = 0;
    return true;
  }

  /** Forgets what beats of this patient look like: they were the wrong waves. */
  forgetClasses(): void {
    this.classifier.reset();
  }

  reset(): void {
    this.classifier.reset();
    this.pending = -1;
    this.step = 0;
  }
}
