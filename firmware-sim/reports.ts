/**
 * What the box tells by itself while somebody is there: a heartbeat five times a second, and STATUS whenever something
 * changed, or five times a second while energy moves.
 */
import { firstDueFrom, lastDueBefore } from '../src/core/periodic.ts';
import type { Microseconds } from '../src/core/units.ts';
import type { BoxState, MessageOf } from '../src/protocol/messages.ts';
import { BOX_STATES, FLAG } from '../src/protocol/messages.ts';
import { HEARTBEAT_MS } from '../src/protocol/rules.ts';
import type { Outgoing } from './outgoing.ts';

/** While something moves, the host sees it move. */
const STATUS_MS = 200;

export interface ReportSources {
  state: () => BoxState;
  status: (us: Microseconds) => MessageOf<'status'>;
  /** Of the heartbeat: what the port counted. */
  counts: () => { lastSeqSeen: number; rxErrors: number; dropped: number };
}

export class Reports {
  private readonly outgoing: Outgoing;
  private readonly sources: ReportSources;
  private heartbeatUs: Microseconds = Infinity;
  private statusUs: Microseconds = Infinity;

  constructor(outgoing: Outgoing, sources: ReportSources) {
    this.outgoing = outgoing;
    this.sources = sources;
  }

  /** Infinity while nobody is there. */
  get nextUs(): Microseconds {
    return Math.min(this.heartbeatUs, this.statusUs);
  }

  /** A session has begun: both at once. */
  start(us: Microseconds): void {
    this.beat(us);
    this.sendStatus(us);
  }

  stop(): void {
    this.heartbeatUs = this.statusUs = Infinity;
  }

  /** When something was told last before `endUs`, if nobody comes in between. */
  lastBefore(endUs: Microseconds): Microseconds {
    const beat = lastDueBefore(this.heartbeatUs, HEARTBEAT_MS * 1000, endUs);
    return Math.max(beat, lastDueBefore(this.statusUs, STATUS_MS * 1000, endUs));
  }

  /** Everything that would be told before `endUs` counts as told. */
  leaveOut(endUs: Microseconds): void {
    this.heartbeatUs = firstDueFrom(this.heartbeatUs, HEARTBEAT_MS * 1000, endUs);
    this.statusUs = firstDueFrom(this.statusUs, STATUS_MS * 1000, endUs);
  }

  run(us: Microseconds): void {
    if (us >= this.heartbeatUs) this.beat(us);
    if (us >= this.statusUs) this.sendStatus(us);
  }

  sendStatus(us: Microseconds): void {
    this.statusUs = this.isMoving ? us + STATUS_MS * 1000 : Infinity;
    this.outgoing.send(this.sources.status(us), FLAG.event, us);
  }

  private beat(us: Microseconds): void {
    this.heartbeatUs = us + HEARTBEAT_MS * 1000;
    const state = BOX_STATES.indexOf(this.sources.state());
    this.outgoing.send({ type: 'heartbeat', tUs: us, state, ...this.sources.counts() }, 0, us);
    if (this.isMoving && this.statusUs === Infinity) this.statusUs = us + STATUS_MS * 1000;
  }

  private get isMoving(): boolean {
    const state = this.sources.state();
    return state === 'charging' || state === 'dumping';
  }
}
