/**
 * The high-voltage side: charger, capacitor, dump resistor and the bridge to the patient. It obeys; it judges nothing
 * (that is the interlock's part).
 */
import type { Joules, Microseconds, Ohms } from '../src/core/units.ts';
import { Capacitor } from './capacitor.ts';
import type { Profile } from './profiles/index.ts';
import { discharge, planPulse } from './waveforms/biphasic-exponential.ts';
import type { Discharge } from './waveforms/biphasic-exponential.ts';

/** A capacitor below this is empty. */
export const EMPTY_J = 1;

export interface Shot extends Discharge {
  storedJ: Joules;
  selectedJ: Joules;
  /** As measured before the shock; the pulse was planned for it. */
  impedanceOhm: Ohms;
  firstPhaseMs: number;
  secondPhaseMs: number;
}

export class HighVoltage {
  private readonly profile: Profile;
  private readonly capacitor: Capacitor;
  private targetJ: Joules = 0;

  constructor(profile: Profile) {
    this.profile = profile;
    this.capacitor = new Capacitor(profile);
  }

  get dumpRelayOn(): boolean {
    return this.capacitor.dumpRelayOn;
  }

  energyAt(us: Microseconds): Joules {
    return this.capacitor.energyAt(us);
  }

  voltageAt(us: Microseconds): number {
    return this.capacitor.voltageAt(us);
  }

  /** Share of the way to the target, 0..100. */
  percentAt(us: Microseconds): number {
    return this.targetJ > 0 ? Math.min(100, (100 * this.energyAt(us)) / this.targetJ) : 0;
  }

  /** Starts towards a charge that can deliver `energyJ`; returns when it will be there. */
  charge(us: Microseconds, energyJ: Joules): Microseconds {
    this.targetJ = energyJ * this.profile.storeRatio;
    this.capacitor.charge(us, this.profile.chargeW);
    return this.energyAt(us) >= this.targetJ ? us : this.capacitor.whenUs(this.targetJ);
  }

  hold(us: Microseconds): void {
    this.capacitor.hold(us);
  }

  /** Dump relay on; returns when less than `EMPTY_J` is left. */
  dump(us: Microseconds): Microseconds {
    this.targetJ = 0;
    this.capacitor.dump(us);
    return this.energyAt(us) < EMPTY_J ? us : this.capacitor.whenUs(EMPTY_J * 0.99);
  }

  /** Closes the bridge: planned for `measuredOhm`, suffered by `trueOhm`. */
  shoot(us: Microseconds, selectedJ: Joules, measuredOhm: Ohms, trueOhm: Ohms): Shot {
    const { profile } = this;
    const storedJ = this.energyAt(us);
    const pulse = planPulse(profile, storedJ, selectedJ, measuredOhm, profile.firstPhaseShare);
    const done = discharge(profile, storedJ, pulse, trueOhm);
    this.capacitor.draw(us, done.drawnJ);
    return {
      ...done,
      storedJ,
      selectedJ,
      impedanceOhm: measuredOhm,
      firstPhaseMs: pulse.firstMs,
      secondPhaseMs: pulse.secondMs,
    };
  }
}
