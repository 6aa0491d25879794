/**
 * Mains notch: one biquad with zeros on the unit circle (R. Bristow-Johnson, Audio EQ Cookbook), gain 1 elsewhere.
 *
 * Q = f / bandwidth at -3 dB. Q 10 at 50 Hz leaves 40 Hz within 1 dB and rings for about 60 ms after a QRS; a higher
 * Q rings longer.
 */
import type { Hertz } from '../core/units.ts';
import type { Section } from './section.ts';
import { Sos } from './sos.ts';

export interface NotchOptions {
  fs: Hertz;
  mains: Hertz;
  q?: number;
}

export function notchSection({ fs, mains, q = 10 }: NotchOptions): Section {
  if (!(mains > 0 && mains < fs / 2))
    throw new RangeError(`notch: expected 0 < Hz < fs/2 = ${fs / 2}, found ${mains}`);
  const w = (2 * Math.PI * mains) / fs;
  const alpha = Math.sin(w) / (2 * q);
  const a0 = 1 + alpha;
  const b1 = (-2 * Math.cos(w)) / a0;
  return { b0: 1 / a0, b1, b2: 1 / a0, a1: b1, a2: (1 - alpha) / a0 };
}

export function mainsNotch(options: NotchOptions): Sos {
  return new Sos([notchSection(options)], options.fs);
}
