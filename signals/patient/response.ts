/**
 * What electricity does to the heart, as probabilities; the dice are thrown by the patient.
 *
 *   P(ends) = d^4 / (1 + d^4),  d = sqrt(E / E50 * I / I50)        log-logistic in energy and peak current
 *
 * E50 comes from the rhythm for 75 kg and biphasic, grows with weight, with the minutes of fibrillation, and is 1.8 times
 * as much for a monophasic wave. 80 J for VF puts a first shock of 150-200 J over 95 %, as trials of biphasic
 * defibrillators report 85-98 %. Teaching values: plausible in order and direction, measured on nobody.
 */
import type { PacePulse, ShockAtPatient } from './patient.ts';

const REFERENCE_KG = 75;
/** Peak current that goes with E50 at an ordinary impedance. */
const HALF_DOSE_A = 12;
const STEEPNESS = 4;
const MONOPHASIC_FACTOR = 1.8;
/** Every ten minutes of VF double the energy needed. */
const FIBRILLATION_MINUTES_TO_DOUBLE = 10;

export function endsProbability(
  shock: ShockAtPatient,
  halfDoseJ: number,
  weightKg: number,
  fibrillatingS = 0,
): number {
  if (halfDoseJ <= 0) return 0;
  const size = weightKg / REFERENCE_KG;
  const wave = shock.biphasic ? 1 : MONOPHASIC_FACTOR;
  const age = 2 ** (fibrillatingS / 60 / FIBRILLATION_MINUTES_TO_DOUBLE);
  const energy = shock.deliveredJ / (halfDoseJ * size * wave * age);
  const current = shock.peakA / (HALF_DOSE_A * Math.sqrt(size));
  const d = Math.sqrt(Math.max(0, energy) * Math.max(0, current)) ** STEEPNESS;
  return d / (1 + d);
}

/** The top of the T wave after R at 60/min, s; the ventricles are most vulnerable on its way up. */
const T_TOP_S = 0.285;
const VULNERABLE = { beforeTopS: 0.03, sdS: 0.025, most: 0.8 };
/** Below this a shock is too weak to start anything. */
const WEAKEST_J = 1;

/** Chance that a shock `sinceRS` after the last R starts VF. */
export function inducesVfProbability(shock: ShockAtPatient, sinceRS: number, rrS: number): number {
  if (shock.deliveredJ < WEAKEST_J) return 0;
  const stretch = Math.sqrt(Math.min(2, Math.max(0.25, rrS)));
  const off = (sinceRS - (T_TOP_S * stretch - VULNERABLE.beforeTopS)) / VULNERABLE.sdS;
  return VULNERABLE.most * Math.exp(-0.5 * off * off);
}

/** Chronaxie of the chest wall and heart for pads, and the width that thresholds are quoted for. */
const CHRONAXIE_US = 4000;
const QUOTED_WIDTH_US = 40_000;

/** Lapicque: a shorter pulse needs more current. `thresholdMa` is for a 40-ms pulse. */
export function captures(pulse: PacePulse, thresholdMa: number): boolean {
  if (pulse.widthUs <= 0) return false;
  const needed = (thresholdMa * (1 + CHRONAXIE_US / pulse.widthUs)) / (1 + CHRONAXIE_US / QUOTED_WIDTH_US);
  return pulse.currentMa >= needed;
}
