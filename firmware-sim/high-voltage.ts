/**
 * The high-voltage side: battery, charger, capacitor, dump resistor and the bridge to the patient. It obeys; it judges
 * nothing (that is the interlock's part). The bench can break it: see `Defects`.
 */
import type { Hertz, Joules, Microseconds, Ohms } from '../src/core/units.ts';
import { US_PER_SECOND } from '../src/core/units.ts';
import { Battery } from './battery.ts';
import { Capacitor } from './capacitor.ts';
import type { Profile } from './profiles/index.ts';
import { Thermometer } from './thermometer.ts';
import type { Discharge, Pulse, Trace } from './waveforms/waveform.ts';

/** A capacitor below this is empty. */
export const EMPTY_J = 1;
/** The over-voltage comparator, above what the largest selection stores. It is hardware and asks nobody. */
const COMPARATOR = 1.1;
/** What a dying charger still gives. */
const WEAK_CHARGER = 0.1;
/** More than the standard allows (15 %), so that a load box must find it. */
const SHORT_PULSE = 0.8;

export interface Shot extends Discharge {
  storedJ: Joules;
  selectedJ: Joules;
  /** As measured before the shock; the pulse was planned for it. */
  impedanceOhm: Ohms;
  firstPhaseMs: number;
  secondPhaseMs: number;
  biphasic: boolean;
  /** The waveform on the pads, at `fs` or faster. */
  trace: (fs: Hertz) => Trace;
}

/** What the bench can break. The box has to find out by itself. */
export interface Defects {
  /** The charger gives a tenth of its power. */
  weakCharger: boolean;
  /** The regulator does not stop at the target. */
  runawayCharger: boolean;
  /** The dump resistor is burnt out: the relay closes on nothing. */
  openDumpResistor: boolean;
  /** The patient relay does not open. The bridge behind it still does. */
  weldedRelay: boolean;
  /** The pulse is timed wrongly: a fifth of the energy stays behind, and the box does not know. */
  shortPulse: boolean;
}

export class HighVoltage {
  readonly battery: Battery;
  readonly thermometer: Thermometer;
  readonly defects: Defects = {
    weakCharger: false,
    runawayCharger: false,
    openDumpResistor: false,
    weldedRelay: false,
    shortPulse: false,
  };
  /** Shocks may be weighed against it: the comparator trips here. */
  readonly comparatorJ: Joules;
  private readonly profile: Profile;
  private readonly capacitor: Capacitor;
  private targetJ: Joules = 0;
  private chargingSinceUs: Microseconds = NaN;
  private startJ: Joules = 0;

  constructor(profile: Profile) {
    this.profile = profile;
    this.capacitor = new Capacitor(profile);
    this.battery = new Battery(profile.battery);
    this.thermometer = new Thermometer(profile.thermal);
    this.comparatorJ = COMPARATOR * profile.storeRatio * (profile.ladderJ.at(-1) ?? 0);
  }

  /** The auxiliary contact of the patient relay, while nobody holds it closed. */
  get patientRelayOpen(): boolean {
    return !this.defects.weldedRelay;
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

  /** More than the target by more than the regulator's error. */
  isRunaway(us: Microseconds): boolean {
    return this.energyAt(us) > this.targetJ * 1.02 + EMPTY_J;
  }

  /** Starts towards a charge that can deliver `energyJ`; returns when somebody has to look again. */
  charge(us: Microseconds, energyJ: Joules): Microseconds {
    this.endCharge(us);
    this.targetJ = energyJ * this.profile.storeRatio;
    this.startJ = this.energyAt(us);
    this.chargingSinceUs = us;
    const wantedW = this.profile.chargeW * (this.defects.weakCharger ? WEAK_CHARGER : 1);
    this.capacitor.charge(us, this.battery.chargePowerAt(us, wantedW));
    if (this.startJ >= this.targetJ) {
      this.capacitor.bleed(us);
      return this.capacitor.whenUs(this.targetJ);
    }
    return this.capacitor.whenUs(this.defects.runawayCharger ? this.comparatorJ : this.targetJ);
  }

  hold(us: Microseconds): void {
    this.endCharge(us);
    this.capacitor.hold(us);
  }

  /** Dump relay on; returns when less than `EMPTY_J` is left. */
  dump(us: Microseconds): Microseconds {
    this.endCharge(us);
    this.targetJ = 0;
    this.capacitor.dump(us, this.defects.openDumpResistor);
    return this.energyAt(us) < EMPTY_J ? us : this.capacitor.whenUs(EMPTY_J * 0.99);
  }

  /** Closes the bridge: planned for `measuredOhm`, suffered by `trueOhm`. */
  shoot(us: Microseconds, selectedJ: Joules, measuredOhm: Ohms, trueOhm: Ohms): Shot {
    const { profile } = this;
    const { waveform } = profile;
    const storedJ = this.energyAt(us);
    const plannedJ = selectedJ * (this.defects.shortPulse ? SHORT_PULSE : 1);
    const pulse: Pulse = waveform.plan(profile, storedJ, plannedJ, measuredOhm);
    const done = waveform.discharge(profile, storedJ, pulse, trueOhm);
    this.capacitor.draw(us, done.drawnJ);
    return {
      ...done,
      storedJ,
      selectedJ,
      impedanceOhm: measuredOhm,
      firstPhaseMs: pulse.firstMs,
      secondPhaseMs: pulse.secondMs,
      biphasic: waveform.biphasic,
      trace: (fs) => waveform.trace(profile, storedJ, pulse, trueOhm, fs),
    };
  }

  /** The battery pays, the charger is warm. */
  private endCharge(us: Microseconds): void {
    if (Number.isNaN(this.chargingSinceUs)) return;
    const seconds = (us - this.chargingSinceUs) / US_PER_SECOND;
    this.battery.drain(us, this.capacitor.chargerW, seconds);
    this.thermometer.warm(us, Math.max(0, this.energyAt(us) - this.startJ));
    this.chargingSinceUs = NaN;
  }
}
