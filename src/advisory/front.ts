/**
 * The analysis' door: any rate in, 250 Hz out, 1-30 Hz, and what the raw signal says about its own quality.
 *
 *   x -> (resampler, when the rate is not 250) -> high-pass 1 Hz, low-pass 30 Hz, notch 50 and 60 Hz -> `filtered`
 *                                                                                 -> 14.6-Hz resonator -> `resonator`
 * Causal throughout: Butterworth of order 2 (Li, Rajagopalan & Clifford 2014 and Amann 2005 use the same band, but run it
 * both ways). A hole (NaN) repeats the last value, so that clipped peaks that a reader calls invalid stay clipped peaks;
 * how many were held is counted, and the quality gate judges. Delay about 25 ms (resampled: up to 90 ms).
 */
import { butter, notchSection, Resampler, Sos } from '../dsp/index.ts';
import { SampleRing } from '../core/ring.ts';
import type { Hertz, Millivolts } from '../core/units.ts';
import { Resonator } from './features/counts.ts';

export const ANALYSIS_FS: Hertz = 250;
/** Samples handled at a time. */
const CHUNK = 512;
/** Seconds of signal that can be looked back on. */
const MEMORY_S = 16;

/** Counts of one piece of raw signal, at its own rate. */
export interface Quality {
  samples: number;
  /** Not measured: lead off, lost packet, invalid in the record. */
  holes: number;
  /** Exactly the value before: a rail, an unplugged input, a padded stretch. */
  still: number;
  /** Largest |value| among the still ones: a rail is far from zero. */
  stillLevel: Millivolts;
  /** Energy of what the filters removed above 30 Hz, and of what they kept (mV^2, at 250 Hz). */
  highEnergy: number;
  keptEnergy: number;
}

export function emptyQuality(): Quality {
  return { samples: 0, holes: 0, still: 0, stillLevel: 0, highEnergy: 0, keptEnergy: 0 };
}

export function clearQuality(q: Quality): void {
  q.samples = q.holes = q.still = q.stillLevel = q.highEnergy = q.keptEnergy = 0;
}

export function addQuality(to: Quality, q: Readonly<Quality>): void {
  to.samples += q.samples;
  to.holes += q.holes;
  to.still += q.still;
  to.stillLevel = Math.max(to.stillLevel, q.stillLevel);
  to.highEnergy += q.highEnergy;
  to.keptEnergy += q.keptEnergy;
}

export class AnalysisFront {
  readonly filtered = new SampleRing(MEMORY_S * ANALYSIS_FS);
  readonly resonator = new SampleRing(MEMORY_S * ANALYSIS_FS);
  /** Since `takeQuality`. */
  private quality = emptyQuality();
  private readonly resampler: Resampler | undefined;
  private readonly highPass: Sos;
  private readonly lowPass: Sos;
  private readonly ring: Resonator;
  private readonly held = new Float64Array(CHUNK);
  private readonly wide: Float64Array;
  private readonly narrow: Float64Array;
  private last = NaN;

  constructor(fs: Hertz) {
    this.resampler = fs === ANALYSIS_FS ? undefined : new Resampler(fs, ANALYSIS_FS);
    const size = this.resampler?.maxOutput(CHUNK) ?? CHUNK;
    this.wide = new Float64Array(size);
    this.narrow = new Float64Array(size);
    const notches = [50, 60].map((mains) => notchSection({ fs: ANALYSIS_FS, mains }));
    this.highPass = new Sos([...butter(2, 'highpass', ANALYSIS_FS, 1), ...notches], ANALYSIS_FS);
    this.lowPass = new Sos(butter(2, 'lowpass', ANALYSIS_FS, 30), ANALYSIS_FS);
    this.ring = new Resonator();
  }

  /** Takes x[from] .. x[to - 1]. */
  process(x: Float64Array, from: number, to: number): void {
    for (let at = from; at < to; at += CHUNK) this.chunk(x, at, Math.min(CHUNK, to - at));
  }

  private chunk(x: Float64Array, from: number, n: number): void {
    const { held, quality, wide, narrow } = this;
    let { last } = this;
    for (let i = 0; i < n; i++) {
      const v = x[from + i];
      if (v - v !== 0) {
        quality.holes++;
      } else {
        if (v === last) {
          quality.still++;
          const level = Math.abs(v);
          if (level > quality.stillLevel) quality.stillLevel = level;
        } else if (last !== last) this.startOn(v);
        last = v;
      }
      // Nothing heard yet: silence. The first value heard becomes the zero that the filters start from.
      held[i] = last === last ? last - this.zero : 0;
    }
    quality.samples += n;
    this.last = last;
    const made = this.toAnalysisRate(held, n);
    this.highPass.process(wide, wide, made);
    this.lowPass.process(wide, narrow, made);
    this.energies(made);
    this.filtered.push(narrow, made);
    this.ring.process(narrow, narrow, made);
    this.resonator.push(narrow, made);
  }

  private zero = 0;
  private startOn(v: Millivolts): void {
    this.zero = v;
  }

  private toAnalysisRate(held: Float64Array, n: number): number {
    if (this.resampler !== undefined) return this.resampler.process(held, n, this.wide);
    for (let i = 0; i < n; i++) this.wide[i] = held[i];
    return n;
  }

  private energies(made: number): void {
    const { wide, narrow, quality } = this;
    // Added sample by sample to what was there, so that the sum does not depend on the cut.
    let high = quality.highEnergy;
    let kept = quality.keptEnergy;
    for (let i = 0; i < made; i++) {
      const rest = wide[i] - narrow[i];
      high += rest * rest;
      kept += narrow[i] * narrow[i];
    }
    quality.highEnergy = high;
    quality.keptEnergy = kept;
  }

  /** Moves the counts since the last call into `into` and starts anew. */
  takeQuality(into: Quality): void {
    clearQuality(into);
    addQuality(into, this.quality);
    clearQuality(this.quality);
  }

  reset(): void {
    clearQuality(this.quality);
    this.resampler?.reset();
    this.highPass.reset();
    this.lowPass.reset();
    this.ring.reset();
    this.filtered.reset();
    this.resonator.reset();
    this.last = NaN;
    this.zero = 0;
  }
}
