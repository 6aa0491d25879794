/**
 * Battery with internal resistance: why charging gets slower towards the end of its life and of its charge.
 *
 *   open-circuit voltage: linear in what is left, `emptyV`..`fullV`
 *   the charger takes at most what keeps the terminals above `brownOutV`:  P = Vb (Voc - Vb) / R
 *
 * What the charger puts into the capacitor is `efficiency` of that; a drained joule counts with its loss inside the battery.
 */
import type { Joules, Microseconds, Ohms } from '../src/core/units.ts';
import { US_PER_SECOND } from '../src/core/units.ts';

export interface BatteryConfig {
  capacityJ: Joules;
  fullV: number;
  emptyV: number;
  brownOutV: number;
  /** New, at room temperature. */
  internalOhm: Ohms;
  /** From the terminals to the capacitor. */
  efficiency: number;
  /** The rest of the box, always. */
  idleW: number;
}

/** Below this the box says so. */
export const LOW_BATTERY_PCT = 15;

export class Battery {
  /** 1 = new; an old one has more resistance. */
  ageing = 1;
  private readonly config: BatteryConfig;
  private leftJ: Joules;
  private atUs: Microseconds = 0;

  constructor(config: BatteryConfig) {
    this.config = config;
    this.leftJ = config.capacityJ;
  }

  percentAt(us: Microseconds): number {
    return (100 * this.leftAt(us)) / this.config.capacityJ;
  }

  set(us: Microseconds, percent: number): void {
    this.atUs = us;
    this.leftJ = (percent / 100) * this.config.capacityJ;
  }

  /** Into the capacitor, when the charger could take `wantedW` there. */
  chargePowerAt(us: Microseconds, wantedW: number): number {
    const left = this.leftAt(us);
    if (left <= 0) return 0;
    const { brownOutV, efficiency } = this.config;
    const most = (brownOutV * (this.openV(left) - brownOutV)) / (this.config.internalOhm * this.ageing);
    return Math.max(0, Math.min(wantedW, most * efficiency));
  }

  /** A charge that put `powerW` into the capacitor for so long has ended. */
  drain(us: Microseconds, powerW: number, seconds: number): void {
    const left = this.leftAt(us);
    const openV = this.openV(left);
    const terminalW = powerW / this.config.efficiency;
    // I from P = I (Voc - I R): the smaller root.
    const ohm = this.config.internalOhm * this.ageing;
    const current = (openV - Math.sqrt(Math.max(0, openV * openV - 4 * ohm * terminalW))) / (2 * ohm);
    this.atUs = us;
    this.leftJ = Math.max(0, left - current * openV * seconds);
  }

  private leftAt(us: Microseconds): Joules {
    return Math.max(0, this.leftJ - (this.config.idleW * (us - this.atUs)) / US_PER_SECOND);
  }

  private openV(leftJ: Joules): number {
    const { emptyV, fullV, capacityJ } = this.config;
    return emptyV + ((fullV - emptyV) * leftJ) / capacityJ;
  }
}
