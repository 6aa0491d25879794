/**
 * The front end's bandwidths, as monitors offer them (GE B20, Gima K10 [S]): one pole at the low edge, two at the high one.
 *
 * `raw` is what the ADC would see without them: the default, because a host that analyses wants to filter itself, and
 * because a recording has been through an amplifier already.
 */
import type { Hertz } from '../src/core/units.ts';
import { butter, Sos } from '../src/dsp/index.ts';

export const BANDWIDTHS = {
  raw: undefined,
  monitor: { fromHz: 0.67, toHz: 40 },
  diagnostic: { fromHz: 0.05, toHz: 150 },
  pads: { fromHz: 0.5, toHz: 30 },
} as const;

export type Bandwidth = keyof typeof BANDWIDTHS;

export function isBandwidth(name: string): name is Bandwidth {
  return Object.hasOwn(BANDWIDTHS, name);
}

/** The filter of one lead, or undefined for `raw`. An edge that the sampling rate cannot hold is left to the ADC. */
export function bandwidthFilter(name: Bandwidth, fs: Hertz): Sos | undefined {
  const band = BANDWIDTHS[name];
  if (band === undefined) return undefined;
  const low = butter(1, 'highpass', fs, band.fromHz);
  const high = band.toHz < 0.45 * fs ? butter(2, 'lowpass', fs, band.toHz) : [];
  return new Sos([...low, ...high], fs);
}
