/**
 * What leaves for the box: what the machines want, as messages; what a new session must be told; and what an answer means.
 *
 * Here is the last door of energy: a device that does not say that it is simulated gets none without permission.
 */
import { WHY } from '../control/refusals.ts';
import type { OperatorAction, PatientType } from '../core/session-events.ts';
import type { Microseconds } from '../core/units.ts';
import type { Message, MessageOf, Reply } from '../protocol/messages.ts';
import { FEATURE, PATIENTS } from '../protocol/messages.ts';
import type { FiredShock } from './fired.ts';
import type { Ground } from './ground.ts';
import { BOX_REFUSALS } from './refusals.ts';
import type { TimeSync } from './time-sync.ts';
import type { Carried } from './treatment.ts';
import { SLOW_WAVES } from './vitals-in.ts';

export interface OrdersParts {
  ground: Ground;
  fired: FiredShock;
  timeSync: TimeSync;
  /** Of the child; NaN: not known. */
  weightKg: () => number;
  /** The cable runs at another speed from now on. */
  onBaud: (baud: number) => void;
}

/** A FIRE is good for so long after the press; a waiting one for its wait as well. */
const FIRE_VALID_MS = 500;
const PACKETS_PER_SECOND = 25;
/** The box refuses shorter times. */
const LEAST_CUFF_S = 60;
/** i16 values in one WAVE packet of the default MTU. */
const VALUES_IN_PACKET = 110;

export class Orders {
  private readonly parts: OrdersParts;
  /** FEATURE bits of the box. */
  private features = 0;
  /** The box thinks of a child, as far as we told it. */
  private toldChild = false;

  constructor(parts: OrdersParts) {
    this.parts = parts;
  }

  /** Everything that a new session must be told. */
  begin({ features, fs }: MessageOf<'welcome'>, leads: number): void {
    const { ground } = this.parts;
    const { commands, treatment, options } = ground;
    const now = ground.now();
    this.features = features;
    if (treatment.therapy.state !== 'standby') commands.pushDisarm(now);
    const samplesPerPacket = Math.max(
      1,
      Math.min(Math.floor(fs / PACKETS_PER_SECOND), Math.floor(VALUES_IN_PACKET / leads)),
    );
    const leadMask = options.analyse === false ? 0 : (1 << leads) - 1;
    commands.push({ type: 'streamCfg', leadMask, samplesPerPacket }, now);
    this.sync(treatment.therapy.syncOn);
    if (options.vitals === true && (features & FEATURE.vitals) !== 0) {
      commands.push({ type: 'vitalsCfg', on: 1, channelMask: SLOW_WAVES }, now);
    }
    this.patient(treatment.patient);
    if (options.baud !== undefined) commands.push({ type: 'setBaud', baud: options.baud }, now);
  }

  carryOut(effect: Carried, now: Microseconds): void {
    const { commands, treatment } = this.parts.ground;
    const refusal = movesEnergy(effect) ? this.hvRefusal : undefined;
    if (refusal !== undefined) {
      this.tellRefused(effect.type, refusal);
      if (effect.type !== 'pace') treatment.hear({ type: 'aborted', why: refusal }, now);
      return;
    }
    switch (effect.type) {
      case 'selectEnergy':
      case 'charge':
        return commands.push({ type: effect.type, energyDj: Math.round(effect.energyJ * 10) }, now);
      case 'setSync':
        return this.sync(effect.on);
      case 'cancelFire':
        return commands.push({ type: 'cancelFire', armId: effect.armId }, now);
      case 'disarm':
        return commands.pushDisarm(now);
      case 'pace': {
        const { mode, ratePpm, currentMa, widthMs } = effect.settings;
        const fields = { mode: mode === 'demand' ? 1 : 0, ratePpm, currentMa, widthUs: widthMs * 1000 };
        return commands.push({ type: 'paceSet', on: effect.on ? 1 : 0, ...fields }, now);
      }
      case 'fire':
        return this.fire(effect, now);
    }
  }

  /** The box refuses what is no energy for a child, whatever is asked here. */
  patient(patient: PatientType): void {
    const isNews = patient === 'child' || this.toldChild;
    if (!isNews || (this.features & FEATURE.paediatric) === 0) return;
    this.toldChild = patient === 'child';
    const { ground, weightKg } = this.parts;
    const weightDkg = Math.round(10 * (weightKg() || 0));
    ground.commands.push({ type: 'patientSet', kind: PATIENTS.indexOf(patient), weightDkg }, ground.now());
  }

  sync(on: boolean): void {
    const { commands, lead, now } = this.parts.ground;
    commands.push({ type: 'syncSet', on: on ? 1 : 0, lead: lead() }, now());
  }

  /** Why the cuff would do nothing. */
  whyNoCuff(everyS: number): string | undefined {
    const { treatment, options } = this.parts.ground;
    if (treatment.therapy.conditions.link === 'none') return WHY.linkDown;
    if (options.vitals !== true || (this.features & FEATURE.vitals) === 0) return WHY.noCuff;
    return everyS === 0 || everyS >= LEAST_CUFF_S ? undefined : WHY.cuffEvery;
  }

  cuff(start: boolean, everyS: number): void {
    const { commands, now } = this.parts.ground;
    commands.push({ type: 'nibp', start: start ? 1 : 0, everyS }, now());
  }

  /** A command is answered, or nobody answered it. */
  onDone(message: Message, reply: Reply | undefined): void {
    const { ground, fired, onBaud } = this.parts;
    const { treatment, tell } = ground;
    const now = ground.now();
    const isFine = reply === 'ok' || reply === 'inProgress';
    if (message.type === 'syncSet' && isFine) {
      treatment.hear({ type: 'syncConfirmed', on: message.on !== 0 }, now);
    }
    if (message.type === 'setBaud' && isFine) onBaud(message.baud);
    if (message.type === 'fire' && reply === undefined) return fired.askSoon();
    if (isFine || message.type === 'getStatus' || message.type === 'getResult') return;
    const why =
      reply === undefined
        ? 'the defibrillator did not answer: check the cable, then try again'
        : (BOX_REFUSALS[reply] ?? reply);
    if (reply !== undefined) {
      const state = treatment.therapy.state;
      tell({ type: 'refused', action: message.type, state, why, by: 'box' });
    }
    if (message.type === 'charge') treatment.hear({ type: 'aborted', why }, now);
    if (message.type === 'fire') fired.resolve({ type: 'aborted', why }, message.armId);
  }

  /** Why this key must not be obeyed on the device that is there. */
  refusalOf(action: OperatorAction): string | undefined {
    return wantsEnergy(action) ? this.hvRefusal : undefined;
  }

  tellRefused(action: string, why: string): void {
    const { tell, treatment } = this.parts.ground;
    tell({ type: 'refused', action, state: treatment.therapy.state, why, by: 'host' });
  }

  private fire(effect: Extract<Carried, { type: 'fire' }>, now: Microseconds): void {
    const { ground, fired, timeSync } = this.parts;
    const { armId, energyJ, sync, waitRMs } = effect;
    fired.fired(armId, waitRMs + FIRE_VALID_MS, now);
    const validUntilUs = timeSync.toBox(now) + (FIRE_VALID_MS + waitRMs) * 1000;
    const energyDj = Math.round(energyJ * 10);
    ground.commands.push({ type: 'fire', armId, energyDj, sync: sync ? 1 : 0, validUntilUs, waitRMs }, now);
  }

  /** Whoever wants energy, and whichever device came back on the cable. */
  private get hvRefusal(): string | undefined {
    const { device, options } = this.parts.ground;
    const box = device();
    const isFine = box === undefined || box.simulated || box.serial === options.hvSerial;
    return isFine ? undefined : REAL_HARDWARE;
  }
}

const REAL_HARDWARE =
  'the device does not say that it is simulated: start again with --allow-hv (docs/REAL-HARDWARE.md)';

function wantsEnergy(action: OperatorAction): boolean {
  const starts = action.type === 'pace' && (action.key === 'start' || action.key === 'resume');
  return action.type === 'charge' || action.type === 'shock' || starts;
}

function movesEnergy(effect: Carried): boolean {
  return effect.type === 'charge' || effect.type === 'fire' || (effect.type === 'pace' && effect.on);
}
