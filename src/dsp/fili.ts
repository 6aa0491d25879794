/**
 * The only door to fili (2.0.3): Butterworth low- and high-pass of even order as second-order sections.
 *
 * fili's own traps, all reproduced: `order` counts biquads (fili order n = Butterworth order 2n), more than 12 is
 * clipped silently, the caller's object is changed, Fc >= fs/2 gives unstable coefficients without a word, a named
 * import works in vitest only, and everything but Butterworth low/high-pass design is off or broken. So: inputs are
 * checked here, the result is checked for stability, and our own cascade (sos.ts) runs the sections.
 * test/dsp/butter.test.ts holds it against our own design.
 */
import Fili from 'fili';
import { assert } from '../core/errors.ts';
import type { Hertz } from '../core/units.ts';
import { isStable, type Section } from './section.ts';

const calc = new Fili.CalcCascades();

export function filiButter(order: number, band: 'lowpass' | 'highpass', fs: Hertz, cutoff: Hertz): Section[] {
  if (!Number.isInteger(order) || order < 2 || order > 24 || order % 2 !== 0)
    throw new RangeError(`order: expected an even number 2..24, found ${order}`);
  if (!(fs > 0 && Number.isFinite(fs))) throw new RangeError(`fs: expected Hz > 0, found ${fs}`);
  if (!(cutoff > 0 && cutoff < fs / 2))
    throw new RangeError(`cut-off: expected 0 < Hz < fs/2 = ${fs / 2}, found ${cutoff}`);
  const biquads = calc[band]({ order: order / 2, characteristic: 'butterworth', Fs: fs, Fc: cutoff });
  // fili: y = k (b0 x + ...) - a1 y1 - a2 y2 with a = [a1, a2]
  const sections = biquads.map(({ a, b, k }) => ({
    b0: b[0] * k,
    b1: b[1] * k,
    b2: b[2] * k,
    a1: a[0],
    a2: a[1],
  }));
  assert(isStable(sections), `fili gave an unstable ${band} of order ${order} at ${cutoff}/${fs} Hz`);
  return sections;
}
