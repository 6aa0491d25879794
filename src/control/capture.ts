/**
 * Does the heart follow the pacer? Two questions that are not the same.
 *
 *   electrical   the wave: of the last pulses, how many have a beat behind them, always at the same distance
 *   mechanical   the pulse at the finger: does it come at the pacer's rate
 *
 * The box tells where its pulses are. A beat 40 to 400 ms after a pulse that keeps its distance (30 ms around the median) was
 * made by it; beats of the heart's own fall now here, now there. Electrical capture without a pulse is PEA while pacing.
 */
import type { CaptureState, PacedPulse, PacingSettings, VitalSigns } from '../core/session-events.ts';
import { type Hertz, msToSamples, type SampleIndex, samplesToMs } from '../core/units.ts';

/** What it means, and what to do. */
export const CAPTURE_WORDS: Readonly<Record<CaptureState, string>> = {
  off: 'The pacer is off: set rate and current, then start it.',
  waiting: 'Pacing: wait for the first beats.',
  captured: 'Each pulse of the pacer has its beat, the pulse is not measured: feel it to be sure.',
  partly: 'Some pulses have no beat: raise the current by 10 mA.',
  none: 'No capture, no beat follows the pulses: raise the current, check the pads.',
  ownRhythm: 'The heart beats by itself: raise the rate to pace it, or let the pacer wait.',
};

/** The same with what the finger says, where the wave shows capture. */
export const PULSE_WORDS: Readonly<Record<Exclude<PacedPulse, 'notMeasured'>, string>> = {
  present: 'Captured, and the pulse follows: keep the current 10 mA above the least that captures.',
  absent: 'Electrical capture without a pulse (PEA while pacing): start compressions, look for the cause.',
  other: 'Captured, but the pulse has another rate: feel it, check the sensor.',
};

export function captureWords(capture: CaptureState, pulse: PacedPulse): string {
  return capture === 'captured' && pulse !== 'notMeasured' ? PULSE_WORDS[pulse] : CAPTURE_WORDS[capture];
}

const PULSES = 6;
/** So many without any beat are enough to say that nothing is captured. */
const FEW = 3;
const FROM_MS = 40;
const TO_MS = 400;
const SPREAD_MS = 30;
/** Until a beat behind a pulse is known: its distance, and what the detector takes. */
const KNOWN_AFTER_MS = 800;
/** Without a pulse for so many intervals the pacer waits (demand), or does nothing. */
const SILENT_INTERVALS = 2.5;
/** Pulse rate against the pacer's. */
const SAME_RATE = 0.1;

export class CaptureWatch {
  private readonly fs: Hertz;
  private pulses: SampleIndex[] = [];
  private beats: SampleIndex[] = [];
  private startedAt: SampleIndex | undefined;

  constructor(fs: Hertz) {
    this.fs = fs;
  }

  pulse(sample: SampleIndex): void {
    this.pulses.push(sample);
    if (this.pulses.length > 2 * PULSES) this.pulses.shift();
  }

  beat(sample: SampleIndex): void {
    this.beats.push(sample);
    if (this.beats.length > 8 * PULSES) this.beats.shift();
  }

  state(pacing: boolean, { ratePpm }: PacingSettings, now: SampleIndex): CaptureState {
    if (!pacing) {
      this.startedAt = undefined;
      return 'off';
    }
    if (this.startedAt === undefined) {
      this.startedAt = now;
      this.pulses = [];
      this.beats = [];
    }
    const intervalMs = 60_000 / ratePpm;
    const newest = this.pulses.at(-1) ?? this.startedAt;
    if (this.since(newest, now) > SILENT_INTERVALS * intervalMs) return this.silent(intervalMs, now);
    return this.judge(now);
  }

  /** No pulse is given. */
  private silent(intervalMs: number, now: SampleIndex): CaptureState {
    const beat = this.beats.at(-1);
    return beat !== undefined && this.since(beat, now) <= SILENT_INTERVALS * intervalMs
      ? 'ownRhythm'
      : 'none';
  }

  private judge(now: SampleIndex): CaptureState {
    const known = this.pulses.filter((p) => this.since(p, now) >= KNOWN_AFTER_MS).slice(-PULSES);
    const distances = known.map((p) => this.distance(p));
    const found = distances.filter((ms) => ms === ms);
    if (known.length >= FEW && found.length === 0) return 'none';
    if (known.length < PULSES) return 'waiting';
    const middle = median(found);
    const paced = found.filter((ms) => Math.abs(ms - middle) <= SPREAD_MS).length;
    if (paced === PULSES) return 'captured';
    if (2 * paced >= PULSES) return 'partly';
    return this.beatsSince(known[0]) > known.length ? 'ownRhythm' : 'none';
  }

  /** To the first beat behind a pulse; NaN where there is none. */
  private distance(pulse: SampleIndex): number {
    const from = pulse + msToSamples(FROM_MS, this.fs);
    const to = pulse + msToSamples(TO_MS, this.fs);
    const beat = this.beats.find((b) => b >= from && b <= to);
    return beat === undefined ? NaN : this.since(pulse, beat);
  }

  private beatsSince(sample: SampleIndex): number {
    return this.beats.filter((b) => b >= sample).length;
  }

  private since(from: SampleIndex, to: SampleIndex): number {
    return samplesToMs(to - from, this.fs);
  }
}

/** What the sensor at the finger says while the pacer paces. */
export function pacedPulse(signs: VitalSigns | undefined, { ratePpm }: PacingSettings): PacedPulse {
  if (signs === undefined) return 'notMeasured';
  if (signs.states.includes('noPulse')) return 'absent';
  if (!(signs.pulsePerMin > 0)) return 'notMeasured';
  return Math.abs(signs.pulsePerMin - ratePpm) <= SAME_RATE * ratePpm ? 'present' : 'other';
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
