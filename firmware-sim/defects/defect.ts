/**
 * A broken part of the simulated box: what the bench breaks, and what the box can notice of it.
 *
 * A defect is not a fault: the fault is what the box finds (fault-board.ts), the defect is why. While one is on, it is looked
 * at as often as the box would look; nothing runs and nothing costs while all is well.
 */
import type { Microseconds } from '../../src/core/units.ts';
import type { Chest } from '../chest.ts';
import type { FaultBoard } from '../fault-board.ts';
import type { FrontEnd } from '../front-end.ts';
import type { HighVoltage } from '../high-voltage.ts';
import type { Port } from '../port.ts';
import type { Profile } from '../profiles/index.ts';
import type { Synchroniser } from '../synchroniser.ts';
import type { Therapy } from '../therapy.ts';

/** The parts that can break. */
export interface DefectParts {
  profile: Profile;
  therapy: Therapy;
  faults: FaultBoard;
  chest: Chest;
  frontEnd: FrontEnd;
  synchroniser: Synchroniser;
  highVoltage: HighVoltage;
  port: Port;
  /** The firmware stands still from now on, until the watchdog bites. */
  hang: (us: Microseconds) => void;
}

export interface Defect {
  readonly name: string;
  /** What is broken, and what the box makes of it: for people. */
  readonly what: string;
  readonly family: 'high voltage' | 'contact' | 'controls' | 'port' | 'signal';
  set(parts: DefectParts, on: boolean, us: Microseconds): void;
  /** Looks, `sinceUs` after it began; returns when to look again. */
  look?(parts: DefectParts, us: Microseconds, sinceUs: Microseconds): Microseconds;
}
