/** A box with a simulated patient on a memory cable, for stories: time is simulated, every byte is real. */
import { Box } from '../../firmware-sim/box.ts';
import { profileByName } from '../../firmware-sim/profiles/index.ts';
import type { SimPatientOptions } from '../../signals/patient/sim-patient.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { Rng } from '../../src/core/rng.ts';
import type { SessionEvent } from '../../src/core/session-events.ts';
import type { MemoryPair } from '../../src/link/memory.ts';
import { Rig } from '../../src/app/treat-rig.ts';
import { Session } from '../../src/session/session.ts';
import type { SessionOptions } from '../../src/session/session.ts';

export const S = 1_000_000;

export interface Story {
  rig: Rig;
  box: Box;
  patient: SimPatient;
  session: Session;
  events: SessionEvent[];
  /** Runs so many seconds on. */
  wait: (seconds: number) => void;
  /** Runs until it holds, at most so many seconds. */
  until: (holds: () => boolean, seconds: number) => void;
  of: <T extends SessionEvent['type']>(type: T) => Extract<SessionEvent, { type: T }>[];
}

export function story(
  rhythm: string,
  options: {
    seed?: string;
    session?: SessionOptions;
    makePair?: () => MemoryPair;
    patient?: Partial<SimPatientOptions>;
  } = {},
): Story {
  const rng = new Rng(options.seed ?? 'story');
  const patient = new SimPatient({ rhythm, rng: rng.fork('patient'), ...options.patient });
  const box = new Box({ profile: profileByName('als'), patient, rng: rng.fork('box') });
  const session = new Session({ rng: rng.fork('session'), ...options.session });
  const events: SessionEvent[] = [];
  session.onEvent = (event) => events.push(event);
  const rig = new Rig(box, session, options.makePair);
  session.opened(0);
  const wait = (seconds: number): void => rig.run(rig.clock.now + seconds * S);
  return {
    rig,
    box,
    patient,
    session,
    events,
    wait,
    until: (holds, seconds) => rig.run(rig.clock.now + seconds * S, holds),
    of: (type) => events.filter((e): e is Extract<SessionEvent, { type: typeof type }> => e.type === type),
  };
}
