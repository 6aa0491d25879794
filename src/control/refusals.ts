/**
 * Why a key did nothing, in words that say what to do next. One line for each empty cell that a person can hit;
 * the conditions that are not in the table (link, pads, mode, markers) have their own lines below.
 */
import type { TherapyState } from '../core/session-events.ts';

export type TherapyAction = 'charge' | 'shock' | 'release' | 'disarm' | 'energy' | 'sync';

const BUSY: Record<'delivering' | 'disarming', string> = {
  delivering: 'the shock is being delivered: wait for its result',
  disarming: 'the energy is being dumped: wait for standby, then charge',
};

const CELLS: Record<TherapyState, Partial<Record<TherapyAction, string>>> = {
  standby: {
    shock: 'nothing is charged: press CHARGE first',
    release: 'no shock is waiting: nothing to withdraw',
  },
  charging: {
    charge: 'already charging: wait for ready, or press DISARM',
    shock: 'still charging: wait for ready, then press SHOCK',
    release: 'no shock is waiting: nothing to withdraw',
  },
  ready: {
    charge: 'already charged: press SHOCK to deliver, or DISARM to dump',
    release: 'no shock is waiting: nothing to withdraw',
  },
  awaitingR: {
    charge: 'a shock waits for its R wave: let go of SHOCK first',
    shock: 'the shock already waits for its R wave: keep holding, or let go to withdraw it',
    energy: 'a shock waits for its R wave: let go of SHOCK before you change the energy',
    sync: 'a shock waits for its R wave: let go of SHOCK before you switch SYNC',
  },
  delivering: {},
  disarming: {},
};

export function refusalOf(state: TherapyState, action: TherapyAction): string {
  const cell = CELLS[state][action];
  if (cell !== undefined) return cell;
  return state === 'delivering' || state === 'disarming' ? BUSY[state] : `not possible while ${state}`;
}

export const WHY = {
  linkDown: 'no connection to the defibrillator: check the cable',
  linkStale: 'the defibrillator has been silent for over 0.6 s: wait for the link, or check the cable',
  padsOff: 'the pads are off: press both pads on firmly',
  fault: 'the defibrillator reports a fault: see the fault list, use another device',
  noArmId: 'the defibrillator has not confirmed its charge yet: wait a moment, then press SHOCK again',
  noSync: 'this model has no SYNC: use a manual defibrillator for cardioversion',
  syncPending: 'the defibrillator has not confirmed SYNC yet: wait a moment, then press SHOCK again',
  noMarkers:
    'SYNC sees no regular R markers (3 in a row, none over 2 s apart): choose another lead or size; for VF switch SYNC off',
  aedCharges: 'in AED mode the device charges by itself after a shockable analysis: switch to manual mode',
  aedEnergy: 'in AED mode the protocol sets the energy: switch to manual mode to choose it',
  aedNotAdvised: 'no shock is advised: wait for the analysis',
  aedSync: 'AED mode shocks without SYNC: switch to manual mode',
  aedPace: 'AED mode does not pace: switch to manual mode',
  syncPacing: 'the pacer is on: stop it before you switch SYNC on',
  patientCharged:
    'the energies depend on the patient and the defibrillator holds a charge: press DISARM, then choose the patient',
  aedSource: 'AED mode analyses the pads: switch to manual mode to choose another source',
  sourceBusy: 'a shock waits for its R wave: let go of SHOCK before you choose another source',
  noEcgLeads: 'this defibrillator has no ECG leads: use the pads',
  noSpo2: 'no pulse oximeter measures: attach the SpO2 sensor, or choose pads or ECG',
  noCuff: 'this defibrillator has no cuff: use another device to measure the pressure',
  cuffEvery: 'the cuff is not inflated more often than once a minute: choose 60 s or more, or 0 for never',
  aedOnly: 'ANALYSE works in AED mode: switch to AED mode first',
} satisfies Record<string, string>;
