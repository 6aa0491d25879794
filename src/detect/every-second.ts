/**
 * Is only every second wave of a fast rhythm taken for a beat (or every third, or fourth)?
 *
 * It confirms itself: half of the rate is usual then, and what lies between two beats is where a T wave would be. A ventricular
 * tachycardia that begins in sinus rhythm is seen so. The sign of it is that what is refused is as large as what is taken and of a
 * known shape, and divides the time between two beats evenly, three beats running; a T wave is smaller, wider and comes early.
 * Chosen on simulated VT; it changes not one beat
 * of mitdb, svdb and ahadb. Cost: the humps between two beats, once a beat.
 */
import { type Candidates, SLOT_MASK, SLOTS } from './candidates.ts';

const LIMITS = { energyRatio: 1.5, alike: 0.8, uneven: 0.12, beats: 3, mostBetween: 3 } as const;

export class EverySecond {
  private readonly shortest: number;
  private inARow = 0;

  /** Low-rate samples that two beats are apart at least. */
  constructor(refractory: number) {
    this.shortest = refractory;
  }

  /**
   * Beat number k came, the one before is number `last`. Gives the true RR in low-rate samples once it is clear that beats were
   * left out, 0 while it is not.
   */
  trueRr(c: Candidates, last: number, k: number): number {
    const parts = last < 0 ? 1 : this.partsOf(c, last, k);
    this.inARow = parts > 1 ? this.inARow + 1 : 0;
    if (this.inARow < LIMITS.beats) return 0;
    this.inARow = 0;
    return Math.round((c.at[k & SLOT_MASK] - c.at[last & SLOT_MASK]) / parts);
  }

  reset(): void {
    this.inARow = 0;
  }

  /** Into how many even parts the waves between two beats divide the time; 1 where they do not. */
  private partsOf(c: Candidates, last: number, k: number): number {
    const slot = k & SLOT_MASK;
    const from = c.at[last & SLOT_MASK];
    const gap = c.at[slot] - from;
    let parts = 1;
    for (let j = Math.max(last + 1, k - SLOTS + 1); j < k; j++)
      if (this.isLike(c, j & SLOT_MASK, slot)) parts++;
    if (parts === 1 || parts > LIMITS.mostBetween + 1 || gap < parts * this.shortest) return 1;
    let place = 0;
    for (let j = Math.max(last + 1, k - SLOTS + 1); j < k; j++) {
      const hump = j & SLOT_MASK;
      if (!this.isLike(c, hump, slot)) continue;
      place++;
      if (Math.abs(parts * (c.at[hump] - from) - place * gap) > LIMITS.uneven * gap) return 1;
    }
    return parts;
  }

  private isLike(c: Candidates, hump: number, beat: number): boolean {
    const a = c.energy[hump];
    const b = c.energy[beat];
    return a < LIMITS.energyRatio * b && b < LIMITS.energyRatio * a && c.alikeBest[hump] >= LIMITS.alike;
  }
}
