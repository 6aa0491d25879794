/**
 * The patient: millivolts out, energy in. Knows nothing of the box or of the doctor.
 */
import type { Hertz, Joules, Ohms, SampleIndex } from '../../src/core/units.ts';

/** The pulse on the pads over time; an edge has two samples at the same time. */
export interface ShockTrace {
  tMs: Float64Array;
  volts: Float64Array;
  amps: Float64Array;
}

export interface ShockAtPatient {
  deliveredJ: Joules;
  peakA: number;
  biphasic: boolean;
  /** The pulse at `fs` or faster, where somebody wants to measure it. */
  trace?: (fs: Hertz) => ShockTrace;
}

export interface PacePulse {
  currentMa: number;
  widthUs: number;
}

/** What other sensors than electrodes could measure on him, now. */
export interface Body {
  /** The pulsating part of the pressure at the finger, about 0..1. */
  readonly pleth: number;
  readonly co2MmHg: number;
  readonly temperatureC: number;
  /** How deep the chest is pressed in now. */
  readonly compressionMm: number;
  /** Compressions a minute; 0 while nobody compresses. */
  readonly compressionsPerMin: number;
  vitals(): BodyVitals;
}

/** What a perfect monitor would read; 0 without a pulse, a breath. */
export interface BodyVitals {
  pulsePerMin: number;
  systolicMmHg: number;
  diastolicMmHg: number;
  spo2Percent: number;
  etco2MmHg: number;
  breathsPerMin: number;
}

export interface Patient {
  /** Rate at which `render` makes samples. */
  readonly fs: Hertz;
  /** 'pads' first where there are pads, then 'I', 'II', 'III', or the names of a recording's signals. */
  readonly leads: readonly string[];
  /** Undefined where only electricity is known of him: a recording. */
  readonly body?: Body;
  /** Index of the next sample. */
  readonly position: SampleIndex;
  /** Between the pads. */
  readonly impedanceOhm: Ohms;
  /** The next n samples of every lead, in mV. Returns how many: fewer only at the end of a recording. */
  render(out: readonly Float64Array[], n: number): number;
  /** Energy reaches the chest before the next sample is rendered. */
  shock(shock: ShockAtPatient): void;
  pace(pulse: PacePulse): void;
}
