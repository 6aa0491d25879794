/** What the box's end of the cable may do wrong: a restart in the middle, a storm of refusals, another protocol. */
import type { Defect } from './defect.ts';

/** Happens once, each time it is switched on. */
export const reboot: Defect = {
  name: 'reboot',
  what: 'the supply drops out: the relay falls, the session is forgotten, the boot loader talks garbage, then the self-test',
  family: 'port',
  set({ port, therapy }, on, us) {
    if (!on) return;
    therapy.restart(us);
    port.reboot(us);
  },
};

export const nakStorm: Defect = {
  name: 'nakStorm',
  what: 'every command is refused as busy, except DISARM and RESET',
  family: 'port',
  set: ({ port }, on) => void (port.refusesAll = on),
};

export const wrongVersion: Defect = {
  name: 'wrongVersion',
  what: 'another firmware: the session ends, and HELLO is refused with the version that it speaks',
  family: 'port',
  set: ({ port }, on, us) => port.speakOtherVersion(on, us),
};
