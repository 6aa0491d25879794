/**
 * The units that names carry, and the one place where milliseconds become samples.
 *
 * They are plain numbers: the alias says what a number means where it is declared, nothing is checked at run time.
 */
export type Hertz = number;
export type Millivolts = number;
export type Joules = number;
export type Ohms = number;
/** Time on the simulated or the device clock. A whole number below 2^53: 285 years. */
export type Microseconds = number;
/** Index of a sample at the signal's own rate, counted from the first sample of the stream. */
export type SampleIndex = number;

export const US_PER_SECOND = 1_000_000;

/** Samples in `ms` milliseconds at `fs` samples a second, rounded to the nearest sample. */
export function msToSamples(ms: number, fs: Hertz): number {
  return Math.round((ms * fs) / 1000);
}

/** Milliseconds that `samples` last at `fs`. */
export function samplesToMs(samples: number, fs: Hertz): number {
  return (samples * 1000) / fs;
}

/** The instant of a sample on a clock whose zero is sample 0, rounded to a microsecond. */
export function sampleToUs(sample: SampleIndex, fs: Hertz): Microseconds {
  return Math.round((sample * US_PER_SECOND) / fs);
}
