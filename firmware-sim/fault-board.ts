/**
 * The faults of the box, each with its defined safe reaction (issue 5, item 5). Set by the bench or found by the box.
 */
import type { Fault } from '../src/protocol/messages.ts';
import { FAULTS } from '../src/protocol/messages.ts';

export interface FaultRule {
  /** No energy while it lasts: a charge is dumped, CHARGE and FIRE answer `interlock`. */
  stopsEnergy: boolean;
  /** Out of service until a restart: the state is `failed`. */
  stopsService: boolean;
  reaction: string;
}

const WARNS = { stopsEnergy: false, stopsService: false };
const STOPS = { stopsEnergy: true, stopsService: false };
const BREAKS = { stopsEnergy: true, stopsService: true };

export const FAULT_RULES: Readonly<Record<Fault, FaultRule>> = {
  selfTest: { ...BREAKS, reaction: 'out of service: no charge is accepted' },
  watchdog: { ...BREAKS, reaction: 'dumps, then out of service until it is restarted' },
  stuckButton: { ...STOPS, reaction: 'dumps; no charge while the button is stuck' },
  contactLost: { ...STOPS, reaction: 'dumps; no charge until the contact is back' },
  overTemperature: { ...STOPS, reaction: 'dumps; no charge until it has cooled down' },
  overVoltage: { ...BREAKS, reaction: 'the comparator dumps without asking anybody; out of service' },
  relayWeld: { ...BREAKS, reaction: 'dumps; out of service: the patient relay cannot be trusted' },
  chargeFailed: { ...WARNS, reaction: 'dumps; the next charge may be tried' },
  lowBattery: { ...WARNS, reaction: 'shown; charges as long as there is power' },
  dumpFailed: { ...BREAKS, reaction: 'out of service: charger off, patient relay open' },
  ecgOverload: { ...WARNS, reaction: 'shown; no R trigger is to be had from a signal at the rail' },
  memory: { ...BREAKS, reaction: 'dumps, then out of service until it is restarted' },
};

const BITS = Object.fromEntries(FAULTS.map((fault, k) => [fault, 1 << k])) as Readonly<Record<Fault, number>>;

function bitOf(fault: Fault): number {
  return BITS[fault];
}

function maskOf(rule: 'stopsEnergy' | 'stopsService'): number {
  return FAULTS.reduce((mask, fault) => (FAULT_RULES[fault][rule] ? mask | bitOf(fault) : mask), 0);
}

const NONE: readonly Fault[] = [];
const STOPS_ENERGY = maskOf('stopsEnergy');
const STOPS_SERVICE = maskOf('stopsService');

export class FaultBoard {
  /** Found by the box; lasts until a restart. */
  private found = 0;
  /** There because the bench put them there. */
  private forced = 0;

  /** In the order of FAULTS, as in status. */
  get bits(): number {
    return this.found | this.forced;
  }

  has(fault: Fault): boolean {
    return (this.bits & bitOf(fault)) !== 0;
  }

  raise(fault: Fault): void {
    this.found |= bitOf(fault);
  }

  clear(fault: Fault): void {
    this.found &= ~bitOf(fault);
  }

  force(fault: Fault, on: boolean): void {
    if (on) this.forced |= bitOf(fault);
    else this.forced &= ~bitOf(fault);
  }

  /** What was found is looked for afresh. */
  restart(): void {
    this.found = 0;
  }

  get active(): readonly Fault[] {
    return this.bits === 0 ? NONE : FAULTS.filter((fault) => this.has(fault));
  }

  get permitsEnergy(): boolean {
    return (this.bits & STOPS_ENERGY) === 0;
  }

  get permitsService(): boolean {
    return (this.bits & STOPS_SERVICE) === 0;
  }
}
