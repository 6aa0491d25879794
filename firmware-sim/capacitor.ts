/**
 * The storage capacitor between charger, leakage and dump resistor, in closed form: no time steps, so no step error.
 *
 *   dE/dt = P - k E,  k = 2 G / C,  G = 1/Rleak + (relay on ? 1/Rdump : 0)
 *   E(t)  = E1 + (E0 - E1) e^(-k t),  E1 = P / k          t(E) = -ln((E - E1) / (E0 - E1)) / k
 *
 * Energy is the state, because a constant-power charger is linear in energy (in volts it is not).
 */
import { assert } from '../src/core/errors.ts';
import type { Joules, Microseconds, Ohms } from '../src/core/units.ts';
import { US_PER_SECOND } from '../src/core/units.ts';

export interface CapacitorConfig {
  capacitorF: number;
  leakOhm: Ohms;
  dumpOhm: Ohms;
}

export class Capacitor {
  private readonly config: CapacitorConfig;
  private energyJ: Joules = 0;
  private atUs: Microseconds = 0;
  private inputW = 0;
  private relay = true;
  /** The charger tops up against the leak: the energy stands still. */
  private held = false;
  private resistorBroken = false;

  constructor(config: CapacitorConfig) {
    this.config = config;
  }

  /** The dump relay closes by a spring: on unless somebody holds it open. */
  get dumpRelayOn(): boolean {
    return this.relay;
  }

  get chargerW(): number {
    return this.inputW;
  }

  energyAt(us: Microseconds): Joules {
    assert(us >= this.atUs, () => `capacitor asked about the past: ${us} before ${this.atUs}`);
    if (this.held) return this.energyJ;
    const k = this.lossPerSecond();
    const end = this.inputW / k;
    return end + (this.energyJ - end) * Math.exp((-k * (us - this.atUs)) / US_PER_SECOND);
  }

  voltageAt(us: Microseconds): number {
    return Math.sqrt((2 * this.energyAt(us)) / this.config.capacitorF);
  }

  /** When the energy crosses `energyJ` if nothing changes; Infinity when it never does. */
  whenUs(energyJ: Joules): Microseconds {
    if (this.held) return Infinity;
    const k = this.lossPerSecond();
    const end = this.inputW / k;
    const share = (energyJ - end) / (this.energyJ - end);
    if (share >= 1) return this.energyJ === energyJ ? this.atUs : Infinity;
    return share > 0 ? this.atUs + Math.ceil((-Math.log(share) / k) * US_PER_SECOND) : Infinity;
  }

  /** Charger on with this power; opens the dump relay. */
  charge(us: Microseconds, inputW: number): void {
    this.rebase(us);
    this.inputW = inputW;
    this.relay = false;
  }

  /** Regulated at what is there now. */
  hold(us: Microseconds): void {
    this.rebase(us);
    this.inputW = 0;
    this.relay = false;
    this.held = true;
  }

  /** Charger off, dump relay on. `broken`: the resistor behind the relay is burnt out. */
  dump(us: Microseconds, broken = false): void {
    this.rebase(us);
    this.inputW = 0;
    this.relay = true;
    this.resistorBroken = broken;
  }

  /** Down to a lower charge: the charger rests, the relay conducts until somebody holds. */
  bleed(us: Microseconds): void {
    this.dump(us, this.resistorBroken);
  }

  /** Takes `energyJ` out at once: the discharge, which has its own closed form (waveforms/). */
  draw(us: Microseconds, energyJ: Joules): void {
    this.rebase(us);
    assert(energyJ <= this.energyJ + 1e-9, () => `capacitor holds ${this.energyJ} J, asked for ${energyJ}`);
    this.energyJ = Math.max(0, this.energyJ - energyJ);
    this.inputW = 0;
  }

  private lossPerSecond(): number {
    const { capacitorF, leakOhm, dumpOhm } = this.config;
    return (2 * (1 / leakOhm + (this.relay && !this.resistorBroken ? 1 / dumpOhm : 0))) / capacitorF;
  }

  private rebase(us: Microseconds): void {
    this.energyJ = this.energyAt(us);
    this.atUs = us;
    this.held = false;
  }
}
