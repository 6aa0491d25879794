/**
 * What depends on the patient: data, no code (STYLE 13). Limits are usual settings of bedside monitors [K]; a person sets his
 * own. Energies of a child are one AED's paediatric steps (facts 3a [2]), as far as the model's ladder has them.
 */
import type { AlarmLimits, PatientType } from '../core/session-events.ts';
import type { Joules } from '../core/units.ts';

export interface Range {
  low: number;
  high: number;
}

/** Of the sensors next to the ECG. Usual settings of bedside monitors [K]. */
export interface SignLimits {
  spo2LowPct: number;
  etco2MmHg: Range;
  systolicMmHg: Range;
}

export interface PatientSettings {
  limits: AlarmLimits;
  signs: SignLimits;
  /** Selected when the patient is chosen; undefined: the model's. */
  startJ: Joules | undefined;
  /** AED: first, second, ... shock; undefined: the model's plan. */
  aedEnergiesJ: readonly Joules[] | undefined;
}

export const PATIENTS: Readonly<Record<PatientType, PatientSettings>> = {
  adult: {
    limits: { bpmLow: 50, bpmHigh: 120, batteryPct: 20 },
    signs: { spo2LowPct: 90, etco2MmHg: { low: 25, high: 50 }, systolicMmHg: { low: 90, high: 160 } },
    startJ: undefined,
    aedEnergiesJ: undefined,
  },
  child: {
    limits: { bpmLow: 75, bpmHigh: 160, batteryPct: 20 },
    signs: { spo2LowPct: 90, etco2MmHg: { low: 25, high: 50 }, systolicMmHg: { low: 70, high: 120 } },
    startJ: 50,
    aedEnergiesJ: [50],
  },
};
