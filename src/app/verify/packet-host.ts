/**
 * A host without a will of its own: it keeps a session alive, asks what it is told to ask and keeps what it hears. The
 * therapy machine of the real host would refuse half of what a verification has to try.
 */
import type { Rng } from '../../core/rng.ts';
import type { SessionWave } from '../../core/session-events.ts';
import type { Microseconds, SampleIndex } from '../../core/units.ts';
import type { Packet } from '../../protocol/codec.ts';
import type { BoxState, EventCode, Message, MessageOf, Reply } from '../../protocol/messages.ts';
import { BOX_STATES, EVENTS, REPLIES } from '../../protocol/messages.ts';
import { HEARTBEAT_MS, TIMESYNC_MS } from '../../protocol/rules.ts';
import { CommandQueue } from '../../session/commands.ts';
import { TimeSync } from '../../session/time-sync.ts';
import { WaveIn } from '../../session/wave-in.ts';
import { Wire } from '../../session/wire.ts';
import type { HostEnd } from './stand.ts';

type Heard = (reply: Reply | 'silence') => void;
type BoxEvent = MessageOf<'event'>;

const RANGE_MV = 10;

export class PacketHost implements HostEnd {
  onSend: (bytes: Uint8Array) => void = () => undefined;
  onWave: (wave: SessionWave) => void = () => undefined;
  /** Says nothing at all any more, as a host that hangs. */
  silent = false;
  welcome: MessageOf<'welcome'> | undefined;
  status: MessageOf<'status'> | undefined;
  result: MessageOf<'result'> | undefined;
  /** Why no session will come of it: another version of the protocol. */
  refused = '';
  /** Without markers and repetitions. */
  readonly events: BoxEvent[] = [];
  readonly markers: BoxEvent[] = [];
  readonly time = new TimeSync();
  /** When the newest packet of the session left. */
  lastSentUs: Microseconds = NaN;
  private readonly wire: Wire;
  private readonly commands: CommandQueue;
  private readonly replies = new Map<Message, Heard>();
  private seen = new Set<number>();
  private state: BoxState = 'selfTest';
  private waveIn: WaveIn | undefined;
  private now: Microseconds = 0;
  private beatUs: Microseconds = Infinity;
  private syncUs: Microseconds = Infinity;

  constructor(rng: Rng) {
    this.wire = new Wire({
      rng,
      name: 'rwave verify',
      send: (bytes) => this.send(bytes),
      onWelcome: (welcome, now) => this.onWelcome(welcome, now),
      onRefused: (why) => (this.refused = why),
      onPacket: (packet) => this.onPacket(packet),
    });
    this.commands = new CommandQueue({
      send: (message, flags, seq) => this.wire.send(message, flags, seq),
      onDone: (message, reply) => this.replies.get(message)?.(reply ?? 'silence'),
    });
  }

  get boxState(): BoxState {
    return this.state;
  }

  get ready(): boolean {
    return this.welcome !== undefined && this.status !== undefined && !Number.isNaN(this.time.offsetUs);
  }

  opened(now: Microseconds): void {
    this.now = now;
    this.forget();
    this.wire.open(now);
  }

  closed(_why: string, now: Microseconds): void {
    this.now = now;
    this.forget();
    this.wire.stop();
  }

  receive(bytes: Uint8Array, now: Microseconds): void {
    this.now = now;
    this.wire.receive(bytes, now);
  }

  poll(now: Microseconds): Microseconds | undefined {
    this.now = now;
    if (this.silent) return undefined;
    this.wire.poll(now);
    this.commands.poll(now);
    if (now >= this.beatUs) this.beat();
    if (now >= this.syncUs) this.syncTime();
    const due = Math.min(
      this.wire.deadline ?? Infinity,
      this.commands.deadline ?? Infinity,
      this.beatUs,
      this.syncUs,
    );
    return due === Infinity ? undefined : due;
  }

  /** A command of the box; `heard` gets the answer. */
  order(message: Message, heard: Heard): void {
    this.replies.set(message, (reply) => {
      this.replies.delete(message);
      heard(reply);
    });
    this.commands.push(message, this.now);
  }

  /** A packet as it is, without waiting for an answer and without a second try. */
  throwIn(message: Message, flags = 1): void {
    this.wire.send(message, flags);
  }

  askStatus(): void {
    this.status = undefined;
    this.commands.push({ type: 'getStatus' }, this.now);
  }

  askResult(armId: number): void {
    this.result = undefined;
    this.commands.push({ type: 'getResult', armId }, this.now);
  }

  /** Index in the stream as it came here of a sample that the device names. */
  toOurs(boxSample: SampleIndex): SampleIndex {
    return this.waveIn?.toOurs(boxSample) ?? NaN;
  }

  /** The first event of this kind from index `from` on. */
  eventSince(from: number, ...codes: readonly EventCode[]): BoxEvent | undefined {
    return this.events.slice(from).find((e) => codes.includes(EVENTS[e.code]));
  }

  private forget(): void {
    this.welcome = undefined;
    this.status = undefined;
    this.seen.clear();
    this.time.reset();
    this.commands.clear();
    this.beatUs = this.syncUs = Infinity;
  }

  private send(bytes: Uint8Array): void {
    if (this.silent) return;
    if (this.welcome !== undefined) this.lastSentUs = this.now;
    this.onSend(bytes);
  }

  private onWelcome(welcome: MessageOf<'welcome'>, now: Microseconds): void {
    this.welcome = welcome;
    this.beatUs = this.syncUs = now;
    const leadNames = welcome.leadNames.split(',');
    this.waveIn = new WaveIn({
      fs: welcome.fs,
      leadNames,
      rangeMv: RANGE_MV,
      onWave: (wave) => this.onWave(wave),
      onGap: () => undefined,
    });
  }

  private onPacket({ message }: Packet): void {
    switch (message.type) {
      case 'wave':
        return this.waveIn?.receive(message, this.now);
      case 'event':
        return this.onEvent(message);
      case 'heartbeat':
        this.state = BOX_STATES[message.state];
        return;
      case 'status':
        this.status = message;
        this.state = BOX_STATES[message.state];
        return this.commands.answered('getStatus', this.now);
      case 'result':
        this.result = message;
        return this.commands.answered('getResult', this.now);
      case 'timesync':
        return this.time.add(message.t1, message.t2, message.t3, this.now);
      case 'ack':
      case 'nak':
        return this.commands.answer(message.refSeq, REPLIES[message.code] ?? 'unsupported', this.now);
      default:
    }
  }

  private onEvent(event: BoxEvent): void {
    if (EVENTS[event.code] === 'rWave') {
      this.markers.push(event);
      return;
    }
    if (!this.silent) this.wire.send({ type: 'eventAck', eventId: event.eventId }, 0);
    if (this.seen.has(event.eventId)) return;
    this.seen.add(event.eventId);
    this.events.push(event);
  }

  private beat(): void {
    this.beatUs = this.now + HEARTBEAT_MS * 1000;
    const { lastSeqSeen } = this.wire;
    this.wire.send(
      {
        type: 'heartbeat',
        tUs: this.now,
        state: BOX_STATES.indexOf(this.state),
        lastSeqSeen,
        rxErrors: 0,
        dropped: 0,
      },
      0,
    );
  }

  private syncTime(): void {
    this.syncUs = this.now + TIMESYNC_MS * 1000;
    this.wire.send({ type: 'timesync', t1: this.now, t2: 0, t3: 0 }, 0);
  }
}
