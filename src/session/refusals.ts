/** What the box's reply means to the person at the panel, and what to do about it. */
import type { Reply } from '../protocol/messages.ts';

export const BOX_REFUSALS: Partial<Record<Reply, string>> = {
  busy: 'the defibrillator is busy: try again',
  badState: 'the defibrillator is in a state that does not allow it: wait a moment, then try again',
  badParam: 'the defibrillator does not accept this setting: choose another value',
  expired: 'the permission came too late: press again when ready',
  unsupported: 'this model cannot do that: use another device for it',
  leadsOff: 'pads or leads are off: press the pads on firmly',
  interlock: 'the interlock forbids it: check impedance, pacer and faults',
  badSession: 'the connection was renewed meanwhile: try again',
  unknownArmId: 'the defibrillator does not know this charge: disarm and charge again',
};
