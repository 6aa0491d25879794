/**
 * What a defibrillator analyzer reads off the pulse on its 50-ohm load: energy by integration, peaks, widths, tilt.
 *
 *   phase   a stretch of current of one sign above 1 A;   W50, W10   width at half and at a tenth of the peak
 *   tilt    1 - last / first voltage of a phase
 */
import type { ShockTrace } from '../../signals/patient/patient.ts';

export interface Phase {
  peakV: number;
  peakA: number;
  startMs: number;
  widthMs: number;
  firstV: number;
  lastV: number;
  tilt: number;
}

export interface ShockReading {
  energyJ: number;
  phases: readonly Phase[];
  /** Of the first phase. */
  w50Ms: number;
  w10Ms: number;
}

const NOISE_A = 1;

export function readShock(trace: ShockTrace): ShockReading {
  const phases = phasesOf(trace);
  const peak = phases.length > 0 ? Math.abs(phases[0].peakA) : 0;
  return {
    energyJ: energyOf(trace),
    phases,
    w50Ms: widthAbove(trace, 0.5 * peak, phases[0]),
    w10Ms: widthAbove(trace, 0.1 * peak, phases[0]),
  };
}

function energyOf({ tMs, volts, amps }: ShockTrace): number {
  let sum = 0;
  for (let i = 1; i < tMs.length; i++) {
    sum += (0.5 * (volts[i] * amps[i] + volts[i - 1] * amps[i - 1]) * (tMs[i] - tMs[i - 1])) / 1000;
  }
  return sum;
}

function phasesOf({ tMs, volts, amps }: ShockTrace): Phase[] {
  const phases: Phase[] = [];
  let from = -1;
  for (let i = 0; i <= amps.length; i++) {
    const on = i < amps.length && Math.abs(amps[i]) > NOISE_A;
    const goesOn = on && from >= 0 && Math.sign(amps[i]) === Math.sign(amps[from]);
    if (from >= 0 && !goesOn) {
      phases.push(phaseOf(tMs, volts, amps, from, i - 1));
      from = -1;
    }
    if (on && from < 0) from = i;
  }
  return phases;
}

function phaseOf(
  tMs: Float64Array,
  volts: Float64Array,
  amps: Float64Array,
  from: number,
  to: number,
): Phase {
  let top = from;
  for (let i = from; i <= to; i++) if (Math.abs(amps[i]) > Math.abs(amps[top])) top = i;
  return {
    peakV: volts[top],
    peakA: amps[top],
    startMs: tMs[from],
    widthMs: tMs[to] - tMs[from],
    firstV: volts[from],
    lastV: volts[to],
    tilt: 1 - volts[to] / volts[from],
  };
}

/** How long the first phase is above a current. */
function widthAbove({ tMs, amps }: ShockTrace, limitA: number, phase: Phase | undefined): number {
  if (!phase) return 0;
  let ms = 0;
  for (let i = 1; i < tMs.length && tMs[i] <= phase.startMs + phase.widthMs; i++) {
    const both = Math.abs(amps[i]) >= limitA && Math.abs(amps[i - 1]) >= limitA;
    if (both) ms += tMs[i] - tMs[i - 1];
  }
  return ms;
}
