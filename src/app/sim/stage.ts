/**
 * Where a story is played: a box, a session, a cable and a patient on one simulated clock, and the hands that reach them.
 */
import type { BoxBench } from '../../../firmware-sim/bench.ts';
import type { Rng } from '../../core/rng.ts';
import type { SessionEvent } from '../../core/session-events.ts';
import type { Microseconds } from '../../core/units.ts';
import type { FaultSpec } from '../../link/fault-spec.ts';
import type { Message } from '../../protocol/messages.ts';
import type { Session } from '../../session/session.ts';

/** signal: ECG samples through the whole pipeline. wire: no analysis. event: beats and packets, no samples and no bytes. */
export const LEVELS = ['signal', 'wire', 'event'] as const;
export type Level = (typeof LEVELS)[number];

export interface Stage {
  readonly now: Microseconds;
  readonly session: Session;
  readonly bench: BoxBench;
  readonly linked: boolean;
  setRhythm(name: string): void;
  /** What the cable does to what is sent from now on. */
  setCable(faults: FaultSpec): void;
  unplug(): void;
  plug(): void;
  /** To `endUs`, from deadline to deadline; the play's `step` is called at each. */
  run(endUs: Microseconds): void;
}

/** What the stage tells the play. */
export interface Play {
  /** Does what the story says for now; returns when it says more. */
  act(now: Microseconds): Microseconds;
  /** After everything that happened at one instant. */
  step(now: Microseconds): void;
  onEvent(event: SessionEvent): void;
  /** The box was heard of last at `at`, all else left out: see quiet.ts. */
  onQuiet(at: Microseconds): void;
  /** A message of the host, just before the box hears it. */
  onMessage(message: Message, now: Microseconds): void;
}

export interface StageOptions {
  rng: Rng;
  play: Play;
  /** Level event: plays also the housekeeping that changes nothing. */
  everyHeartbeat?: boolean;
}

export const CPR_MS = 10_000;
