/**
 * Is the line still? Peak to peak in 2.5-30 Hz, the band that monitors show pads in (LIFEPAK 15: paddles 2.5-30 Hz).
 *
 * Drift and slow movement below 2.5 Hz are not the heart's and would hide an asystole from a limit in mV; VF has its energy
 * above (dominant frequency 3 to 7 Hz; at 3 Hz 82 % of its height is left), QRS complexes too. High-pass of order 2, causal,
 * started at rest on the window's first value; the half second in which it settles is not looked at. About 9 us a window.
 */
import { butter, Sos } from '../dsp/index.ts';
import type { Millivolts } from '../core/units.ts';
import { ANALYSIS_FS } from './front.ts';
import type { AnalysisWindow } from './window.ts';

const CORNER_HZ = 2.5;
const SETTLE_S = 0.5;

const highPass = new Sos(butter(2, 'highpass', ANALYSIS_FS, CORNER_HZ), ANALYSIS_FS);

/** Uses the window's spare room. */
export function quickPeakToPeak(w: AnalysisWindow): Millivolts {
  const { x, n, spare } = w;
  for (let i = 0; i < n; i++) spare[i] = x[i] - x[0];
  highPass.reset();
  highPass.process(spare, spare, n);
  let low = Infinity;
  let high = -Infinity;
  for (let i = Math.round(SETTLE_S * w.fs); i < n; i++) {
    if (spare[i] < low) low = spare[i];
    if (spare[i] > high) high = spare[i];
  }
  return high - low;
}
