/**
 * The bench's face of the box: what a test may set and the truth that it may read. Never reachable from the cable.
 */
import { UsageError } from '../src/core/errors.ts';
import type { Joules, Microseconds, Ohms, SampleIndex } from '../src/core/units.ts';
import type { BoxState, Fault } from '../src/protocol/messages.ts';
import { FAULTS, SENSORS } from '../src/protocol/messages.ts';
import type { Chest } from './chest.ts';
import { DEFECT_NAMES, type DefectBoard } from './defects/index.ts';
import type { FaultBoard } from './fault-board.ts';
import type { FrontEndFace } from './front-end.ts';
import type { HighVoltage, Shot } from './high-voltage.ts';
import type { SynchroniserFace } from './synchroniser.ts';
import type { VitalSigns } from './vital-signs.ts';
import type { Therapy } from './therapy.ts';

/** Everything that `setFault` takes. */
export const BENCH_FAULTS: readonly string[] = [...FAULTS, ...DEFECT_NAMES];

export interface BenchParts {
  now: () => Microseconds;
  /** Not for a box without samples. */
  defects?: DefectBoard;
  chest: Chest;
  frontEnd: FrontEndFace;
  therapy: Therapy;
  highVoltage: HighVoltage;
  faults: FaultBoard;
  synchroniser: SynchroniserFace;
  vitals?: VitalSigns;
}

export class BoxBench {
  private readonly parts: BenchParts;

  constructor(parts: BenchParts) {
    this.parts = parts;
  }

  get nowUs(): Microseconds {
    return this.parts.now();
  }

  get state(): BoxState {
    return this.parts.therapy.state;
  }

  /** True energy and voltage of the capacitor, whatever the box reports. */
  get capacitorJ(): Joules {
    return this.parts.highVoltage.energyAt(this.nowUs);
  }

  get capacitorV(): number {
    return this.parts.highVoltage.voltageAt(this.nowUs);
  }

  get dumpRelayOn(): boolean {
    return this.parts.highVoltage.dumpRelayOn;
  }

  get syncOn(): boolean {
    return this.parts.synchroniser.on;
  }

  get loadOhm(): Ohms {
    return this.parts.chest.trueOhm;
  }

  get shocks(): number {
    return this.parts.therapy.delivery.shocks;
  }

  get lastShot(): Shot | undefined {
    return this.parts.therapy.delivery.lastShot;
  }

  get batteryPct(): number {
    return this.parts.highVoltage.battery.percentAt(this.nowUs);
  }

  /** 1 = new; an old battery has more internal resistance. */
  setBatteryAgeing(ageing: number): void {
    if (!(ageing >= 1)) throw new UsageError(`battery ageing: expected 1 or more, found ${ageing}`);
    this.parts.highVoltage.battery.ageing = ageing;
  }

  /** All energy that ever left through the pads. */
  get receivedJ(): Joules {
    return this.parts.chest.receivedJ;
  }

  get leads(): readonly string[] {
    return this.parts.frontEnd.leadNames;
  }

  /** Samples taken so far. */
  get position(): SampleIndex {
    return this.parts.frontEnd.position;
  }

  /** The recording that plays the patient is over. */
  get patientEnded(): boolean {
    return this.parts.frontEnd.ended;
  }

  get faults(): readonly Fault[] {
    return this.parts.faults.active;
  }

  /** Plugs a sensor of the vital signs in or out. */
  setSensor(sensor: string, on: boolean): void {
    const { vitals } = this.parts;
    const known = SENSORS.find((name) => name === sensor);
    if (known === undefined || vitals === undefined) {
      const expected = vitals === undefined ? 'a patient with a body' : `one of ${SENSORS.join(', ')}`;
      throw new UsageError(`sensor: expected ${expected}, found "${sensor}"`);
    }
    vitals.plug(known, on);
  }

  setLead(lead: string, on: boolean): void {
    const index = this.leads.indexOf(lead);
    if (index < 0) throw new UsageError(`lead: expected one of ${this.leads.join(', ')}; found "${lead}"`);
    this.parts.frontEnd.setOff(index, !on);
  }

  /** Pads off takes the pads lead off too, where there is one. */
  setPads(on: boolean): void {
    this.parts.chest.padsOn = on;
    const index = this.leads.indexOf('pads');
    if (index >= 0) this.parts.frontEnd.setOff(index, !on);
    this.parts.therapy.padsChanged(this.nowUs);
  }

  /** A resistor instead of the patient's chest; undefined gives the pads back to the patient. */
  setLoadOhm(ohm: Ohms | undefined): void {
    if (ohm !== undefined && !(ohm >= 0)) throw new UsageError(`ohm: expected 0 or more, found ${ohm}`);
    this.parts.chest.loadOhm = ohm ?? NaN;
  }

  setBattery(percent: number): void {
    if (!(percent >= 0 && percent <= 100)) {
      throw new UsageError(`battery: expected 0..100 percent, found ${percent}`);
    }
    this.parts.highVoltage.battery.set(this.nowUs, percent);
  }

  /** Defects that the bench has set, found by the box or not. */
  get defects(): readonly string[] {
    return this.parts.defects?.active ?? [];
  }

  /**
   * Breaks something, or mends it. The names in defects/ are broken parts that the box has to find by itself; the names in
   * FAULTS are there at once.
   */
  setFault(fault: string, on: boolean): void {
    if (this.parts.defects?.set(fault, on, this.nowUs) === true) return;
    const known = FAULTS.find((name) => name === fault);
    if (known === undefined) {
      throw new UsageError(`fault: expected one of ${BENCH_FAULTS.join(', ')}; found "${fault}"`);
    }
    this.parts.faults.force(known, on);
    this.parts.therapy.faultsChanged(this.nowUs);
  }
}
