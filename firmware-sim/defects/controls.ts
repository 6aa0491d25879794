/** The box's own controls: its SHOCK button, its processor. */
import type { Defect } from './defect.ts';

/** A person lets go earlier; a button that is held for longer is stuck [D]. */
const STUCK_US = 5_000_000;
const LOOK_US = 1_000_000;

export const heldButton: Defect = {
  name: 'heldButton',
  what: "the box's button is pressed and stays so: stuckButton after 5 s",
  family: 'controls',
  set({ faults }, on) {
    if (!on) faults.clear('stuckButton');
  },
  look({ faults, therapy }, us, sinceUs) {
    if (us - sinceUs < STUCK_US) return sinceUs + STUCK_US;
    if (!faults.has('stuckButton')) therapy.fault(us, 'stuckButton');
    return us + LOOK_US;
  },
};

/** Happens once, each time it is switched on. */
export const hungFirmware: Defect = {
  name: 'hungFirmware',
  what: 'the firmware stands still; the watchdog restarts the processor within 40 ms, which drops the relay: watchdog',
  family: 'controls',
  set({ hang }, on, us) {
    if (on) hang(us);
  },
};
