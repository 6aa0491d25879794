/** What a session is told at its start. */
import type { Language } from '../control/prompts/index.ts';
import type { Guideline } from '../core/guideline.ts';
import type { PatientType, TherapyMode } from '../core/session-events.ts';
import type { Rng } from '../core/rng.ts';
import type { Joules } from '../core/units.ts';
import type { Packet } from '../protocol/codec.ts';

export interface SessionOptions {
  mode?: TherapyMode;
  /** Names of sessions (HELLO's nonce); a run with the same seed sends the same bytes. */
  rng?: Rng;
  name?: string;
  /** AED: energies of the first, second, ... shock, where they are not the model's. */
  aedEnergiesJ?: readonly Joules[];
  cprMs?: number;
  /** Timings and energies; without one, as the maker of the model recommends. */
  guideline?: Guideline;
  /** Who is treated from the first session on, and what a child weighs; an adult where it is left out. */
  patient?: PatientType;
  weightKg?: number;
  /** Of the prompts; English where it is left out. */
  language?: Language;
  /** What becomes of pacing that outlived a lost link; the host takes it over where it is left out. */
  pacingOnLinkLoss?: 'takeOver' | 'stop';
  /** Index of the lead that is analysed at the start; the pads are lead 0. */
  lead?: number;
  /** Asks a box that has them for vital signs, and for the slow waves. */
  vitals?: boolean;
  /** Speed to agree on with the box, in bits a second; without it the cable stays as it was opened. */
  baud?: number;
  /** The one real unit that a person has permitted to charge (--allow-hv). What says SIMULATED needs no permission. */
  hvSerial?: string;
  /** False: no wave is asked for and nothing is analysed, for runs about the wire and the machines alone. */
  analyse?: boolean;
  /** Takes packets instead of bytes (`onSend` stays silent): for runs that need no cable. */
  sendPacket?: (packet: Packet) => void;
}
