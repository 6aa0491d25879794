/**
 * Are chest compressions going on? Told from the pads' ECG, or by somebody who knows: that word goes first.
 *
 * Every second, on the last 5 s (1-30 Hz): the wave of what is left without the beats (beat-template.ts), and of the whole.
 *
 *   begin   the rest has contrast >= 1.1 and share >= 0.15 at 75 to 130/min, two seconds running
 *   go on   the rest has contrast >= 0.5 and share >= 0.05, or the whole has contrast >= 1 within 12 % of the rate known
 *   end     neither, two seconds running
 *
 * The rest, because an organised rhythm of 75-130/min with wide beats looks like compressions and is explained by its own
 * beats; what it costs is told in docs/RESULTS.md: compressions that fall in step with the beats are not seen, nor are those
 * under 75 or over 130/min. Delay on ohca/graz-case1: told 7 s after they begin (median; 95 %: 18 s), let go 3.6 s after they
 * end, when a window of 3 s is clean again. Limits were set in sight of that one arrest and of cudb, vfdb and
 * mitdb: no figure on them is one on unseen records. About 40 us a second of signal.
 */
import { withoutBeats } from './features/beat-template.ts';
import { type CompressionWave, CompressionWaveMeter, emptyWave } from './compression-wave.ts';
import type { AnalysisWindow } from './window.ts';

/** Seconds that the watch looks back on. */
export const COMPRESSIONS_S = 5;

export const COMPRESSION_LIMITS = {
  contrast: 1.1,
  share: 0.15,
  keepContrast: 0.5,
  keepShare: 0.05,
  wholeContrast: 1,
  rateTolerance: 0.12,
  seconds: 2,
};

export interface CompressionState {
  going: boolean;
  /** Who says so: the ECG's wave, or a channel that measures the chest. */
  source: 'ecg' | 'channel';
  /** What is left without the beats. */
  rest: Readonly<CompressionWave>;
}

export class CompressionWatch implements CompressionState {
  going = false;
  readonly source = 'ecg';
  readonly rest = emptyWave();
  private readonly whole = emptyWave();
  private readonly meter: CompressionWaveMeter;
  private readonly left: Float64Array;
  /** Hops in a row that spoke against the present state. */
  private against = 0;
  private ratePerMin = NaN;

  constructor({ fs, n }: { fs: number; n: number }) {
    this.meter = new CompressionWaveMeter(fs, n);
    this.left = new Float64Array(n);
  }

  /** `w` holds the last COMPRESSIONS_S seconds. */
  update(w: AnalysisWindow): void {
    const energy = w.sd * w.sd;
    withoutBeats(w, this.left);
    this.meter.measure(this.left, energy, this.rest);
    this.meter.measure(w.x, 0, this.whole);
    const strong = this.isStrong();
    if (this.going ? strong || this.goesOn() : !strong) this.against = 0;
    else if (++this.against >= COMPRESSION_LIMITS.seconds) {
      this.going = !this.going;
      this.against = 0;
      this.ratePerMin = this.rest.ratePerMin;
    }
    if (this.going && strong) this.ratePerMin = 0.7 * this.ratePerMin + 0.3 * this.rest.ratePerMin;
  }

  reset(): void {
    this.going = false;
    this.against = 0;
    this.ratePerMin = NaN;
    Object.assign(this.rest, emptyWave());
  }

  private isStrong(): boolean {
    const { contrast, share, inBand } = this.rest;
    return inBand && contrast >= COMPRESSION_LIMITS.contrast && share >= COMPRESSION_LIMITS.share;
  }

  private goesOn(): boolean {
    const { rest, whole, ratePerMin } = this;
    const { keepContrast, keepShare, wholeContrast, rateTolerance } = COMPRESSION_LIMITS;
    if (rest.inBand && rest.contrast >= keepContrast && rest.share >= keepShare) return true;
    return whole.contrast >= wholeContrast && Math.abs(whole.ratePerMin / ratePerMin - 1) < rateTolerance;
  }
}
