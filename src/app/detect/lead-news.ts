/** What is wrong with the lead, for `rwave detect --json --quality`: signal quality, mains that is taken out, pacing pulses. */
import type { SignalInfo } from '../../core/record.ts';
import type { Hertz, SampleIndex } from '../../core/units.ts';
import {
  type EcgInput,
  type Mains,
  type PacingSpike,
  SignalQuality,
  type SignalRange,
} from '../../detect/index.ts';

export type PrintNews = (type: 'quality' | 'mains' | 'pacePulse', fields: object) => void;

export class LeadNews {
  private readonly quality: SignalQuality;
  private readonly print: PrintNews;
  private readonly spike: PacingSpike = { sample: 0, sizeMv: 0 };
  private mains: Mains = 0;

  /** `mv`: what one unit of the signal is. */
  constructor(fs: Hertz, signal: SignalInfo, mv: number, print: PrintNews) {
    this.quality = new SignalQuality(fs, rangeOf(signal, mv));
    this.print = print;
  }

  /** The samples as they were recorded, in mV, after the detector has taken them. */
  take(x: Float64Array, n: number, first: SampleIndex, input: EcgInput): void {
    const { quality, spike } = this;
    for (let at = 0; at < n;) {
      const before = quality.state;
      at = quality.scan(x, at, n);
      if (quality.state !== before) this.print('quality', { sample: first + at - 1, quality: quality.state });
    }
    while (input.spikes.take(spike)) this.print('pacePulse', { ...spike });
    if (input.mains === this.mains) return;
    this.mains = input.mains;
    this.print('mains', { sample: input.mainsSince, hz: input.mains });
  }
}

/** What the converter can tell apart; undefined where the header does not say. */
function rangeOf({ adcRes, adcZero, baseline, adcGain }: SignalInfo, mv: number): SignalRange | undefined {
  if (!(adcRes > 0)) return undefined;
  const half = 2 ** (adcRes - 1);
  const ends = [adcZero - half, adcZero + half - 1].map((adu) => ((adu - baseline) / adcGain) * mv);
  return { lowMv: Math.min(...ends), highMv: Math.max(...ends) };
}
