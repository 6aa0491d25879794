/**
 * Amplitude spectrum area (Marchi/Ristagno; Ristagno et al., Circulation 131, 2015), a trend, never advice.
 *
 *   AMSA = sum of A[i] f[i] over 2 .. 48 Hz (mV Hz), A[i] = 2 / size * |spectrum of the Hamming-windowed window|
 *
 * Its scale depends on window, zero padding and device: compare it with itself only.
 */
import type { AnalysisWindow } from './window.ts';

export function amsa(w: AnalysisWindow): number {
  const magnitude = w.spectrum();
  const hz = w.hertzPerLine;
  const last = Math.min(magnitude.length - 1, Math.floor(48 / hz));
  let sum = 0;
  for (let k = Math.ceil(2 / hz); k <= last; k++) sum += ((2 * magnitude[k]) / w.n) * k * hz;
  return sum * hz;
}
