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

export interface Patient {
  /** Rate at which `render` makes samples. */
  readonly fs: Hertz;
  /** 'pads' first where there are pads, then 'I', 'II', 'III', or the names of a recording's signals. */
  readonly leads: readonly string[];
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
