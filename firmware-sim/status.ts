/** The STATUS message, from the parts that every kind of box has: what the host is told is the same whether samples run or not. */
import type { MessageOf } from '../src/protocol/messages.ts';
import { BOX_STATES } from '../src/protocol/messages.ts';
import type { Microseconds } from '../src/core/units.ts';
import type { Chest } from './chest.ts';
import type { FaultBoard } from './fault-board.ts';
import type { HighVoltage } from './high-voltage.ts';
import type { Interlock } from './interlock.ts';
import type { Pacer } from './pacer.ts';
import type { Therapy } from './therapy.ts';

export interface StatusParts {
  therapy: Therapy;
  highVoltage: HighVoltage;
  chest: Chest;
  interlock: Interlock;
  faults: FaultBoard;
  pacer: Pacer;
  synchroniser: { readonly on: boolean };
  frontEnd: { readonly leadsOff: number };
}

export function statusOf(
  { therapy, highVoltage, chest, interlock, faults, pacer, synchroniser, frontEnd }: StatusParts,
  us: Microseconds,
): MessageOf<'status'> {
  return {
    type: 'status',
    state: BOX_STATES.indexOf(therapy.state),
    sync: synchroniser.on ? 1 : 0,
    leadsOff: frontEnd.leadsOff,
    energySelDj: therapy.selectedDj,
    capV: highVoltage.voltageAt(us),
    capEnergyDj: highVoltage.energyAt(us) * 10,
    chargePct: highVoltage.percentAt(us),
    impedanceDohm: Math.min(65_535, chest.measuredOhm * 10),
    batteryPct: highVoltage.battery.percentAt(us),
    armId: interlock.armId,
    faults: faults.bits,
    shocks: therapy.delivery.shocks,
    dumpRelay: highVoltage.dumpRelayOn ? 1 : 0,
    pacing: pacer.on ? 1 : 0,
  };
}
