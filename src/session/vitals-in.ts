/** What the other sensors told, in the words and units of the host. Pure translation: zero on the wire is NaN here. */
import type { SampleIndex } from '../core/units.ts';
import type { SlowWave, VitalSigns } from '../core/session-events.ts';
import type { MessageOf } from '../protocol/messages.ts';
import { CHANNELS, VITAL_STATES } from '../protocol/messages.ts';

/** Slow waves that a session asks for: pleth and CO2. */
export const SLOW_WAVES = (1 << CHANNELS.indexOf('pleth')) | (1 << CHANNELS.indexOf('co2'));
const NOT_MEASURED = -32768;
const NEVER_S = 65_535;

function known(value: number): number {
  return value === 0 ? NaN : value;
}

export function vitalSigns(told: MessageOf<'vitals'>): VitalSigns {
  const states = VITAL_STATES.filter((_, k) => (told.states & (1 << k)) !== 0);
  // No breath is a measurement where the sensor is on.
  const sampled = !states.includes('co2Off');
  return {
    spo2Pct: known(told.spo2Pct),
    pulsePerMin: known(told.pulsePerMin),
    etco2MmHg: sampled ? told.etco2DmmHg / 10 : NaN,
    breathsPerMin: sampled ? told.breathsPerMin : NaN,
    systolicMmHg: known(told.nibpSysMmHg),
    diastolicMmHg: known(told.nibpDiaMmHg),
    meanMmHg: known(told.nibpMeanMmHg),
    pressureAgeS: told.nibpAgeS === NEVER_S ? NaN : told.nibpAgeS,
    temperatureC: known(told.temperatureCc) / 100,
    compressionMm: known(told.compressionMm),
    compressionsPerMin: known(told.compressionsPerMin),
    states,
  };
}

/** Undefined where the box knows a wave that we do not. */
export function slowWave(told: MessageOf<'channel'>, firstSample: SampleIndex): SlowWave | undefined {
  const name = CHANNELS.at(told.kind);
  if (name === undefined) return undefined;
  const { everySamples, perUnit } = told;
  const values = Float64Array.from(told.values, (v) => (v === NOT_MEASURED ? NaN : v / perUnit));
  return { name, firstSample, everySamples, values };
}
