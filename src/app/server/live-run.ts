/**
 * A live session for the screen: joins the session to a cable, and to the bench where this program owns the box.
 *
 * Time comes in by `advanceTo`; in between everything happens at its own time, as in a headless run.
 */
import type { OperatorAction, SessionEvent } from '../../core/session-events.ts';
import type { Microseconds } from '../../core/units.ts';
import type { Link } from '../../link/link.ts';
import type { BenchAction, HelloMessage, StatusMessage } from '../../protocol/screen.ts';
import type { Session } from '../../session/session.ts';
import type { Recorder } from '../black-box/recorder.ts';
import { FaultPlan } from '../../../firmware-sim/fault-plan.ts';
import type { TimedFault } from '../../link/fault-spec.ts';
import type { TimedLink } from '../../link/faulty.ts';
import { Reconnect } from '../../link/reconnect.ts';
import type { CableKit } from '../cable/cable-kit.ts';
import { BACK_OFF } from '../cable/replug.ts';
import type { Bench } from './bench.ts';
import { DisplayFilter } from './display-filter.ts';
import type { LocalBox } from './local-box.ts';
import type { MonitorRun } from './monitor-run.ts';
import { statusOf } from './status.ts';

export interface LiveRunOptions {
  session: Session;
  hello: HelloMessage;
  /** The box that this program simulates; undefined where it is elsewhere. */
  local?: LocalBox;
  /** The black boxes that hear everything. */
  recorders?: readonly Recorder[];
  /** The bench of a box elsewhere, where it has one. */
  bench?: Bench;
  /** What the options make of the cables. */
  kit?: CableKit;
  /** What breaks in the box, and when. */
  faults?: readonly TimedFault[];
}

/** Steps without time going on: more is our own bug, and must not hang the page. */
const MOST_STEPS_AT_ONCE = 1000;

export class LiveRun implements MonitorRun {
  private readonly kit: CableKit | undefined;
  private readonly plan: FaultPlan;
  /** Of the cable in memory; a real one has its own (cable.ts). */
  private readonly reconnect: Reconnect;
  private timed: TimedLink | undefined;
  onEvent: MonitorRun['onEvent'] = () => undefined;
  onWave: MonitorRun['onWave'] = () => undefined;
  onSlowWave: MonitorRun['onSlowWave'] = () => undefined;
  private readonly session: Session;
  private readonly recorders: readonly Recorder[];
  private readonly local: LocalBox | undefined;
  private readonly hands: Bench | undefined;
  private readonly greeting: HelloMessage;
  private readonly filter = new DisplayFilter();
  private now: Microseconds = 0;
  private prompt = '';
  private delayText = '';
  private linkWhy = '';

  constructor({ session, hello, local, bench, recorders = [], kit, faults = [] }: LiveRunOptions) {
    this.kit = kit;
    this.plan = new FaultPlan(faults, (fault, on) => this.hands?.act({ type: 'fault', fault, on }));
    this.reconnect = new Reconnect(BACK_OFF, (now) => this.plugAgain(now));
    this.session = session;
    this.recorders = recorders;
    this.greeting = hello;
    this.local = local;
    this.hands = local ?? bench;
    session.onEvent = (event) => this.hear(event);
    session.onWave = (wave) => {
      for (const recorder of recorders) recorder.onWave(wave);
      const { fs, firstSample, n } = wave;
      this.onWave({ fs, firstSample, n, leads: this.filter.process(wave) });
    };
    session.onSlowWave = (wave) => this.onSlowWave(session.device?.fs ?? 1, wave);
    if (local !== undefined) {
      local.onPlug = (link) => this.attach(link);
      local.plug();
    }
  }

  get nowUs(): Microseconds {
    return this.now;
  }

  /** A cable to a box: the session's from now on. `stamp` brings the clock up before bytes are heard. */
  attach(inner: Link, stamp: () => void = () => undefined): void {
    const { session } = this;
    const whenClosed = inner.onClose;
    const { link, timed } = this.kit?.wrap(inner) ?? { link: inner, timed: undefined };
    this.timed = timed;
    link.onBytes = (bytes) => {
      stamp();
      session.receive(bytes, this.now);
    };
    link.onClose = (why) => {
      session.closed(why, this.now);
      if (this.local !== undefined) this.reconnect.lost(this.now);
      whenClosed(why);
    };
    session.onSend = (bytes) => link.write(bytes);
    session.onBaud = (baud) => link.setBaud?.(baud);
    if (link.open) session.opened(this.now);
    else link.onClose('unplugged');
  }

  /** Not while the faults, or the bench's hand, keep the plug out. */
  private plugAgain(now: Microseconds): void {
    const { local, kit } = this;
    if (local === undefined || local.pulled || kit?.unplugged === true) return this.reconnect.failed(now);
    this.reconnect.opened(now);
    local.plug();
  }

  advanceTo(until: Microseconds): void {
    for (let steps = 0; steps < MOST_STEPS_AT_ONCE;) {
      const next = this.poll();
      if (next > until) break;
      if (next > this.now) this.now = next;
      else steps++;
    }
    this.now = until;
    this.poll();
  }

  private poll(): Microseconds {
    const boxUs = this.local?.poll(this.now) ?? Infinity;
    const sessionUs = this.session.poll(this.now) ?? Infinity;
    const cableUs = this.timed?.poll(this.now) ?? Infinity;
    const faultUs = this.plan.poll(this.now) ?? Infinity;
    const plugUs = this.reconnect.poll(this.now) ?? Infinity;
    return Math.min(boxUs, sessionUs, cableUs, faultUs, plugUs);
  }

  private hear(event: SessionEvent): void {
    if (event.type === 'prompt') this.prompt = event.text;
    if (event.type === 'delay') this.delayText = event.text;
    if (event.type === 'link') this.linkWhy = event.why;
    const over = (event.type === 'link' && event.link === 'up') || event.type === 'mode';
    if (over) this.prompt = '';
    for (const recorder of this.recorders) recorder.onEvent(event);
    this.onEvent(event);
  }

  hello(): HelloMessage {
    return this.greeting;
  }

  status(): StatusMessage {
    const { now, prompt, delayText, linkWhy } = this;
    return statusOf(this.session, { now, prompt, delayText, linkWhy, bench: this.hands?.state ?? null });
  }

  operate(action: OperatorAction): void {
    this.session.operate(action, this.now);
  }

  bench(action: BenchAction): void {
    this.hands?.act(action);
  }
}
