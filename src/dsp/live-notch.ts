/**
 * A mains notch (notch.ts) that can be switched in while the signal runs: in place, and at rest on any level.
 *
 * After a hole longer than 20 ms it starts anew on the level that it finds, for a step would make it ring.
 */
import { type Millivolts, msToSamples } from '../core/units.ts';
import { notchSection, type NotchOptions } from './notch.ts';
import type { Section } from './section.ts';

const HOLE_MS = 20;

export class LiveNotch {
  private readonly section: Section;
  private readonly longHole: number;
  private z1 = 0;
  private z2 = 0;
  /** Holes in a row up to here. */
  private holes = 0;

  constructor(options: NotchOptions) {
    this.section = notchSection(options);
    this.longHole = msToSamples(HOLE_MS, options.fs);
  }

  /** As after `level` for ever; NaN: after a hole. */
  rest(level: Millivolts): void {
    const { b0, b2, a2 } = this.section;
    this.z1 = level * (1 - b0);
    this.z2 = level * (b2 - a2);
    this.holes = level - level === 0 ? 0 : Infinity;
  }

  /** Filters x[from] .. x[to - 1] in place; a hole stays one. */
  run(x: Float64Array, from: number, to: number): void {
    const { b0, b1, b2, a1, a2 } = this.section;
    const { longHole } = this;
    let { z1, z2, holes } = this;
    for (let i = from; i < to; i++) {
      const v = x[i];
      if (v - v !== 0) {
        holes++;
        continue;
      }
      if (holes > longHole) {
        z1 = v * (1 - b0);
        z2 = v * (b2 - a2);
      }
      holes = 0;
      const w = b0 * v + z1;
      z1 = b1 * v - a1 * w + z2;
      z2 = b2 * v - a2 * w;
      x[i] = w;
    }
    this.z1 = z1;
    this.z2 = z2;
    this.holes = holes;
  }
}
