/**
 * A second-order section, normalised to a0 = 1, and what can be computed from it.
 *
 *   H(z) = (b0 + b1 z^-1 + b2 z^-2) / (1 + a1 z^-1 + a2 z^-2)
 */
import type { Hertz } from '../core/units.ts';

export interface Section {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/** Complex response of a cascade at one frequency. */
export function responseAt(
  sections: readonly Section[],
  frequency: Hertz,
  fs: Hertz,
): { re: number; im: number; gain: number } {
  const w = (2 * Math.PI * frequency) / fs;
  let re = 1;
  let im = 0;
  for (const { b0, b1, b2, a1, a2 } of sections) {
    const nr = b0 + b1 * Math.cos(w) + b2 * Math.cos(2 * w);
    const ni = -b1 * Math.sin(w) - b2 * Math.sin(2 * w);
    const dr = 1 + a1 * Math.cos(w) + a2 * Math.cos(2 * w);
    const di = -a1 * Math.sin(w) - a2 * Math.sin(2 * w);
    const d = dr * dr + di * di;
    const hr = (nr * dr + ni * di) / d;
    const hi = (ni * dr - nr * di) / d;
    [re, im] = [re * hr - im * hi, re * hi + im * hr];
  }
  return { re, im, gain: Math.hypot(re, im) };
}

/** Group delay in samples at one frequency: minus the slope of the phase, by a central difference of 0.01 Hz. */
export function groupDelayAt(sections: readonly Section[], frequency: Hertz, fs: Hertz): number {
  const step = 0.01;
  const low = responseAt(sections, frequency - step, fs);
  const high = responseAt(sections, frequency + step, fs);
  // phase of high / low: no unwrapping needed for so small a step
  const turn = Math.atan2(high.im * low.re - high.re * low.im, high.re * low.re + high.im * low.im);
  return -turn / ((2 * Math.PI * 2 * step) / fs);
}

/** True when every pole lies inside the unit circle (triangle of stability of a second-order section). */
export function isStable(sections: readonly Section[]): boolean {
  return sections.every(({ a1, a2 }) => Math.abs(a2) < 1 && Math.abs(a1) < 1 + a2);
}
