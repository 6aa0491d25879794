/**
 * The AED's own machine as a table: analyse, charge without a sound while analysing, advise, wait for the operator's
 * SHOCK, compressions, analyse again. The therapy machine holds the energy; this one decides when to ask for it.
 *
 *   suspect   the newest decision says shock: charge in silence     advised   decisions in a row say shock
 *   cleared   decisions in a row say no shock: dump in silence, or withdraw the advice
 */
export const AED_STATES = [
  'off',
  'padsOff',
  'analysing',
  'precharging',
  'precharged',
  'advisedCharging',
  'shockReady',
  'cpr',
] as const;
export type AedState = (typeof AED_STATES)[number];

export type AedEventName =
  | 'start'
  | 'stop'
  | 'padsOff'
  | 'padsOn'
  | 'suspect'
  | 'advised'
  | 'cleared'
  | 'charged'
  /** The charge is gone, for whatever reason. */
  | 'discharged'
  | 'delivered'
  | 'elapsed'
  | 'analyse';

const ALWAYS: Readonly<Record<'stop' | 'padsOff', AedState>> = { stop: 'off', padsOff: 'padsOff' };

export const AED = {
  off: { start: 'analysing' },
  padsOff: { stop: 'off', padsOn: 'analysing' },
  analysing: { ...ALWAYS, suspect: 'precharging', advised: 'advisedCharging', analyse: 'analysing' },
  precharging: {
    ...ALWAYS,
    charged: 'precharged',
    advised: 'advisedCharging',
    cleared: 'analysing',
    discharged: 'analysing',
  },
  precharged: { ...ALWAYS, advised: 'shockReady', cleared: 'analysing', discharged: 'analysing' },
  advisedCharging: { ...ALWAYS, charged: 'shockReady', cleared: 'analysing', discharged: 'analysing' },
  shockReady: { ...ALWAYS, delivered: 'cpr', cleared: 'analysing', discharged: 'analysing' },
  cpr: { ...ALWAYS, elapsed: 'analysing', analyse: 'analysing' },
} satisfies Record<AedState, Partial<Record<AedEventName, AedState>>>;
