/**
 * What every shock waveform can do: plan itself for an energy and an impedance, say what it does to a chest, and draw itself.
 *
 * All in closed form; the trace is the same solution written down at >= 50 kHz, with both sides of every edge, so that
 * its trapezoid sum keeps the energy to 1e-5.
 */
import type { Hertz, Joules, Ohms } from '../../src/core/units.ts';

/** From the capacitor to the pads. */
export interface DischargePath {
  capacitorF: number;
  /** Leads, switches, inductor: its share of the energy does not reach the patient. */
  seriesOhm: Ohms;
}

export interface Pulse {
  firstMs: number;
  /** 0: monophasic. */
  secondMs: number;
  /** Regulated current of the first phase; NaN where nothing regulates. */
  currentA: number;
}

export interface Discharge {
  /** Leaves the capacitor. */
  drawnJ: Joules;
  /** Reaches the patient; the rest heats what is in series. */
  deliveredJ: Joules;
  /** Across the pads. */
  peakV: number;
  peakA: number;
  /** 1 - last voltage / first voltage of the capacitor. */
  tilt: number;
  /** From the first edge to the last. */
  durationMs: number;
}

/** Voltage across the pads and current through the patient. An edge has two samples at the same time. */
export interface Trace {
  tMs: Float64Array;
  volts: Float64Array;
  amps: Float64Array;
}

export interface Waveform {
  readonly name: string;
  readonly biphasic: boolean;
  /** How to reach `energyJ` in a chest of `ohm`; with too little stored, the most there is. */
  plan(path: DischargePath, storedJ: Joules, energyJ: Joules, ohm: Ohms): Pulse;
  /** What that pulse does to a chest that is really `ohm`. */
  discharge(path: DischargePath, storedJ: Joules, pulse: Pulse, ohm: Ohms): Discharge;
  trace(path: DischargePath, storedJ: Joules, pulse: Pulse, ohm: Ohms, fs: Hertz): Trace;
}

/** Between the phases, so that the bridge's switches never conduct together. [K] */
export const GAP_MS = 0.4;

/** A piece of a trace: current at `t` seconds after the piece began. */
export interface Piece {
  startMs: number;
  lengthMs: number;
  currentA: (t: number) => number;
}

/** Writes pieces down at `fs` or a little faster, so that each piece has a whole number of steps. */
export function traceOf(pieces: readonly Piece[], ohm: Ohms, fs: Hertz): Trace {
  const steps = pieces.map(({ lengthMs }) => Math.max(1, Math.ceil((lengthMs / 1000) * fs)));
  const n = steps.reduce((sum, k) => sum + k + 1, 0);
  const trace = { tMs: new Float64Array(n), volts: new Float64Array(n), amps: new Float64Array(n) };
  let at = 0;
  pieces.forEach(({ startMs, lengthMs, currentA }, p) => {
    for (let k = 0; k <= steps[p]; k++, at++) {
      const ms = (lengthMs * k) / steps[p];
      trace.tMs[at] = startMs + ms;
      trace.amps[at] = currentA(ms / 1000);
      trace.volts[at] = trace.amps[at] * ohm;
    }
  });
  return trace;
}

/** Energy under a trace (trapezoids). */
export function traceEnergyJ({ tMs, volts, amps }: Trace): Joules {
  let sum = 0;
  for (let i = 1; i < tMs.length; i++) {
    const dt = (tMs[i] - tMs[i - 1]) / 1000;
    sum += 0.5 * (volts[i] * amps[i] + volts[i - 1] * amps[i - 1]) * dt;
  }
  return sum;
}
