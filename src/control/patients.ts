/**
 * What depends on the patient: data, no code (STYLE 13). Limits are usual settings of bedside monitors [K]; a person sets his
 * own. Energies of a child are one AED's paediatric steps (facts 3a [2]), as far as the model's ladder has them.
 */
import type { AlarmLimits, PatientType } from '../core/session-events.ts';
import type { Joules } from '../core/units.ts';

export interface PatientSettings {
  limits: AlarmLimits;
  /** Selected when the patient is chosen; undefined: the model's. */
  startJ: Joules | undefined;
  /** AED: first, second, ... shock; undefined: the model's plan. */
  aedEnergiesJ: readonly Joules[] | undefined;
}

export const PATIENTS: Readonly<Record<PatientType, PatientSettings>> = {
  adult: {
    limits: {
      ...{ bpmLow: 50, bpmHigh: 120, spo2Low: 90, batteryPct: 20 },
      ...{ systolicLow: 90, systolicHigh: 160, etco2Low: 25, etco2High: 50 },
    },
    startJ: undefined,
    aedEnergiesJ: undefined,
  },
  child: {
    limits: {
      ...{ bpmLow: 75, bpmHigh: 160, spo2Low: 90, batteryPct: 20 },
      ...{ systolicLow: 70, systolicHigh: 120, etco2Low: 25, etco2High: 50 },
    },
    startJ: 50,
    aedEnergiesJ: [50],
  },
};
