/**
 * What differs from one model of defibrillator to the next, as data (STYLE 13). The code of the box has no model names.
 *
 * Every number names its unit; where it comes from stands in `docs/SAFETY.md` with its mark ([S], [2] or [K]).
 */
import type { Joules, Ohms } from '../../src/core/units.ts';
import type { BatteryConfig } from '../battery.ts';
import type { ThermalConfig } from '../thermometer.ts';
import type { Waveform } from '../waveforms/waveform.ts';

/** What selecting another energy does while the capacitor is charged: the LIFEPAK way and the HeartStart way. */
export type EnergyChange = 'dump' | 'recharge';

/** Refused outside (facts: 2 J/kg, then 4, up to 10 J/kg or the adult dose [S]; cardioversion from 0.5 J/kg [S]). */
export interface PaediatricLimits {
  leastJPerKg: number;
  mostJPerKg: number;
  /** First shock. */
  firstJPerKg: number;
  /** Whatever he weighs: the adult dose. */
  mostJ: Joules;
  /** Where the weight is not known. */
  mostUnweighedJ: Joules;
}

export const PALS = { leastJPerKg: 0.5, mostJPerKg: 10, firstJPerKg: 2 } as const;

export interface Profile {
  /** For `--profile`. */
  name: string;
  /** For WELCOME, at most 16 characters each. */
  model: string;
  firmware: string;
  /** Selectable energies, ascending. */
  ladderJ: readonly Joules[];
  /** Selected when the box starts. */
  startJ: Joules;

  /** Energies for a child; undefined: PATIENT_SET child is unsupported. */
  paediatric?: PaediatricLimits;

  capacitorF: number;
  /** Self-discharge of capacitor and divider. */
  leakOhm: Ohms;
  /** Dump resistor. Its relay closes by a spring: without power it is on. */
  dumpOhm: Ohms;
  /** Leads, switches and inductor in the discharge path; its share of the energy does not reach the patient. */
  seriesOhm: Ohms;
  /** Stored per selected energy. More than 1, or the pulse has no end: t = -(RC/2) ln(1 - E/E0). */
  storeRatio: number;
  /** Largest power into the capacitor, while the battery gives it. */
  chargeW: number;
  battery: BatteryConfig;
  thermal: ThermalConfig;
  /** Charging longer than this is a fault. */
  chargeTimeoutMs: number;
  /** Below 1 J at most this long after the dump relay closed. */
  dumpMs: number;
  waveform: Waveform;
  /** The shock is refused outside: pads off above, short circuit below. */
  minOhm: Ohms;
  maxOhm: Ohms;

  selfTestMs: number;
  /** Charged and not used: dumps after this long. */
  autoDisarmMs: number;
  energyChange: EnergyChange;
  /** False: SYNC is refused as unsupported. */
  hasSync: boolean;
  /** SYNC switches itself off after a shock. */
  syncOffAfterShock: boolean;
  /** R peak to first edge: a later trigger waits for the next R. */
  maxRToShockMs: number;
  /** Longest wait for an R that a FIRE may ask for. */
  maxWaitRMs: number;
  hasPacer: boolean;

  adcGain: number;
  rangeMv: number;
}
