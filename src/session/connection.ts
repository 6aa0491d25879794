/**
 * The way to the box: a cable, HELLO and WELCOME, heartbeats, and whether the link is up, stale or lost.
 *
 * Knows nothing of therapy: it says when a session begins, what comes in, and when silence has become a loss.
 */
import { LinkMachine } from '../control/link-machine.ts';
import type { LinkEvent } from '../control/link-machine.ts';
import type { LinkState, TherapyState } from '../core/session-events.ts';
import { Rng } from '../core/rng.ts';
import type { Microseconds } from '../core/units.ts';
import type { Packet } from '../protocol/codec.ts';
import type { BoxState, Message, MessageOf } from '../protocol/messages.ts';
import { BOX_STATES, REPLIES, WELCOME_FLAG } from '../protocol/messages.ts';
import { Housekeeping } from './housekeeping.ts';
import type { SessionOptions } from './options.ts';
import type { DeviceInfo } from './state.ts';
import { TimeSync } from './time-sync.ts';
import { Wire } from './wire.ts';

export interface ConnectionEvents {
  /** Time of the call that is being served. */
  now: () => Microseconds;
  send: (bytes: Uint8Array) => void;
  /** For our heartbeat. */
  therapy: () => TherapyState;
  askStatus: () => void;
  /** The link's state has changed. */
  onLink: (state: LinkState, why: string) => void;
  /** The other side speaks another protocol. */
  onRefused: (why: string) => void;
  /** A session begins: before the link counts as up, and after. */
  onSession: (welcome: MessageOf<'welcome'>) => void;
  onReady: (welcome: MessageOf<'welcome'>, device: DeviceInfo) => void;
  onMessage: (message: Message) => void;
}

export class Connection {
  device: DeviceInfo | undefined;
  readonly timeSync = new TimeSync();
  /** What is said between events. */
  readonly chores: Housekeeping;
  private readonly events: ConnectionEvents;
  private readonly machine = new LinkMachine();
  private readonly wire: Wire;
  private hasCable = false;

  constructor(
    { rng = new Rng('session'), name = 'rwave', sendPacket }: SessionOptions,
    on: ConnectionEvents,
  ) {
    this.events = on;
    this.wire = new Wire({
      rng,
      name,
      send: on.send,
      ...(sendPacket === undefined ? {} : { sendPacket }),
      onWelcome: (welcome) => this.onWelcome(welcome),
      onRefused: on.onRefused,
      onPacket: ({ message }) => this.onMessage(message),
    });
    this.chores = new Housekeeping({
      beat: () => this.beat(),
      syncTime: () => this.send({ type: 'timesync', t1: on.now(), t2: 0, t3: 0 }, 0),
      askStatus: on.askStatus,
      isIdle: () => on.therapy() === 'standby',
    });
  }

  get link(): LinkState {
    return this.machine.state;
  }
  /** When the box's silence becomes news. */
  get worriesAt(): Microseconds {
    return this.machine.deadline ?? Infinity;
  }
  get deadline(): Microseconds {
    return Math.min(this.worriesAt, this.wire.deadline ?? Infinity, this.chores.deadline);
  }
  /** Nobody is being looked for. */
  get isSettled(): boolean {
    return this.link === 'up' && this.wire.deadline === undefined;
  }

  opened(): void {
    this.hasCable = true;
    this.wire.open(this.events.now());
  }

  closed(why: string): void {
    this.hasCable = false;
    this.wire.stop();
    this.move('closed', why);
  }

  receive(bytes: Uint8Array): void {
    this.wire.receive(bytes, this.events.now());
  }

  /** A packet that came without a cable. */
  hear(packet: Packet): void {
    this.wire.hear(packet, this.events.now());
  }

  send(message: Message, flags: number, seq?: number): number {
    return this.wire.send(message, flags, seq);
  }

  /** Silence, and HELLO; the chores have their own turn. */
  poll(now: Microseconds): void {
    const due = this.machine.dueEvent(now);
    if (due !== undefined) this.move(due, due === 'stale' ? 'no packet for 0.6 s' : 'no packet for 1 s');
    this.wire.poll(now);
  }

  /** All housekeeping up to `endUs` counts as done, and the box as heard at `heardAt`. */
  leaveOut(endUs: Microseconds, heardAt: Microseconds): void {
    this.chores.leaveOut(endUs);
    this.machine.handle('heard', heardAt);
  }

  /** Looks for a new session, where there is a cable. */
  searchAgain(): void {
    this.chores.stop();
    if (this.hasCable) this.wire.open(this.events.now());
  }

  private move(event: LinkEvent, why: string): void {
    if (this.machine.handle(event, this.events.now())) this.events.onLink(this.link, why);
  }

  private onWelcome(welcome: MessageOf<'welcome'>): void {
    const { model, serial, firmware, session, fs } = welcome;
    const simulated = (welcome.flags & WELCOME_FLAG.simulated) !== 0;
    const leadNames = welcome.leadNames.split(',');
    const device = { model, serial, firmware, simulated, session, fs, leadNames };
    this.device = device;
    this.timeSync.reset();
    this.events.onSession(welcome);
    this.chores.start(this.events.now());
    this.move('welcome', `session ${session}`);
    this.events.onReady(welcome, device);
  }

  private onMessage(message: Message): void {
    if (message.type === 'nak' && REPLIES[message.code] === 'badSession') {
      // The box has given this session up (it did not hear us for a second): only a new one counts.
      this.move('silent', 'the defibrillator has ended the session');
      return;
    }
    this.move('heard', 'packets again');
    if (message.type !== 'timesync') return this.events.onMessage(message);
    this.timeSync.add(message.t1, message.t2, message.t3, this.events.now());
  }

  private beat(): void {
    const { decoder, lastSeqSeen } = this.wire;
    const therapy = this.events.therapy();
    const named: BoxState = therapy === 'disarming' ? 'dumping' : therapy;
    const state = BOX_STATES.indexOf(named);
    const errors = { rxErrors: decoder.errors & 0xffff, dropped: 0 };
    this.send({ type: 'heartbeat', tUs: this.events.now(), state, lastSeqSeen, ...errors }, 0);
  }
}
