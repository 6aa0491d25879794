/**
 * Measures one candidate after another, in steps that cost about the same, none over 0.2 us: signal, energy, likeness to
 * the shapes. A candidate that is faint in every respect is let go after the first step.
 */
import { type Candidates, SLOT_MASK } from './candidates.ts';
import { type FrontEnd, RING_MASK } from './front-end.ts';
import { measureEnergy, measureLeap, measureSignal } from './measure.ts';
import { type Shapes, SHAPES } from './shapes.ts';
import type { Usual } from './usual.ts';

/**
 * Below this share of the usual energy, leap and jump all three, a hump is faint: on mitdb and svdb two thirds of the humps
 * that are no beats, and 26 of 209 000 beats (measured). Its log-odds are a number that no search-back takes.
 */
const FAINT = 0.25;
const FAINT_SCORE = -9;
/** Steps before the shapes are compared, and shapes in a step. */
const LOOKED = 3;
const SHAPES_A_STEP = 2;

export class Measurer {
  /** Number of the candidate that is measured, or will be. */
  next = 0;
  private step = 0;
  private readonly c: Candidates;
  private readonly shapes: Shapes;
  private readonly front: FrontEnd;
  private readonly usual: Usual;
  private readonly leap: number;

  constructor(c: Candidates, shapes: Shapes, front: FrontEnd, usual: Usual, leap: number) {
    this.c = c;
    this.shapes = shapes;
    this.front = front;
    this.usual = usual;
    this.leap = leap;
  }

  /** Decimated index from which on `next` can be measured; `never` when there is none. */
  dueAt(never: number): number {
    const { c, next } = this;
    return next < c.count ? c.at[next & SLOT_MASK] + this.shapes.lookAhead : never;
  }

  /** One step. Candidates before the decimated index `faintUntil` may be faint: after it a beat is overdue. */
  run(faintUntil: number): void {
    const { c, next, front } = this;
    const slot = next & SLOT_MASK;
    const step = this.step++;
    if (step === 0) {
      measureSignal(c, next, front);
      measureLeap(c, next, front, this.leap);
      c.faint[slot] = c.at[slot] < faintUntil && this.isFaint(slot) ? 1 : 0;
      if (c.faint[slot] === 0) return;
      c.score[slot] = FAINT_SCORE;
    } else if (step < LOOKED) {
      if (step === 1) measureEnergy(c, next, front);
      else this.look(slot);
      return;
    } else if (!this.compare(slot, (step - LOOKED) * SHAPES_A_STEP)) return;
    this.next++;
    this.step = 0;
  }

  private isFaint(slot: number): boolean {
    const { c, usual } = this;
    return (
      c.energy[slot] < FAINT * usual.energy.value &&
      c.leap[slot] < FAINT * usual.leap.value &&
      c.jump[slot] < FAINT * usual.jump.value
    );
  }

  private look(slot: number): void {
    const { c } = this;
    this.shapes.look(this.front.x, RING_MASK, c.at[slot]);
    c.alikeBest[slot] = c.alikeRuling[slot] = -1;
    c.bestShape[slot] = c.bestLag[slot] = 0;
  }

  /** Which of the shapes the candidate is most like: two of them, from `first` on; true when those were the last. */
  private compare(slot: number, first: number): boolean {
    const { c, shapes } = this;
    const { ruling } = shapes;
    const end = first + SHAPES_A_STEP;
    for (let shape = first; shape < end; shape++) {
      shapes.compare(shape);
      if (shape === ruling) c.alikeRuling[slot] = shapes.alike;
      if (!(shapes.alike > c.alikeBest[slot])) continue;
      c.alikeBest[slot] = shapes.alike;
      c.bestShape[slot] = shape;
      c.bestLag[slot] = shapes.lag;
    }
    if (end < SHAPES) return false;
    shapes.share(c.bestShape[slot], c.bestShare, slot);
    c.bestSpan[slot] = shapes.span[c.bestShape[slot]];
    return true;
  }

  reset(): void {
    this.next = this.step = 0;
  }
}
