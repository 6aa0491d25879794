/**
 * What is wrong with the analysed lead, as events: its quality, the mains that is taken out of it, and pacing pulses.
 *
 * Quality is told from the raw samples and from what the box says of the electrodes; the rest by the detector's own input.
 */
import type { SampleIndex, Hertz } from '../core/units.ts';
import type { Told } from '../control/told.ts';
import {
  type EcgInput,
  type Mains,
  type PacingSpike,
  SignalQuality,
  type SignalRange,
} from '../detect/index.ts';

export class LeadWatch {
  private readonly quality: SignalQuality;
  private readonly tell: (event: Told, sample: SampleIndex) => void;
  private readonly spike: PacingSpike = { sample: 0, sizeMv: 0 };
  private mains: Mains = 0;
  private blindAt: SampleIndex = -Infinity;

  constructor(fs: Hertz, range: SignalRange | undefined, tell: (event: Told, sample: SampleIndex) => void) {
    this.quality = new SignalQuality(fs, range);
    this.tell = tell;
  }

  /** Leads off or saturated: nothing can be said about the heart. */
  get isBlind(): boolean {
    return this.quality.isBlind;
  }
  /** Newest sample at which the lead was blind; -Infinity when it never was. */
  get lastBlind(): SampleIndex {
    return this.blindAt;
  }

  /** The raw samples, and what the detector's input made of those before. */
  process(x: Float64Array, n: number, firstSample: SampleIndex, input: EcgInput): void {
    for (let at = 0; at < n;) {
      const { state, isBlind } = this.quality;
      at = this.quality.scan(x, at, n);
      if (isBlind || this.isBlind) this.blindAt = firstSample + at - 1;
      if (this.quality.state !== state) this.tellQuality(firstSample + at - 1);
    }
    this.tellInput(input);
  }

  /** What the box says, at the newest sample. */
  electrodes(areOff: boolean, sample: SampleIndex): void {
    if (this.quality.electrodes(areOff)) this.tellQuality(sample);
  }

  private tellQuality(sample: SampleIndex): void {
    this.tell({ type: 'quality', quality: this.quality.state }, sample);
  }

  private tellInput(input: EcgInput): void {
    const { spike } = this;
    while (input.spikes.take(spike)) this.tell({ type: 'pacePulse', sizeMv: spike.sizeMv }, spike.sample);
    if (input.mains === this.mains) return;
    this.mains = input.mains;
    this.tell({ type: 'mains', hz: input.mains }, input.mainsSince);
  }
}
