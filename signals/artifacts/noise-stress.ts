/**
 * Noise stress test: calibrated amounts of recorded noise in a clean record, as `nst` of WFDB makes them
 * (Moody, Muldrow, Mark: A noise stress test for arrhythmia detectors. Computers in Cardiology 11:381, 1984).
 *
 *   out = ecg + gain * noise - offset        gain = 0 for 5 min, then on and off for 2 min each
 *   SNR dB = 10 log10(S / N)                 S = (QRS peak to peak)^2 / 8, N = (RMS of the noise)^2
 *   gain = 10^(-SNR/20) * sqrt(2)/4 * peakToPeak / rms
 *
 * The offset is set anew whenever the gain changes, so that switching makes no step. Everything is in adu.
 * Made this way from mitdb/118, 118e06 is the record of the NSTDB, sample by sample (test/formats/noise.test.ts).
 */
import { assert } from '../../src/core/errors.ts';
import type { Hertz } from '../../src/core/units.ts';

/** Of the first so many beats, or seconds of noise, the middle nine tenths count. */
export const MEASUREMENTS = 300;
/** Half the window around a beat in which its peak to peak is taken. */
export const QRS_HALF_WINDOW_SECONDS = 0.05;

/** Mean without the lowest and the highest twentieth. */
export function trimmedMean(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const cut = Math.floor(sorted.length / 20);
  const middle = sorted.slice(cut, sorted.length - cut);
  return middle.reduce((sum, v) => sum + v, 0) / middle.length;
}

export function peakToPeak(adu: Int32Array, n: number): number {
  let low = adu[0];
  let high = adu[0];
  for (let i = 1; i < n; i++) {
    low = Math.min(low, adu[i]);
    high = Math.max(high, adu[i]);
  }
  return high - low;
}

/** Around the mean of the stretch; differences are cut to whole adu, as the original does. */
export function rms(adu: Int32Array, n: number): number {
  let mean = 0;
  for (let i = 0; i < n; i++) mean += adu[i];
  mean /= n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += Math.trunc(adu[i] - mean) ** 2;
  return Math.sqrt(squares / n);
}

/** How much of the noise to add. */
export function noiseGain(snrDb: number, qrsPeakToPeak: number, noiseRms: number): number {
  assert(noiseRms > 0, 'noise without amplitude');
  return (10 ** (-snrDb / 20) * (Math.SQRT2 / 4) * qrsPeakToPeak) / noiseRms;
}

export interface NoisePlan {
  fs: Hertz;
  /** Clean at the start: time to learn. */
  cleanSeconds: number;
  /** Then noisy and clean in turn, each so long. */
  halfSeconds: number;
  /** One a signal. */
  gains: readonly number[];
}

export const STANDARD_PLAN = { cleanSeconds: 300, halfSeconds: 120 } as const;

/** Is this sample in a noisy half? */
export function isNoisy(
  sample: number,
  { fs, cleanSeconds, halfSeconds }: Omit<NoisePlan, 'gains'>,
): boolean {
  const since = sample - Math.floor(cleanSeconds * fs + 0.5);
  return since >= 0 && Math.floor(since / Math.floor(halfSeconds * fs + 0.5)) % 2 === 0;
}

export class NoiseMixer {
  private readonly plan: NoisePlan;
  private readonly adcZero: readonly number[];
  private sample = 0;
  private noisy = false;
  private readonly offset: number[];
  private readonly lastEcg: number[];
  private readonly lastNoise: number[];
  private readonly lastOut: number[];

  constructor(plan: NoisePlan, adcZero: readonly number[]) {
    this.plan = plan;
    this.adcZero = adcZero;
    const zeros = () => plan.gains.map(() => 0);
    [this.offset, this.lastEcg, this.lastNoise, this.lastOut] = [zeros(), zeros(), zeros(), zeros()];
  }

  /** Adds `noise[k]` to `ecg[k]`, n samples, in place. */
  process(ecg: readonly Int32Array[], noise: readonly Int32Array[], n: number): void {
    for (let i = 0; i < n; i++) {
      const noisy = isNoisy(this.sample, this.plan);
      if (noisy !== this.noisy) this.turn(noisy);
      this.sample++;
      for (let k = 0; k < ecg.length; k++) ecg[k][i] = this.mix(k, ecg[k][i], noise[k][i]);
    }
  }

  private mix(k: number, ecg: number, noise: number): number {
    const clean = ecg - this.adcZero[k];
    const out = Math.trunc(clean + this.gainOf(k) * noise - this.offset[k]);
    this.lastEcg[k] = clean;
    this.lastNoise[k] = noise;
    this.lastOut[k] = out;
    return out + this.adcZero[k];
  }

  private turn(noisy: boolean): void {
    this.noisy = noisy;
    for (let k = 0; k < this.offset.length; k++) {
      const jump = this.lastEcg[k] + this.gainOf(k) * this.lastNoise[k] - this.lastOut[k];
      this.offset[k] = Math.trunc(jump);
    }
  }

  private gainOf(k: number): number {
    return this.noisy ? this.plan.gains[k] : 0;
  }
}
