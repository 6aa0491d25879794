/** Broken parts of the high-voltage side. The box finds them by what the capacitor does, or by looking at its relay. */
import type { Defects } from '../high-voltage.ts';
import type { Defect } from './defect.ts';

/** Internal resistance against a new battery's [K]. */
const OLD = 4;

function partOf(name: keyof Defects, what: string): Defect {
  return {
    name,
    what,
    family: 'high voltage',
    set: ({ highVoltage }, on) => void (highVoltage.defects[name] = on),
  };
}

export const HIGH_VOLTAGE_DEFECTS: readonly Defect[] = [
  partOf('weakCharger', 'the charger gives a tenth of its power: chargeFailed when the time is over'),
  partOf('runawayCharger', 'the regulator does not stop: the comparator finds overVoltage'),
  partOf('openDumpResistor', 'the dump resistor is burnt out: dumpFailed'),
  partOf(
    'weldedRelay',
    'the patient relay does not open: relayWeld at self-test, before a charge, after a shock',
  ),
  partOf(
    'shortPulse',
    'the pulse ends too early: a fifth of the energy is missing, which only a load box finds',
  ),
  {
    name: 'oldBattery',
    what: 'the battery has four times the internal resistance of a new one: charging takes much longer, or chargeFailed',
    family: 'high voltage',
    set: ({ highVoltage }, on) => void (highVoltage.battery.ageing = on ? OLD : 1),
  },
  {
    name: 'noCooling',
    what: 'the heat of the charger stays: overTemperature after a few charges',
    family: 'high voltage',
    set: ({ highVoltage }, on, us) => highVoltage.thermometer.setCooling(us, !on),
  },
];
