/**
 * The band that the screen shows: 0.5 to 40 Hz, the monitoring band of bedside monitors (GE B20 and Gima K10 manuals).
 *
 * For the eye only: the analysis hears the unfiltered stream. First order below, so that the ST segment bends little;
 * second order above. Start and restart take the first value for the baseline, so that an offset draws no step.
 */
import type { SessionWave } from '../../core/session-events.ts';
import { DISPLAY_BAND_HZ } from '../../protocol/screen.ts';
import { butter, Sos } from '../../dsp/index.ts';

class LeadFilter {
  private readonly sos: Sos;
  private offset = NaN;

  constructor(fs: number) {
    this.sos = new Sos(
      [
        ...butter(1, 'highpass', fs, DISPLAY_BAND_HZ.low),
        ...butter(2, 'lowpass', fs, Math.min(DISPLAY_BAND_HZ.high, 0.45 * fs)),
      ],
      fs,
    );
  }

  process(x: Float64Array, y: Float64Array, n: number): void {
    if (Number.isNaN(this.offset)) this.offset = x.subarray(0, n).find((v) => !Number.isNaN(v)) ?? NaN;
    for (let i = 0; i < n; i++) y[i] = x[i] - this.offset;
    this.sos.process(y, y, n);
  }
}

/** Filters every lead of a wave into its own buffers; the result is reused. */
export class DisplayFilter {
  private fs = 0;
  private leads: LeadFilter[] = [];
  private out: Float64Array[] = [];

  process(wave: Pick<SessionWave, 'fs' | 'n' | 'leads'>): readonly Float64Array[] {
    if (wave.fs !== this.fs || wave.leads.length !== this.leads.length) {
      this.fs = wave.fs;
      this.leads = wave.leads.map(() => new LeadFilter(wave.fs));
      this.out = [];
    }
    if ((this.out[0]?.length ?? 0) < wave.n) this.out = wave.leads.map(() => new Float64Array(wave.n));
    wave.leads.forEach((lead, k) => this.leads[k].process(lead, this.out[k], wave.n));
    return this.out;
  }
}
