/**
 * Pads that lose their contact, as physics: the box is told nothing, it measures.
 *
 *   looseContact   the resistance of the contact doubles every 100 ms from 10 ohm on, and is open after 1.5 s:
 *                  out of the profile's range the box finds contactLost and dumps, with the cause `impedance`
 *   arcingContact  good for the small measuring current; under the shock's current an arc burns in series with the chest:
 *                  most of the energy stays in the arc, and the impedance during the pulse gives it away
 */
import type { Defect } from './defect.ts';

/** How often the box measures the impedance [D]. */
const MEASURE_US = 50_000;

export const looseContact: Defect = {
  name: 'looseContact',
  what: 'a pad comes off slowly: the impedance rises until the box finds contactLost',
  family: 'contact',
  set({ chest, faults, therapy }, on, us) {
    chest.looseSinceUs = on ? us : Infinity;
    if (!on) faults.clear('contactLost');
    therapy.faultsChanged(us);
  },
  look({ chest, faults, profile, therapy }, us) {
    if (chest.measuredOhm > profile.maxOhm && !faults.has('contactLost')) {
      therapy.fault(us, 'contactLost', 'impedance');
    }
    return us + MEASURE_US;
  },
};

export const arcingContact: Defect = {
  name: 'arcingContact',
  what: 'a pad with an air gap: a shock arcs, delivers little and is reported with `impedance` and contactLost',
  family: 'contact',
  set({ chest, faults }, on) {
    chest.arcs = on;
    if (!on) faults.clear('contactLost');
  },
};
