/** Why a charge or a shock ended, as the box names it: what happened, and what to do next. */
const ENDS: Readonly<Partial<Record<string, string>>> = {
  timeout: 'the charge was not used in time: press CHARGE again when it is needed',
  linkLost: 'the link to the defibrillator was lost: check the cable, then charge again',
  padsOff: 'the pads came off: press both pads on firmly, then charge again',
  energyChanged: 'another energy was selected: press CHARGE for the new one',
  noRWave: 'no R wave was found in time: choose another lead, for VF switch SYNC off',
  cancelled: 'SHOCK was let go: keep SHOCK pressed until the shock is delivered',
  fault: 'the defibrillator found a fault: see the fault list, use another device',
  powerDown: 'the defibrillator lost its power: check battery and mains',
  chargeTimeout: 'the charge took too long: connect the charger, try again, have another device ready',
  impedance: 'the impedance between the pads is out of range: press the pads on, or attach new ones',
  modeChanged: 'the mode was changed: charge again where it is still needed',
  watchdog: 'the defibrillator restarted itself: use another device',
  operator: 'DISARM was pressed: press CHARGE when energy is needed again',
  'no shock advised': 'the analysis advises no shock: check the pulse, go on as the prompts say',
  'mode changed': 'the mode was changed: charge again where it is still needed',
};

/** Words for what the box or a machine gave as a reason; other reasons are sentences already. */
export function endWords(why: string): string {
  return ENDS[why] ?? why;
}

export const END_REASONS = Object.keys(ENDS);
