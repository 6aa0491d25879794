/**
 * Patient, box, memory cable and session on one simulated clock: faster than real time, the same bytes every time.
 *
 *   patient -> Box --bytes--> memory pair --bytes--> Session        everything is woken at its own deadline
 *
 * While SYNC is on the box takes each sample by itself, 250 times a second. Where it does nothing else and nobody else did
 * anything before, nobody is woken and nobody is asked: the same run, with half of the wake-ups (measured).
 */
import type { Box } from '../../firmware-sim/box.ts';
import { SimulatedClock } from '../core/clock.ts';
import { assert } from '../core/errors.ts';
import type { Microseconds } from '../core/units.ts';
import type { MemoryPair } from '../link/memory.ts';
import { memoryPair } from '../link/memory.ts';
import type { Session } from '../session/session.ts';

/** Somebody who does things at his own time: a scripted operator, a bench, a breaker. */
export interface Actor {
  poll(now: Microseconds): Microseconds | undefined;
}

const NOTHING = new Uint8Array(0);
/** Rounds at one instant: more means that two parts wake each other for ever. */
const MOST_ROUNDS = 10_000;

export class Rig {
  readonly clock = new SimulatedClock();
  readonly box: Box;
  readonly session: Session;
  readonly actors: Actor[] = [];
  /** Sees what reaches the box, before the box does. */
  onBoxBytes: (bytes: Uint8Array) => void = () => undefined;
  private pair: MemoryPair;
  private boxWakeUs: Microseconds = 0;
  /** In its last step the box took samples and did nothing else. */
  private boxIsQuiet = false;
  /** The cable is due. */
  private pairUs: Microseconds = 0;
  private pairPolledAt: Microseconds = NaN;

  constructor(box: Box, session: Session, makePair: () => MemoryPair = memoryPair) {
    this.box = box;
    this.session = session;
    this.pair = makePair();
    this.plug(this.pair);
  }

  get linked(): boolean {
    return this.pair.host.open;
  }

  /** Pulls the plug; both ends notice at once, what was under way is gone. */
  unplug(): void {
    this.pair.host.close();
  }

  /** A new cable. */
  replug(pair: MemoryPair = memoryPair()): void {
    if (this.linked) this.unplug();
    this.pair = pair;
    this.plug(pair);
    this.session.opened(this.clock.now);
  }

  /** Runs until `done` says so (asked at every wake-up) or until `endUs`. */
  run(endUs: Microseconds, done: () => boolean = () => false): void {
    const { clock } = this;
    let rounds = 0;
    let others: Microseconds = clock.now;
    while (!done()) {
      const wasAlone = clock.now < others;
      others = this.wake(clock.now);
      if (wasAlone) this.runBoxAlone(Math.min(others, endUs));
      others = Math.min(others, this.pairUs);
      const next = Math.min(others, this.boxWakeUs);
      if (next > endUs) {
        if (Number.isFinite(endUs)) clock.advanceTo(endUs);
        return;
      }
      rounds = next > clock.now ? 0 : rounds + 1;
      assert(rounds < MOST_ROUNDS, () => `time stands still at ${clock.now} us`);
      clock.advanceTo(Math.max(next, clock.now));
    }
  }

  /** Everybody does what is due now; returns when session and actors are due again. */
  private wake(now: Microseconds): Microseconds {
    const { session } = this;
    if (now >= this.pairUs) this.pollPair(now);
    if (now >= this.boxWakeUs) this.stepBox(NOTHING);
    if (now >= (session.deadline ?? Infinity)) session.poll(now);
    let next = Infinity;
    for (const actor of this.actors) next = Math.min(next, actor.poll(now) ?? Infinity);
    if (now >= this.pairUs) this.pollPair(now);
    return Math.min(next, session.deadline ?? Infinity);
  }

  /** Nobody else is due before `untilUs`: up to there, or to where it does more than take samples. */
  private runBoxAlone(untilUs: Microseconds): void {
    while (this.boxIsQuiet && this.boxWakeUs < Math.min(untilUs, this.pairUs)) {
      this.clock.advanceTo(this.boxWakeUs);
      this.stepBox(NOTHING);
    }
    if (this.clock.now >= this.pairUs) this.pollPair(this.clock.now);
  }

  private stepBox(bytesIn: Uint8Array): void {
    const { bytesOut, nextWakeUs, quiet } = this.box.step(this.clock.now, bytesIn);
    this.boxWakeUs = nextWakeUs;
    this.boxIsQuiet = quiet;
    if (bytesOut.length === 0) return;
    this.aboutToWrite();
    this.pair.device.write(bytesOut);
  }

  private pollPair(now: Microseconds): void {
    this.pairPolledAt = now;
    this.pairUs = this.pair.poll(now) ?? Infinity;
  }

  /** The cable must know what time it is, and is asked afterwards when it is due. */
  private aboutToWrite(): void {
    const { now } = this.clock;
    if (this.pairPolledAt !== now) this.pollPair(now);
    this.pairUs = now;
  }

  private plug(pair: MemoryPair): void {
    const { session, clock } = this;
    this.pairUs = clock.now;
    this.pairPolledAt = NaN;
    pair.device.onBytes = (bytes) => {
      this.onBoxBytes(bytes);
      this.stepBox(bytes);
    };
    pair.host.onBytes = (bytes) => session.receive(bytes, clock.now);
    pair.host.onClose = (why) => session.closed(why, clock.now);
    session.onSend = (bytes) => {
      this.aboutToWrite();
      pair.host.write(bytes);
    };
  }
}
