/** Every feature of a window. The score takes its terms from this list by name; a new feature is a new line here. */
import { acEarly, acEarlyLag, acLag, acMin, acPeak } from './autocorrelation.ts';
import { amplitude, evenness } from './amplitude.ts';
import { areaBin, complexity, covBin, freqBin } from './complexity.ts';
import { beatRate, beatWidth, likeness, rrSpread } from './rr.ts';
import { count1, count2, count3 } from './counts.ts';
import { tci } from './crossings.ts';
import { beatEnergy, explained } from './explained.ts';
import type { Feature } from './feature.ts';
import { leakage } from './leakage.ts';
import { hilb, psr } from './phase-space.ts';
import { sampleEntropy } from './sample-entropy.ts';
import { kurtosis, mav, tcsc } from './shape.ts';
import { slopeFloor, slopeQuiet, slopeSpread } from './slope-quiet.ts';
import { a1, a2, a3, bandwidth, fsmn, peakFrequency, power2to8, powerHigh } from './spectral.ts';
import { heightSpread, stepSpread, waveRate } from './waves.ts';

export const FEATURES: readonly Feature[] = [
  count1,
  count2,
  count3,
  leakage,
  slopeQuiet,
  slopeFloor,
  slopeSpread,
  tci,
  tcsc,
  mav,
  kurtosis,
  fsmn,
  a1,
  a2,
  a3,
  power2to8,
  powerHigh,
  bandwidth,
  peakFrequency,
  psr,
  hilb,
  acMin,
  acPeak,
  acLag,
  acEarly,
  acEarlyLag,
  complexity,
  covBin,
  freqBin,
  areaBin,
  amplitude,
  evenness,
  beatRate,
  rrSpread,
  beatWidth,
  likeness,
  explained,
  beatEnergy,
  waveRate,
  heightSpread,
  stepSpread,
];

/** Too slow for the live chain; shown by `rwave explain`. */
export const TEACHING_FEATURES: readonly Feature[] = [sampleEntropy];

export function featureNamed(name: string): Feature {
  const found = [...FEATURES, ...TEACHING_FEATURES].find((f) => f.name === name);
  if (found === undefined) throw new Error(`no feature is called '${name}'`);
  return found;
}
