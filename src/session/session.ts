/**
 * The middle of the host: bytes from the box go in, events and waves come out, keys of the front panel go in as well.
 *
 *   receive(bytes, now)   operate(action, now)   poll(now) -> when to call again   (STYLE 6; no clock, no I/O in here)
 *
 *   bytes -> Wire -> link machine, TimeSync, Stream (samples, analysis) -> decisions
 *                \-> BoxPicture, FiredShock -> Treatment (therapy, AED) -> Orders -> CommandQueue -> Wire -> bytes
 *
 * Whoever owns the cable calls `opened` and `closed`, sends what `onSend` hands out and wakes us at the deadline. After a
 * lost link nothing is armed again: a new session starts from standby.
 */
import type { Told } from '../control/told.ts';
import type { Advice } from '../core/advice.ts';
import type {
  LinkState,
  OperatorAction,
  SessionEvent,
  SessionWave,
  SlowWave,
} from '../core/session-events.ts';
import type { Microseconds, SampleIndex } from '../core/units.ts';
import type { Packet } from '../protocol/codec.ts';
import type { BoxState, Message, MessageOf } from '../protocol/messages.ts';
import { BOX_STATES, EVENTS, REPLIES } from '../protocol/messages.ts';
import { padsAreOff } from './box-news.ts';
import { BoxPicture } from './box-picture.ts';
import { CommandQueue } from './commands.ts';
import { Connection } from './connection.ts';
import { FiredShock } from './fired.ts';
import type { Ground } from './ground.ts';
import type { Housekeeping } from './housekeeping.ts';
import type { SessionOptions } from './options.ts';
import { Orders } from './orders.ts';
import { PatientDose } from './patient-dose.ts';
import { machinesOf, panelOf, statusPart, watchPart } from './state.ts';
import type { DeviceInfo, Panel, SessionState } from './state.ts';
import { Stream } from './stream.ts';
import { Treatment } from './treatment.ts';
import { Watch } from './watch.ts';

export type { SessionOptions } from './options.ts';
export type { Panel, SessionState } from './state.ts';

const ALARMS_US: Microseconds = 500_000;

export class Session {
  onSend: (bytes: Uint8Array) => void = () => undefined;
  onEvent: (event: SessionEvent) => void = () => undefined;
  onWave: (wave: SessionWave) => void = () => undefined;
  /** Pleth and CO2, where the session asks for vital signs. */
  onSlowWave: (wave: SlowWave) => void = () => undefined;
  /** The cable runs at another speed from now on; undefined: at the one it was opened with. */
  onBaud: (baud?: number) => void = () => undefined;
  private readonly options: SessionOptions;
  private readonly connection: Connection;
  private readonly commands: CommandQueue;
  private readonly treatment: Treatment;
  private readonly bedside = new Watch((event) => this.tell(event));
  private readonly stream: Stream;
  private readonly fired: FiredShock;
  private readonly box: BoxPicture;
  private readonly orders: Orders;
  private readonly dose = new PatientDose();
  private patientIsKnown = false;
  private alarmsAt: Microseconds = Infinity;
  private now: Microseconds = 0;
  /** While news of the box is heard: the sample that it belongs to. */
  private newsSample: SampleIndex | undefined;

  constructor(options: SessionOptions = {}) {
    this.options = options;
    this.connection = this.makeConnection();
    this.commands = new CommandQueue({
      send: (message, flags, seq) => this.connection.send(message, flags, seq),
      onDone: (message, reply) => this.orders.onDone(message, reply),
    });
    this.treatment = this.makeTreatment();
    const ground = this.ground();
    this.stream = new Stream(ground, this.bedside);
    this.stream.onWave = (wave) => this.onWave(wave);
    this.stream.onSlowWave = (wave) => this.onSlowWave(wave);
    this.fired = new FiredShock(ground, (sample) => this.stream.toOurs(sample));
    const { fired } = this;
    const { timeSync } = this.connection;
    const weightKg = (): number => this.dose.weightKg;
    this.orders = new Orders({ ground, fired, timeSync, weightKg, onBaud: (baud) => this.onBaud(baud) });
    this.box = new BoxPicture({
      ground,
      fired,
      acknowledge: (eventId) => this.connection.send({ type: 'eventAck', eventId }, 0),
      askStatus: (now) => this.chores.askStatusNow(now),
      pushSync: (on) => this.orders.sync(on),
      electrodes: (areOff, sample) => this.stream.pipeline?.electrodes(areOff, sample),
      newestSample: () => this.stream.newest,
    });
  }

  get device(): DeviceInfo | undefined {
    return this.connection.device;
  }

  /** The newest that the box told of itself. */
  get status(): MessageOf<'status'> | undefined {
    return this.box.status;
  }

  /** A cable is there: looks for a box on it. */
  opened(now: Microseconds): void {
    this.now = now;
    this.connection.opened();
  }

  /** The cable is gone. */
  closed(why: string, now: Microseconds): void {
    this.now = now;
    this.connection.closed(why);
  }

  receive(bytes: Uint8Array, now: Microseconds): void {
    this.now = now;
    this.connection.receive(bytes);
  }

  /** A packet that came without a cable. */
  hear(packet: Packet, now: Microseconds): void {
    this.now = now;
    this.connection.hear(packet);
  }

  /** A decision of an analysis that is not ours, for runs without waves. */
  advise(decision: Advice, now: Microseconds): void {
    this.now = now;
    this.treatment.decide(decision, now);
  }

  operate(action: OperatorAction, now: Microseconds): void {
    this.now = now;
    if (action.type === 'alarms' || action.type === 'alarmLimits') {
      const refusal = this.bedside.operate(action, now);
      if (refusal !== undefined) this.orders.tellRefused(action.type, refusal);
      return;
    }
    if (action.type === 'source' || action.type === 'nibp') return this.operateBedside(action);
    const why = this.refusalOf(action);
    if (action.type === 'patient' && this.whyNot(action, now) === undefined) this.dose.choose(action);
    if (why === undefined) this.treatment.operate(action, now);
    else this.orders.tellRefused(action.type, why);
  }

  /** Why a key is not live, in words that say what to do next; undefined when it is. */
  whyNot(action: OperatorAction, now: Microseconds): string | undefined {
    if (action.type === 'alarms' || action.type === 'alarmLimits') return undefined;
    this.now = now;
    if (action.type === 'source') return this.stream.whyNot(action.source);
    if (action.type === 'nibp') return this.orders.whyNoCuff(action.everyS);
    return this.refusalOf(action) ?? this.treatment.whyNot(action, now);
  }

  private operateBedside(action: Extract<OperatorAction, { type: 'source' | 'nibp' }>): void {
    const why = this.whyNot(action, this.now);
    if (why !== undefined) return this.orders.tellRefused(action.type, why);
    if (action.type === 'nibp') return this.orders.cuff(action.start, action.everyS);
    if (this.stream.choose(action.source)) this.sourceChanged();
  }

  /** The trigger follows the lead, and its markers are counted anew. */
  private sourceChanged(): void {
    this.treatment.therapy.gate.reset();
    this.orders.sync(this.treatment.therapy.syncOn);
  }

  /** Does what is due; says when to call again. */
  poll(now: Microseconds): Microseconds | undefined {
    this.now = now;
    this.connection.poll(now);
    this.commands.poll(now);
    this.treatment.poll(now);
    this.chores.poll(now);
    this.fired.poll(now, this.link === 'up' || this.link === 'stale');
    if (now >= this.alarmsAt) this.watch();
    return this.deadline;
  }

  /** The part of `state` that somebody asks for at every step. */
  get panel(): Panel {
    return panelOf(this.treatment, this.link);
  }

  get state(): SessionState {
    const { pipeline, end } = this.stream;
    return {
      ...this.panel,
      ...machinesOf(this.treatment, this.now),
      ...watchPart(this.bedside, this.now),
      ...statusPart(this.status),
      heartRateBpm: this.stream.bpm(this.now),
      source: this.stream.source,
      decision: pipeline?.lastDecision,
      faults: this.box.faults,
      device: this.device,
      sample: end,
    };
  }

  /** When to call `poll` next. */
  get deadline(): Microseconds | undefined {
    const due = Math.min(
      this.connection.deadline,
      this.commands.deadline ?? Infinity,
      this.treatment.deadline ?? Infinity,
      this.fired.deadline,
      this.alarmsAt,
    );
    return due === Infinity ? undefined : due;
  }

  /** Until when nothing but housekeeping happens by itself; -Infinity while something is under way. */
  quietUntil(box: BoxState): Microseconds {
    const { connection, commands, treatment, fired } = this;
    const isQuiet = connection.isSettled && commands.idle && this.box.agrees(box);
    return isQuiet ? Math.min(treatment.deadline ?? Infinity, fired.deadline, this.alarmsAt) : -Infinity;
  }

  /** When the box's silence becomes news. */
  get worriesAt(): Microseconds {
    return this.connection.worriesAt;
  }

  /** What is said between events, for a simulation that leaves it out. */
  get chores(): Housekeeping {
    return this.connection.chores;
  }

  /** All housekeeping up to `endUs` counts as done, and the box as heard at `heardAt`. */
  leaveOut(endUs: Microseconds, heardAt: Microseconds): void {
    this.connection.leaveOut(endUs, heardAt);
  }

  private get link(): LinkState {
    return this.connection.link;
  }

  private makeConnection(): Connection {
    return new Connection(this.options, {
      now: () => this.now,
      send: (bytes) => this.onSend(bytes),
      therapy: () => this.treatment.therapy.state,
      askStatus: () => this.askStatus(),
      onLink: (state, why) => this.onLink(state, why),
      onRefused: (why) => this.tell({ type: 'link', link: this.link, why }),
      onSession: ({ fs, leadNames }) => {
        this.box.begin();
        this.stream.start(fs, leadNames.split(','));
        if (this.options.analyse !== false) this.alarmsAt = this.now + ALARMS_US;
      },
      onReady: (welcome, device) => this.onReady(welcome, device),
      onMessage: (message) => this.onMessage(message),
    });
  }

  /** What neither machine nor table knows: whether the device is real, and whom it treats. */
  private refusalOf(action: OperatorAction): string | undefined {
    return this.orders.refusalOf(action) ?? this.dose.refusalOf(action, this.treatment.patient);
  }

  private makeTreatment(): Treatment {
    return new Treatment({
      ...this.options,
      dose: this.dose,
      mode: this.options.mode ?? 'manual',
      carryOut: (effect, now) => this.orders.carryOut(effect, now),
      onTold: (event) => this.onTreatment(event),
      newestSample: () => this.stream.newest,
    });
  }

  private ground(): Ground {
    const { options, commands, treatment } = this;
    return {
      ...{ options, commands, treatment },
      lead: () => this.stream.lead,
      now: () => this.now,
      device: () => this.device,
      tell: (event) => this.tell(event),
      tellAt: (event, sample) => this.tellAt(event, sample),
      during: (sample, run) => {
        this.newsSample = sample;
        run();
        this.newsSample = undefined;
      },
    };
  }

  /** The limits follow the patient; an AED analyses the pads. */
  private onTreatment(event: Told): void {
    const { weightKg } = this.dose;
    this.tell(event.type === 'patient' && weightKg > 0 ? { ...event, weightKg } : event);
    if (event.type === 'mode' && event.mode === 'aed' && this.stream.choose('pads')) this.sourceChanged();
    if (event.type !== 'patient') return;
    this.bedside.setPatient(event.patient);
    this.stream.patientChanged();
    this.orders.patient(event.patient);
  }

  private onLink(link: LinkState, why: string): void {
    this.treatment.therapy.conditions.link = link === 'up' ? 'good' : link === 'stale' ? 'stale' : 'none';
    this.tell({ type: 'link', link, why });
    if (link === 'lost') this.onLost(why);
  }

  private onLost(why: string): void {
    const held = this.treatment.therapy.state !== 'standby';
    this.treatment.hear({ type: 'linkLost', why: `link lost: ${why}` }, this.now);
    if (held) this.treatment.prompt('linkLost');
    this.commands.clear();
    if (this.options.baud !== undefined) this.onBaud();
    this.fired.linkLost();
    this.connection.searchAgain();
  }

  /** A new session is open: what the box must know, and what we do not know any more. */
  private onReady(welcome: MessageOf<'welcome'>, device: DeviceInfo): void {
    const { model, firmware, simulated, session, leadNames } = device;
    this.tell({ type: 'device', model, firmware, simulated, session });
    this.bedside.forgetSigns();
    this.orders.begin(welcome, leadNames.length);
    this.treatment.connected(model, this.now);
    if (!this.patientIsKnown) this.choosePatient();
    this.fired.askSoon();
  }

  /** As the options say, once: from then on it is a person's choice. */
  private choosePatient(): void {
    this.patientIsKnown = true;
    const { patient, weightKg } = this.options;
    if (patient === undefined) return;
    this.operate({ type: 'patient', patient, ...(weightKg !== undefined && { weightKg }) }, this.now);
  }

  private onMessage(message: Message): void {
    switch (message.type) {
      case 'wave':
        return this.stream.wave(message);
      case 'event':
        return this.onBoxEvent(message);
      case 'heartbeat':
        return this.box.compare(BOX_STATES[message.state]);
      case 'status':
        return this.box.onStatus(message);
      case 'vitals':
        return this.stream.vitals(message);
      case 'channel':
        return this.stream.channel(message);
      case 'result':
        return this.fired.result(message);
      case 'ack':
      case 'nak':
        return this.commands.answer(message.refSeq, REPLIES[message.code] ?? 'unsupported', this.now);
      default:
    }
  }

  private onBoxEvent(event: MessageOf<'event'>): void {
    const code = EVENTS[event.code];
    if (code === 'rWave') return this.stream.marker(event);
    const isNews = this.box.hear(event);
    if (code === 'pace' && isNews) this.stream.pace(event);
  }

  private askStatus(): void {
    if (this.link === 'up') this.commands.push({ type: 'getStatus' }, this.now);
  }

  /** What was measured, against the limits, twice a second. */
  private watch(): void {
    this.alarmsAt = this.now + ALARMS_US;
    const { status, box } = this;
    const { pipeline, end } = this.stream;
    if (pipeline === undefined || status === undefined) return;
    const vitals = {
      bpm: this.stream.bpm(this.now),
      silenceS: pipeline.silenceS(end),
      shockable: pipeline.lastDecision?.verdict === 'shock',
      leadOff: box.leadIsOff(status) || pipeline.isBlind,
      padsOff: padsAreOff(status),
      linkLost: this.link === 'lost',
      batteryPct: status.batteryPct,
      faults: box.faults,
    };
    const { state, settings } = this.treatment.pacing;
    this.bedside.watchPacer(state === 'pacing', settings, end, this.now);
    this.bedside.update(vitals, this.now);
  }

  private tell(event: Told): void {
    this.tellAt(event, this.newsSample ?? this.stream.sampleAt(this.now));
  }

  private tellAt(event: Told, sample: SampleIndex): void {
    const fs = this.device?.fs ?? 1;
    this.onEvent({ t: sample / fs, sample, ...event });
  }
}
