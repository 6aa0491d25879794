/** Every defect, by name. A new one is a small file and one place in this list. */
import type { Microseconds } from '../../src/core/units.ts';
import { arcingContact, looseContact } from './contact.ts';
import { heldButton, hungFirmware } from './controls.ts';
import type { Defect, DefectParts } from './defect.ts';
import { HIGH_VOLTAGE_DEFECTS } from './high-voltage.ts';
import { nakStorm, reboot, wrongVersion } from './port.ts';
import { leadOff, noR, stuckSample, tAsR } from './signal.ts';

export const DEFECTS: readonly Defect[] = [
  ...HIGH_VOLTAGE_DEFECTS,
  looseContact,
  arcingContact,
  heldButton,
  hungFirmware,
  reboot,
  nakStorm,
  wrongVersion,
  leadOff,
  noR,
  tAsR,
  stuckSample,
];
export const DEFECT_NAMES: readonly string[] = DEFECTS.map(({ name }) => name);

interface Live {
  defect: Defect;
  sinceUs: Microseconds;
  dueUs: Microseconds;
}

/** The defects that one box has now. */
export class DefectBoard {
  private readonly parts: DefectParts;
  private readonly live = new Map<string, Live>();

  constructor(parts: DefectParts) {
    this.parts = parts;
  }

  /** When the box next looks at one; Infinity while all is well. */
  get nextUs(): Microseconds {
    let next = Infinity;
    if (this.live.size > 0) for (const { dueUs } of this.live.values()) next = Math.min(next, dueUs);
    return next;
  }

  get active(): readonly string[] {
    return [...this.live.keys()];
  }

  /** False: there is no such defect. */
  set(name: string, on: boolean, us: Microseconds): boolean {
    const defect = DEFECTS.find((d) => d.name === name);
    if (defect === undefined) return false;
    if (on === this.live.has(name)) return true;
    if (on) this.live.set(name, { defect, sinceUs: us, dueUs: defect.look === undefined ? Infinity : us });
    else this.live.delete(name);
    defect.set(this.parts, on, us);
    return true;
  }

  run(us: Microseconds): void {
    for (const live of this.live.values()) {
      if (live.dueUs <= us) live.dueUs = live.defect.look?.(this.parts, us, live.sinceUs) ?? Infinity;
    }
  }
}
