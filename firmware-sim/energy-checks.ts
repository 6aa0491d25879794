/**
 * What the box finds out about its own high-voltage side by looking at it, as faults on the board: a capacitor that does
 * not get empty, a patient relay that is welded, a battery near its end, a charger that is too hot.
 */
import type { Microseconds } from '../src/core/units.ts';
import { LOW_BATTERY_PCT } from './battery.ts';
import type { FaultBoard } from './fault-board.ts';
import { EMPTY_J, type HighVoltage } from './high-voltage.ts';

export class EnergyChecks {
  private readonly highVoltage: HighVoltage;
  private readonly faults: FaultBoard;

  constructor(highVoltage: HighVoltage, faults: FaultBoard) {
    this.highVoltage = highVoltage;
    this.faults = faults;
  }

  /** The relay has been on for long: energy that is still there does not go away. */
  empty(us: Microseconds): boolean {
    const isEmpty = this.highVoltage.energyAt(us) < EMPTY_J;
    if (isEmpty) this.faults.clear('dumpFailed');
    else this.faults.raise('dumpFailed');
    return isEmpty;
  }

  /** While it should be open. */
  relay(): void {
    if (!this.highVoltage.patientRelayOpen) this.faults.raise('relayWeld');
  }

  /** A charge has come to its end and is no runaway: what it told of battery and charger. */
  charged(us: Microseconds): void {
    const { highVoltage, faults } = this;
    if (highVoltage.battery.percentAt(us) < LOW_BATTERY_PCT) faults.raise('lowBattery');
    else faults.clear('lowBattery');
    faults.clear('chargeFailed');
  }

  heat(us: Microseconds): void {
    const { highVoltage, faults } = this;
    if (highVoltage.thermometer.isTooHot(us)) faults.raise('overTemperature');
    else if (highVoltage.thermometer.hasCooled(us)) faults.clear('overTemperature');
  }
}
