/**
 * The host's therapy machine as a table (STYLE 5). An empty cell is a refusal: nothing changes, and it is shown.
 *
 * It is the host's picture of the box. The box has a table of its own and the last word (firmware-sim/therapy-table).
 * Two rows of words: what a person does (charge, shock, release, disarm, energy, sync), and what is so
 * (charged, rWave, delivered, withdrawn, aborted, dumped, timeout, linkLost, padsOff, fault, powerDown, modeChanged).
 */
import type { TherapyState } from '../core/session-events.ts';

export type TherapyEventName =
  /** Operator. */
  | 'charge'
  | 'shock'
  | 'shockSync'
  | 'release'
  | 'disarm'
  /** Another energy: dumps, or charges on to the new one, as the profile of the box says. */
  | 'energy'
  | 'energyDumps'
  | 'energyRecharges'
  | 'sync'
  /** The box: READY with an arm id. */
  | 'charged'
  /** The box's trigger fired while it waited. */
  | 'rWave'
  | 'delivered'
  /** The box took back a waiting shock and kept its charge (released, or no R in time). */
  | 'withdrawn'
  /** The box will not deliver: refused, or gave up. */
  | 'aborted'
  /** The box says that its energy is gone. */
  | 'dumped'
  /** Circumstances. */
  | 'timeout'
  | 'linkLost'
  | 'padsOff'
  | 'fault'
  | 'powerDown'
  | 'modeChanged';

/** What takes the energy away from every state that may hold some. */
const SAFE = {
  disarm: 'disarming',
  timeout: 'disarming',
  linkLost: 'disarming',
  padsOff: 'disarming',
  fault: 'disarming',
  powerDown: 'disarming',
  modeChanged: 'disarming',
  aborted: 'disarming',
  dumped: 'standby',
} satisfies Partial<Record<TherapyEventName, TherapyState>>;

export const THERAPY = {
  // `charged` without having been asked to charge (after a reconnect): get rid of it.
  // DISARM is obeyed everywhere.
  standby: {
    charge: 'charging',
    disarm: 'standby',
    energy: 'standby',
    sync: 'standby',
    charged: 'disarming',
  },
  charging: {
    ...SAFE,
    charged: 'ready',
    energyDumps: 'disarming',
    energyRecharges: 'charging',
    sync: 'charging',
  },
  ready: {
    ...SAFE,
    shock: 'delivering',
    shockSync: 'awaitingR',
    charged: 'ready',
    energyDumps: 'disarming',
    energyRecharges: 'charging',
    sync: 'ready',
  },
  awaitingR: { ...SAFE, rWave: 'delivering', release: 'ready', withdrawn: 'ready', energyDumps: 'disarming' },
  // What is left after the pulse goes through the dump resistor, as in the box.
  delivering: { ...SAFE, delivered: 'disarming' },
  disarming: { disarm: 'disarming', delivered: 'disarming', dumped: 'standby' },
} satisfies Record<TherapyState, Partial<Record<TherapyEventName, TherapyState>>>;

/** States in which the capacitor may hold energy that was meant for the patient. */
export const ENERGY_STATES = [
  'charging',
  'ready',
  'awaitingR',
  'delivering',
] as const satisfies readonly TherapyState[];

/** Events that must take the energy away from each of them. */
export const SAFE_EVENTS = ['disarm', 'timeout', 'linkLost', 'padsOff', 'fault', 'powerDown'] as const;
