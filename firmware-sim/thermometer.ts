/**
 * Heat of the charger, in degrees above the room: each charge warms it, time cools it (one time constant).
 */
import type { Joules, Microseconds } from '../src/core/units.ts';

export interface ThermalConfig {
  /** Degrees per joule put into the capacitor. */
  degreesPerJ: number;
  coolingS: number;
  /** Energy is refused above, and allowed again below. */
  stopDegrees: number;
  resumeDegrees: number;
}

export class Thermometer {
  private readonly config: ThermalConfig;
  private cools = true;
  private degrees = 0;
  private atUs: Microseconds = 0;

  constructor(config: ThermalConfig) {
    this.config = config;
  }

  at(us: Microseconds): number {
    if (!this.cools) return this.degrees;
    return this.degrees * Math.exp(-(us - this.atUs) / 1e6 / this.config.coolingS);
  }

  warm(us: Microseconds, energyJ: Joules): void {
    this.degrees = this.at(us) + energyJ * this.config.degreesPerJ;
    this.atUs = us;
  }

  /** False: the fan stands still. */
  setCooling(us: Microseconds, on: boolean): void {
    this.warm(us, 0);
    this.cools = on;
  }

  isTooHot(us: Microseconds): boolean {
    return this.at(us) > this.config.stopDegrees;
  }

  hasCooled(us: Microseconds): boolean {
    return this.at(us) < this.config.resumeDegrees;
  }
}
