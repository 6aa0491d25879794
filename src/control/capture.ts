/**
 * Electrical capture, seen from the wave: do beats come at the pacer's interval?
 *
 * The wire does not tell when a pulse was given; a beat that follows another by the pacing interval (within 8 %, the detector's
 * jitter and one sample) counts as paced. A rhythm of the patient's own at the very same rate looks alike: feel the pulse.
 */
import type { PacingSettings } from '../core/session-events.ts';
import type { Hertz, SampleIndex } from '../core/units.ts';

export type CaptureState = 'off' | 'waiting' | 'captured' | 'partly' | 'none' | 'ownRhythm';

/** What it means, and what to do. */
export const CAPTURE_WORDS: Readonly<Record<CaptureState, string>> = {
  off: 'The pacer is off: set rate and current, then start it.',
  waiting: 'Pacing: wait for the first beats.',
  captured: 'Every beat comes at the rate of the pacer: feel the pulse to be sure.',
  partly: 'Some pulses have no beat: raise the current by 10 mA.',
  none: 'No capture, no beat follows the pulses: raise the current, check the pads.',
  ownRhythm: 'The heart beats faster than the pacer: raise the rate, or let it wait.',
};

const BEATS = 6;
const WITHIN = 0.08;
/** Without a beat for so many intervals nothing is captured. */
const SILENT_INTERVALS = 2.5;

export class CaptureWatch {
  private readonly fs: Hertz;
  private rrMs: number[] = [];
  private newest: SampleIndex = 0;
  private startedAt: SampleIndex | undefined;

  constructor(fs: Hertz) {
    this.fs = fs;
  }

  beat(sample: SampleIndex): void {
    const rrMs = ((sample - this.newest) * 1000) / this.fs;
    this.newest = sample;
    this.rrMs.push(rrMs);
    if (this.rrMs.length > BEATS) this.rrMs.shift();
  }

  state(pacing: boolean, { ratePpm }: PacingSettings, now: SampleIndex): CaptureState {
    if (!pacing) {
      this.startedAt = undefined;
      return 'off';
    }
    if (this.startedAt === undefined) {
      this.startedAt = now;
      this.rrMs = [];
    }
    const intervalMs = 60_000 / ratePpm;
    const sinceMs = (from: SampleIndex): number => ((now - from) * 1000) / this.fs;
    const quietMs = sinceMs(Math.max(this.startedAt, this.newest));
    if (quietMs > SILENT_INTERVALS * intervalMs) return 'none';
    if (sinceMs(this.startedAt) < BEATS * intervalMs || this.rrMs.length < BEATS) return 'waiting';
    return this.judge(intervalMs);
  }

  private judge(intervalMs: number): CaptureState {
    const paced = this.rrMs.filter((rr) => Math.abs(rr - intervalMs) <= WITHIN * intervalMs).length;
    if (paced === this.rrMs.length) return 'captured';
    if (this.rrMs.every((rr) => rr < (1 - WITHIN) * intervalMs)) return 'ownRhythm';
    return paced > 0 ? 'partly' : 'none';
  }
}
