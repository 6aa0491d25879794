/**
 * The middle of the host: bytes from the box go in, events and waves come out, keys of the front panel go in as well.
 *
 *   receive(bytes, now)   operate(action, now)   poll(now) -> when to call again   (STYLE 6; no clock, no I/O in here)
 *
 *   bytes -> Wire -> link machine, TimeSync, WaveIn -> Pipeline (dsp, detect, advisory) -> decisions
 *                \-> box news -> Treatment (therapy, AED) -> CommandQueue -> Wire -> bytes
 *
 * Whoever owns the cable calls `opened` and `closed`, sends what `onSend` hands out and wakes us at the deadline. After a
 * lost link nothing is armed again: a new session starts from standby.
 */
import type { AlarmChange } from '../control/alarms.ts';
import type { CaptureState } from '../control/capture.ts';
import { LinkMachine } from '../control/link-machine.ts';
import type { LinkEvent } from '../control/link-machine.ts';
import type { Language } from '../control/prompts/index.ts';
import type { TherapyEvent } from '../control/therapy.ts';
import type { Told } from '../control/told.ts';
import type { Advice } from '../core/advice.ts';
import type {
  AlarmLimits,
  AlarmSound,
  LinkState,
  OperatorAction,
  PatientType,
  SessionEvent,
  SessionWave,
  SlowWave,
  TherapyMode,
} from '../core/session-events.ts';
import { Rng } from '../core/rng.ts';
import type { Joules, Microseconds, SampleIndex } from '../core/units.ts';
import type { Packet } from '../protocol/codec.ts';
import type { BoxState, Message, MessageOf, Reply } from '../protocol/messages.ts';
import { BOX_STATES, EVENTS, FEATURE, PATIENTS, REPLIES, WELCOME_FLAG } from '../protocol/messages.ts';
import { faultNames, padsAreOff, resultEvent, stopsEnergy, therapyEvent } from './box-news.ts';
import { chestIsCompressed } from './chest-in.ts';
import { CommandQueue } from './commands.ts';
import { Housekeeping } from './housekeeping.ts';
import { Agreement } from './agreement.ts';
import { Pipeline } from './pipeline.ts';
import { BOX_REFUSALS } from './refusals.ts';
import { TimeSync } from './time-sync.ts';
import { Treatment } from './treatment.ts';
import type { Carried } from './treatment.ts';
import { Watch } from './watch.ts';
import { slowWave, SLOW_WAVES, vitalSigns } from './vitals-in.ts';
import { WaveIn } from './wave-in.ts';
import { Wire } from './wire.ts';

export interface SessionOptions {
  mode?: TherapyMode;
  /** Names of sessions (HELLO's nonce); a run with the same seed sends the same bytes. */
  rng?: Rng;
  name?: string;
  /** AED: energies of the first, second, ... shock, where they are not the model's. */
  aedEnergiesJ?: readonly Joules[];
  cprMs?: number;
  /** Of the prompts; English where it is left out. */
  language?: Language;
  /** What becomes of pacing that outlived a lost link; the host takes it over where it is left out. */
  pacingOnLinkLoss?: 'takeOver' | 'stop';
  /** Index of the lead that is analysed; the pads are lead 0. */
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

export interface DeviceInfo {
  model: string;
  serial: string;
  firmware: string;
  simulated: boolean;
  session: number;
  fs: number;
  leadNames: readonly string[];
}

/** A FIRE is good for so long after the press; a waiting one for its wait as well. */
const FIRE_VALID_MS = 500;
/** After FIRE, and between two questions: what became of it? */
const ASK_RESULT_MS = 300;
const PACKETS_PER_SECOND = 25;
/** i16 values in one WAVE packet of the default MTU. */
const VALUES_IN_PACKET = 110;
const EVENTS_REMEMBERED = 64;
const ALARMS_US: Microseconds = 500_000;
/** Range of the simulated front ends; the wire does not tell it. */
const RANGE_MV = 10;

export class Session {
  onSend: (bytes: Uint8Array) => void = () => undefined;
  onEvent: (event: SessionEvent) => void = () => undefined;
  onWave: (wave: SessionWave) => void = () => undefined;
  /** Pleth and CO2, where the session asks for vital signs. */
  onSlowWave: (wave: SlowWave) => void = () => undefined;
  /** The cable runs at another speed from now on; undefined: at the one it was opened with. */
  onBaud: (baud?: number) => void = () => undefined;
  device: DeviceInfo | undefined;
  /** The newest that the box told of itself. */
  status: MessageOf<'status'> | undefined;
  private readonly options: SessionOptions;
  private readonly link = new LinkMachine();
  private readonly wire: Wire;
  private readonly commands: CommandQueue;
  private readonly timeSync = new TimeSync();
  private readonly housekeeping = new Housekeeping({
    beat: () => this.beat(),
    syncTime: () => this.wire.send({ type: 'timesync', t1: this.now, t2: 0, t3: 0 }, 0),
    askStatus: () => this.askStatus(),
    isIdle: () => this.treatment.therapy.state === 'standby',
  });
  private readonly treatment: Treatment;
  private readonly agreement = new Agreement();
  private readonly bedside = new Watch((event) => this.tell(event));
  private alarmsAt: Microseconds = Infinity;
  private waveIn: WaveIn | undefined;
  private pipeline: Pipeline | undefined;
  private seenEvents: number[] = [];
  private faults: readonly string[] = [];
  private cable = false;
  private now: Microseconds = 0;
  /** When to ask what became of the fired arm id. */
  private askAt: Microseconds = Infinity;
  private openArmId = 0;
  private toldArmId = 0;
  /** No status has come in this session yet. */
  private statusIsNew = true;
  /** FEATURE bits of the box. */
  private features = 0;
  /** The box thinks of a child, as far as we told it. */
  private toldChild = false;
  /** While news of the box is heard: the sample that it belongs to. */
  private newsSample: SampleIndex | undefined;

  constructor(options: SessionOptions = {}) {
    this.options = options;
    this.wire = new Wire({
      rng: options.rng ?? new Rng('session'),
      name: options.name ?? 'rwave',
      send: (bytes) => this.onSend(bytes),
      ...(options.sendPacket === undefined ? {} : { sendPacket: options.sendPacket }),
      onWelcome: (welcome) => this.onWelcome(welcome),
      onRefused: (why) => this.tell({ type: 'link', link: this.link.state, why }),
      onPacket: (packet) => this.onPacket(packet),
    });
    this.commands = new CommandQueue({
      send: (message, flags, seq) => this.wire.send(message, flags, seq),
      onDone: (message, reply) => this.onDone(message, reply),
    });
    this.treatment = new Treatment({
      mode: options.mode ?? 'manual',
      ...(options.aedEnergiesJ === undefined ? {} : { aedEnergiesJ: options.aedEnergiesJ }),
      ...(options.cprMs === undefined ? {} : { cprMs: options.cprMs }),
      ...(options.language === undefined ? {} : { language: options.language }),
      ...(options.pacingOnLinkLoss === undefined ? {} : { pacingOnLinkLoss: options.pacingOnLinkLoss }),
      carryOut: (effect, now) => this.carryOut(effect, now),
      onTold: (event) => this.onTreatment(event),
      newestSample: () => this.newestSample,
    });
  }

  /** A cable is there: looks for a box on it. */
  opened(now: Microseconds): void {
    this.now = now;
    this.cable = true;
    this.wire.open(now);
  }

  /** The cable is gone. */
  closed(why: string, now: Microseconds): void {
    this.now = now;
    this.cable = false;
    this.wire.stop();
    this.moveLink('closed', why);
  }

  receive(bytes: Uint8Array, now: Microseconds): void {
    this.now = now;
    this.wire.receive(bytes, now);
  }

  /** A packet that came without a cable. */
  hear(packet: Packet, now: Microseconds): void {
    this.now = now;
    this.wire.hear(packet, now);
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
      if (refusal !== undefined) this.tellRefused(action.type, refusal);
      return;
    }
    const why = wantsEnergy(action) ? this.hvRefusal : undefined;
    if (why === undefined) this.treatment.operate(action, now);
    else this.tellRefused(action.type, why);
  }

  /** Why a key is not live, in words that say what to do next; undefined when it is. */
  whyNot(action: OperatorAction, now: Microseconds): string | undefined {
    if (action.type === 'alarms' || action.type === 'alarmLimits') return undefined;
    return (wantsEnergy(action) ? this.hvRefusal : undefined) ?? this.treatment.whyNot(action, now);
  }

  /** Does what is due; says when to call again. */
  poll(now: Microseconds): Microseconds | undefined {
    this.now = now;
    const due = this.link.dueEvent(now);
    if (due !== undefined) this.moveLink(due, due === 'stale' ? 'no packet for 0.6 s' : 'no packet for 1 s');
    this.wire.poll(now);
    this.commands.poll(now);
    this.treatment.poll(now);
    this.housekeeping.poll(now);
    if (now >= this.askAt) this.askResult();
    if (now >= this.alarmsAt) this.watch();
    return this.deadline;
  }

  /** The part of `state` that somebody asks for at every step. */
  get panel(): Panel {
    const { therapy, mode } = this.treatment;
    const { state, energyJ, syncOn } = therapy;
    return { therapy: state, mode, energyJ, syncOn, link: this.link.state };
  }

  get state(): SessionState {
    const { therapy, aed, pacing } = this.treatment;
    const { status } = this;
    return {
      ...this.panel,
      aed: aed.state,
      energiesJ: therapy.profile.energiesJ,
      pacing: pacing.state,
      pacingSettings: pacing.settings,
      syncSeesR: therapy.gate.isOpen(this.now),
      heartRateBpm: this.pipeline?.bpm ?? NaN,
      decision: this.pipeline?.lastDecision,
      faults: this.faults,
      alarms: this.bedside.active,
      alarmList: this.bedside.shown,
      alarmSound: this.bedside.sound(this.now),
      alarmLimits: this.bedside.limits,
      capture: this.bedside.capture,
      patient: this.treatment.patient,
      disarmsAt: therapy.state === 'ready' ? therapy.nextDeadline : undefined,
      device: this.device,
      chargePct: status?.chargePct ?? 0,
      storedJ: (status?.capEnergyDj ?? 0) / 10,
      padsOff: status !== undefined && padsAreOff(status),
      leadsOff: status?.leadsOff ?? 0,
      impedanceOhm: status === undefined || padsAreOff(status) ? NaN : status.impedanceDohm / 10,
      batteryPct: status?.batteryPct ?? NaN,
      shocks: status?.shocks ?? 0,
      sample: this.waveIn?.end ?? 0,
    };
  }

  /** When to call `poll` next. */
  get deadline(): Microseconds | undefined {
    const due = Math.min(
      this.link.deadline ?? Infinity,
      this.wire.deadline ?? Infinity,
      this.commands.deadline ?? Infinity,
      this.treatment.deadline ?? Infinity,
      this.housekeeping.deadline,
      this.askAt,
      this.alarmsAt,
    );
    return due === Infinity ? undefined : due;
  }

  /** Until when nothing but housekeeping happens by itself; -Infinity while something is under way. */
  quietUntil(box: BoxState): Microseconds {
    const { link, commands, wire, status, treatment } = this;
    const { state, syncOn } = treatment.therapy;
    const agrees = this.agreement.isSettled(state, box) && (status?.sync !== 0) === syncOn;
    const isQuiet = link.state === 'up' && commands.idle && wire.deadline === undefined && agrees;
    return isQuiet ? Math.min(treatment.deadline ?? Infinity, this.askAt, this.alarmsAt) : -Infinity;
  }

  /** When the box's silence becomes news. */
  get worriesAt(): Microseconds {
    return this.link.deadline ?? Infinity;
  }

  /** What is said between events, for a simulation that leaves it out. */
  get chores(): Housekeeping {
    return this.housekeeping;
  }

  /** All housekeeping up to `endUs` counts as done, and the box as heard at `heardAt`. */
  leaveOut(endUs: Microseconds, heardAt: Microseconds): void {
    this.housekeeping.leaveOut(endUs);
    this.link.handle('heard', heardAt);
  }

  /** Index of the sample that is being taken; without waves, what it would be. */
  private get newestSample(): SampleIndex {
    if (this.options.analyse !== false) return this.waveIn?.end ?? 0;
    return Math.floor((this.now * (this.device?.fs ?? 0)) / 1e6);
  }

  /** The limits follow the patient. */
  private onTreatment(event: Told): void {
    this.tell(event);
    if (event.type !== 'patient') return;
    this.bedside.setPatient(event.patient);
    this.pushPatient(event.patient);
  }

  // The link.

  private moveLink(event: LinkEvent, why: string): void {
    if (!this.link.handle(event, this.now)) return;
    const { state } = this.link;
    this.treatment.therapy.conditions.link = state === 'up' ? 'good' : state === 'stale' ? 'stale' : 'none';
    this.tell({ type: 'link', link: state, why });
    if (state === 'lost') this.onLost(why);
  }

  private onLost(why: string): void {
    const held = this.treatment.therapy.state !== 'standby';
    this.treatment.hear({ type: 'linkLost', why: `link lost: ${why}` }, this.now);
    if (held) this.treatment.prompt('linkLost');
    this.commands.clear();
    if (this.options.baud !== undefined) this.onBaud();
    this.housekeeping.stop();
    this.askAt = Infinity;
    if (this.cable) this.wire.open(this.now);
  }

  private onWelcome(welcome: MessageOf<'welcome'>): void {
    const { now } = this;
    const leadNames = welcome.leadNames.split(',');
    const { model, serial, firmware, session, fs } = welcome;
    const simulated = (welcome.flags & WELCOME_FLAG.simulated) !== 0;
    this.device = { model, serial, firmware, simulated, session, fs, leadNames };
    this.timeSync.reset();
    this.agreement.reset();
    this.seenEvents = [];
    this.statusIsNew = true;
    this.startStream(fs, leadNames);
    this.housekeeping.start(now);
    if (this.options.analyse !== false) this.alarmsAt = now + ALARMS_US;
    this.moveLink('welcome', `session ${session}`);
    this.tell({ type: 'device', model, firmware, simulated, session });
    if (this.treatment.therapy.state !== 'standby') this.commands.pushDisarm(now);
    const perPacket = Math.max(
      1,
      Math.min(Math.floor(fs / PACKETS_PER_SECOND), Math.floor(VALUES_IN_PACKET / leadNames.length)),
    );
    const leadMask = this.options.analyse === false ? 0 : (1 << leadNames.length) - 1;
    this.commands.push({ type: 'streamCfg', leadMask, samplesPerPacket: perPacket }, now);
    this.pushSync(this.treatment.therapy.syncOn);
    this.features = welcome.features;
    this.bedside.signs = undefined;
    if (this.options.vitals === true && (welcome.features & FEATURE.vitals) !== 0) {
      this.commands.push({ type: 'vitalsCfg', on: 1, channelMask: SLOW_WAVES }, now);
    }
    this.pushPatient(this.treatment.patient);
    if (this.options.baud !== undefined)
      this.commands.push({ type: 'setBaud', baud: this.options.baud }, now);
    this.treatment.connected(model, now);
    if (this.openArmId !== 0) this.askAt = now;
  }

  private startStream(fs: number, leadNames: readonly string[]): void {
    const before = this.waveIn;
    const same = before?.wave.fs === fs && before.wave.leadNames.join() === leadNames.join();
    const next = before?.end ?? 0;
    this.waveIn = new WaveIn(
      {
        fs,
        leadNames,
        rangeMv: RANGE_MV,
        onWave: (wave) => this.onWaveIn(wave),
        onGap: (lost) => this.tell({ type: 'gap', lost }),
        ...(this.options.analyse === false ? { capacity: 1 } : {}),
      },
      same ? next : 0,
    );
    if (this.options.analyse === false || (same && this.pipeline !== undefined)) return;
    this.bedside.startStream(fs);
    this.pipeline = new Pipeline({
      fs,
      range: { lowMv: -RANGE_MV, highMv: RANGE_MV },
      onTold: (event, sample) => {
        if (event.type === 'beat') this.bedside.beat(sample);
        this.tellAt(event, sample);
      },
      onDecision: (decision) => this.treatment.decide(decision, this.now),
    });
  }

  private onWaveIn(wave: SessionWave): void {
    this.onWave(wave);
    const lead = wave.leads[this.options.lead ?? 0] ?? wave.leads[0];
    this.pipeline?.process(lead, wave.n, wave.firstSample);
  }

  // What comes in.

  private onPacket({ message }: Packet): void {
    const { now } = this;
    if (message.type === 'nak' && REPLIES[message.code] === 'badSession') {
      // The box has given this session up (it did not hear us for a second): only a new one counts.
      this.moveLink('silent', 'the defibrillator has ended the session');
      return;
    }
    this.moveLink('heard', 'packets again');
    switch (message.type) {
      case 'wave':
        return this.waveIn?.receive(message, now);
      case 'event':
        return this.onBoxEvent(message);
      case 'heartbeat':
        return this.compare(BOX_STATES[message.state]);
      case 'status':
        return this.onStatus(message);
      case 'vitals':
        return this.onVitals(message);
      case 'channel':
        return this.onChannel(message);
      case 'result':
        return this.onResult(message);
      case 'timesync':
        return this.timeSync.add(message.t1, message.t2, message.t3, now);
      case 'ack':
      case 'nak':
        return this.commands.answer(message.refSeq, REPLIES[message.code] ?? 'unsupported', now);
      default:
    }
  }

  private onVitals(message: MessageOf<'vitals'>): void {
    const signs = vitalSigns(message);
    this.bedside.signs = signs;
    this.pipeline?.chest(chestIsCompressed(message));
    this.tellAt({ type: 'vitals', ...signs }, this.waveIn?.toOurs(message.sample) ?? 0);
  }

  private onChannel(message: MessageOf<'channel'>): void {
    const wave = slowWave(message, this.waveIn?.toOurs(message.idx0) ?? 0);
    if (wave !== undefined) this.onSlowWave(wave);
  }

  private onBoxEvent(event: MessageOf<'event'>): void {
    const { now } = this;
    const code = EVENTS[event.code];
    if (code === 'rWave') return this.onMarker(event);
    this.wire.send({ type: 'eventAck', eventId: event.eventId }, 0);
    if (this.seenEvents.includes(event.eventId)) return;
    this.seenEvents.push(event.eventId);
    if (this.seenEvents.length > EVENTS_REMEMBERED) this.seenEvents.shift();
    if (code === 'fault') return this.setFaults(event.faults);
    if (code === 'leads') return this.housekeeping.askStatusNow(now);
    this.agreement.reset();
    const heard = therapyEvent(event);
    if (heard !== undefined) this.resolve(heard, event.armId, event.sample);
  }

  /** The box's trigger itself: what the marker on the screen shows. */
  private onMarker(event: MessageOf<'event'>): void {
    const { waveIn, device } = this;
    if (waveIn === undefined || device === undefined) return;
    this.treatment.therapy.gate.marker(this.now, event.sync !== 0);
    const sample = waveIn.toOurs(event.sample);
    const decidedAt = sample + Math.round(((event.tUs - event.tRUs) * device.fs) / 1e6);
    this.tellAt({ type: 'sync', decidedAt, by: 'box' }, sample);
  }

  /** A shock is told once, whether by its event or by GET_RESULT. */
  private resolve(heard: TherapyEvent, armId: number, sample?: SampleIndex): void {
    if (heard.type === 'delivered') {
      if (armId === this.toldArmId) return;
      this.toldArmId = armId;
    }
    const isEnd = heard.type === 'delivered' || heard.type === 'aborted' || heard.type === 'withdrawn';
    if (isEnd && armId === this.openArmId) {
      this.openArmId = 0;
      this.askAt = Infinity;
    }
    this.newsSample = sample === undefined ? undefined : this.waveIn?.toOurs(sample);
    this.treatment.hear(heard, this.now);
    this.newsSample = undefined;
  }

  private onStatus(status: MessageOf<'status'>): void {
    this.status = status;
    if (this.statusIsNew) {
      this.statusIsNew = false;
      this.treatment.boxPaces(status.pacing !== 0, this.now);
    }
    this.commands.answered('getStatus', this.now);
    this.setFaults(status.faults);
    this.treatment.pads(padsAreOff(status), this.now);
    this.pipeline?.electrodes(this.leadIsOff(status), this.newestSample);
    if (this.commands.idle) this.confirmSync(status.sync !== 0);
  }

  /** The lead that is analysed; the pads are lead 0. */
  private leadIsOff(status: MessageOf<'status'>): boolean {
    const lead = this.options.lead ?? 0;
    return (status.leadsOff & (1 << lead)) !== 0 || (lead === 0 && padsAreOff(status));
  }

  /** The box refuses SYNC while it waits for R or delivers, hence we ask again: else SHOCK waits for it for ever. */
  private confirmSync(on: boolean): void {
    const { therapy } = this.treatment;
    this.treatment.hear({ type: 'syncConfirmed', on }, this.now);
    if (on !== therapy.syncOn && therapy.state !== 'awaitingR') this.pushSync(therapy.syncOn);
  }

  private onResult(result: MessageOf<'result'>): void {
    this.commands.answered('getResult', this.now);
    if (result.armId !== this.openArmId) return;
    const heard = resultEvent(result);
    if (heard !== undefined) this.resolve(heard, result.armId, result.sample || undefined);
  }

  private setFaults(bits: number): void {
    const now = faultNames(bits);
    for (const fault of now) if (!this.faults.includes(fault)) this.tell({ type: 'fault', fault, on: true });
    for (const fault of this.faults) if (!now.includes(fault)) this.tell({ type: 'fault', fault, on: false });
    const stops = stopsEnergy(now);
    const newly = stops && !stopsEnergy(this.faults);
    this.faults = now;
    this.treatment.therapy.conditions.faults = stops;
    if (newly) this.treatment.hear({ type: 'fault', why: now.join(', ') }, this.now);
  }

  /** Our picture against the box's: what an event should have told and did not. */
  private compare(box: BoxState): void {
    const { therapy } = this.treatment;
    const correction = this.agreement.compare(therapy.state, box, this.commands.idle);
    if (correction === 'gone') {
      const leftJ = (this.status?.capEnergyDj ?? 0) / 10;
      this.treatment.hear({ type: 'dumped', why: `the defibrillator reports ${box}`, leftJ }, this.now);
    } else if (correction === 'unwanted') {
      this.treatment.hear({ type: 'charged', armId: 0, energyJ: 0, expiryMs: 0 }, this.now);
    }
  }

  // What goes out.

  private carryOut(effect: Carried, now: Microseconds): void {
    const refusal = effectMovesEnergy(effect) ? this.hvRefusal : undefined;
    if (refusal !== undefined) {
      this.tellRefused(effect.type, refusal);
      if (effect.type !== 'pace') this.treatment.hear({ type: 'aborted', why: refusal }, now);
      return;
    }
    switch (effect.type) {
      case 'selectEnergy':
      case 'charge':
        return this.commands.push({ type: effect.type, energyDj: Math.round(effect.energyJ * 10) }, now);
      case 'setSync':
        return this.pushSync(effect.on);
      case 'cancelFire':
        return this.commands.push({ type: 'cancelFire', armId: effect.armId }, now);
      case 'disarm':
        return this.commands.pushDisarm(now);
      case 'pace': {
        const { mode, ratePpm, currentMa, widthMs } = effect.settings;
        const fields = { mode: mode === 'demand' ? 1 : 0, ratePpm, currentMa, widthUs: widthMs * 1000 };
        return this.commands.push({ type: 'paceSet', on: effect.on ? 1 : 0, ...fields }, now);
      }
      case 'fire': {
        const { armId, energyJ, sync, waitRMs } = effect;
        this.openArmId = armId;
        this.askAt = now + (waitRMs + FIRE_VALID_MS + ASK_RESULT_MS) * 1000;
        const validUntilUs = this.timeSync.toBox(now) + (FIRE_VALID_MS + waitRMs) * 1000;
        const energyDj = Math.round(energyJ * 10);
        return this.commands.push(
          { type: 'fire', armId, energyDj, sync: sync ? 1 : 0, validUntilUs, waitRMs },
          now,
        );
      }
    }
  }

  /** The box refuses what is no energy for a child, whatever is asked here. */
  private pushPatient(patient: PatientType): void {
    const isNews = patient === 'child' || this.toldChild;
    if (!isNews || (this.features & FEATURE.paediatric) === 0) return;
    this.toldChild = patient === 'child';
    this.commands.push({ type: 'patientSet', kind: PATIENTS.indexOf(patient), weightDkg: 0 }, this.now);
  }

  private pushSync(on: boolean): void {
    this.commands.push({ type: 'syncSet', on: on ? 1 : 0, lead: this.options.lead ?? 0 }, this.now);
  }

  /** A command is answered, or nobody answered it. */
  private onDone(message: Message, reply: Reply | undefined): void {
    const { now } = this;
    const isFine = reply === 'ok' || reply === 'inProgress';
    if (message.type === 'syncSet' && isFine) {
      this.treatment.hear({ type: 'syncConfirmed', on: message.on !== 0 }, now);
    }
    if (message.type === 'setBaud' && isFine) this.onBaud(message.baud);
    if (message.type === 'fire' && reply === undefined) {
      this.askAt = now;
      return;
    }
    if (isFine || message.type === 'getStatus' || message.type === 'getResult') return;
    const why = reply === undefined ? 'the defibrillator did not answer' : (BOX_REFUSALS[reply] ?? reply);
    if (reply !== undefined) {
      const state = this.treatment.therapy.state;
      this.tell({ type: 'refused', action: message.type, state, why, by: 'box' });
    }
    if (message.type === 'charge') this.treatment.hear({ type: 'aborted', why }, now);
    if (message.type === 'fire') this.resolve({ type: 'aborted', why }, message.armId);
  }

  private beat(): void {
    const { decoder, lastSeqSeen } = this.wire;
    const { state } = this.treatment.therapy;
    const named: BoxState = state === 'disarming' ? 'dumping' : state;
    this.wire.send(
      {
        type: 'heartbeat',
        tUs: this.now,
        state: BOX_STATES.indexOf(named),
        lastSeqSeen,
        rxErrors: decoder.errors & 0xffff,
        dropped: 0,
      },
      0,
    );
  }

  private askStatus(): void {
    if (this.link.state === 'up') this.commands.push({ type: 'getStatus' }, this.now);
  }

  private askResult(): void {
    this.askAt = Infinity;
    if (this.openArmId === 0 || this.link.state === 'lost' || this.link.state === 'down') return;
    this.askAt = this.now + ASK_RESULT_MS * 1000;
    this.commands.push({ type: 'getResult', armId: this.openArmId }, this.now);
  }

  // Alarms.

  /** What was measured, against the limits, twice a second. */
  private watch(): void {
    this.alarmsAt = this.now + ALARMS_US;
    const { status, pipeline, waveIn } = this;
    if (pipeline === undefined || waveIn === undefined || status === undefined) return;
    const vitals = {
      bpm: pipeline.bpm,
      silenceS: pipeline.silenceS(waveIn.end),
      shockable: pipeline.lastDecision?.verdict === 'shock',
      leadOff: this.leadIsOff(status) || pipeline.isBlind,
      padsOff: padsAreOff(status),
      linkLost: this.link.state === 'lost',
      batteryPct: status.batteryPct,
      faults: this.faults,
    };
    const { state, settings } = this.treatment.pacing;
    this.bedside.watchPacer(state === 'pacing', settings, waveIn.end);
    this.bedside.update(vitals, this.now);
  }

  // Real hardware.

  /** The last door: whoever wants energy, and whichever device came back on the cable. */
  private get hvRefusal(): string | undefined {
    const { device, options } = this;
    const isFine = device === undefined || device.simulated || device.serial === options.hvSerial;
    return isFine ? undefined : REAL_HARDWARE;
  }

  // What is told.

  private tellRefused(action: string, why: string): void {
    this.tell({ type: 'refused', action, state: this.treatment.therapy.state, why, by: 'host' });
  }

  private tell(event: Told): void {
    this.tellAt(event, this.newsSample ?? this.waveIn?.sampleAt(this.now) ?? 0);
  }

  private tellAt(event: Told, sample: SampleIndex): void {
    const fs = this.device?.fs ?? 1;
    this.onEvent({ t: sample / fs, sample, ...event });
  }
}

const REAL_HARDWARE =
  'the device does not say that it is simulated: start again with --allow-hv (docs/REAL-HARDWARE.md)';

function wantsEnergy(action: OperatorAction): boolean {
  const starts = action.type === 'pace' && (action.key === 'start' || action.key === 'resume');
  return action.type === 'charge' || action.type === 'shock' || starts;
}

function effectMovesEnergy(effect: Carried): boolean {
  return effect.type === 'charge' || effect.type === 'fire' || (effect.type === 'pace' && effect.on);
}

export interface Panel {
  therapy: Treatment['therapy']['state'];
  mode: TherapyMode;
  energyJ: Joules;
  syncOn: boolean;
  link: LinkState;
}

/** A picture of everything, for a screen. */
export interface SessionState extends Panel {
  aed: Treatment['aed']['state'];
  energiesJ: readonly Joules[];
  pacing: Treatment['pacing']['state'];
  pacingSettings: Treatment['pacing']['settings'];
  /** Three markers in a row: SHOCK would be accepted. */
  syncSeesR: boolean;
  heartRateBpm: number;
  decision: Pipeline['lastDecision'];
  faults: readonly string[];
  /** The gravest first. */
  alarms: readonly string[];
  /** With their words, the gravest first. */
  alarmList: readonly AlarmChange[];
  alarmSound: { sound: AlarmSound; until: Microseconds };
  alarmLimits: AlarmLimits;
  /** Does the heart follow the pacer, as far as the wave shows it? */
  capture: CaptureState;
  patient: PatientType;
  /** When the charge is taken away. */
  disarmsAt: Microseconds | undefined;
  device: DeviceInfo | undefined;
  chargePct: number;
  storedJ: Joules;
  padsOff: boolean;
  /** Bit k: lead k is off. */
  leadsOff: number;
  impedanceOhm: number;
  batteryPct: number;
  shocks: number;
  /** Index of the next sample. */
  sample: SampleIndex;
}
