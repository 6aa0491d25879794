/**
 * Limits of the alarms that a person may set: what is permitted, and the words where it is not. Ranges are usual ones of bedside
 * monitors [K]; the limits themselves come with the patient (patients.ts).
 */
import type { AlarmLimits } from '../core/session-events.ts';

interface Field {
  what: string;
  unit: string;
  least: number;
  most: number;
}

export const LIMIT_FIELDS: Readonly<Record<keyof AlarmLimits, Field>> = {
  bpmLow: { what: 'low heart rate limit', unit: '/min', least: 20, most: 300 },
  bpmHigh: { what: 'high heart rate limit', unit: '/min', least: 20, most: 300 },
  spo2Low: { what: 'low SpO2 limit', unit: '%', least: 50, most: 100 },
  systolicLow: { what: 'low systolic limit', unit: 'mmHg', least: 30, most: 250 },
  systolicHigh: { what: 'high systolic limit', unit: 'mmHg', least: 30, most: 250 },
  etco2Low: { what: 'low end-tidal CO2 limit', unit: 'mmHg', least: 5, most: 100 },
  etco2High: { what: 'high end-tidal CO2 limit', unit: 'mmHg', least: 5, most: 100 },
  batteryPct: { what: 'battery limit', unit: '%', least: 0, most: 100 },
};

/** Between a low and a high limit there must be room for a patient. */
const PAIRS: readonly { low: keyof AlarmLimits; high: keyof AlarmLimits; apart: number }[] = [
  { low: 'bpmLow', high: 'bpmHigh', apart: 5 },
  { low: 'systolicLow', high: 'systolicHigh', apart: 10 },
  { low: 'etco2Low', high: 'etco2High', apart: 5 },
];

/** Undefined where the limits make sense; else why not, and what to choose. */
export function outOfRange(limits: AlarmLimits): string | undefined {
  for (const [key, { what, unit, least, most }] of Object.entries(LIMIT_FIELDS)) {
    const value = limits[key as keyof AlarmLimits];
    if (!(value >= least && value <= most))
      return `${what} ${value} ${unit} is out of range: choose ${least} to ${most}`;
  }
  for (const { low, high, apart } of PAIRS) {
    const { unit } = LIMIT_FIELDS[low];
    if (limits[high] - limits[low] < apart)
      return `${LIMIT_FIELDS[low].what} ${limits[low]} and high ${limits[high]} ${unit} are too close: leave ${apart} ${unit} between them`;
  }
  return undefined;
}
