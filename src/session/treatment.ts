/**
 * Joins the machines that decide (therapy, AED) and carries out what they ask for.
 *
 * Everything that holds or moves energy goes through the therapy machine, whoever wants it: the operator, the AED, the
 * box, the cable. The AED machine hears what became of its wishes from the events that the therapy machine tells.
 */
import type { Advice } from '../core/advice.ts';
import type { OperatorAction, PacingSettings, PatientType, TherapyMode } from '../core/session-events.ts';
import type { Joules, Microseconds } from '../core/units.ts';
import { AedMachine } from '../control/aed.ts';
import type { AedEffect } from '../control/aed.ts';
import type { AedEventName } from '../control/aed-table.ts';
import { profileOfModel } from '../control/host-profile.ts';
import type { HostProfile } from '../control/host-profile.ts';
import { PATIENTS } from '../control/patients.ts';
import { WHY } from '../control/refusals.ts';
import { PacingMachine } from '../control/pacing.ts';
import type { PacingEffect } from '../control/pacing.ts';
import { promptText } from '../control/prompts/index.ts';
import type { Language, PromptName } from '../control/prompts/index.ts';
import { TherapyMachine } from '../control/therapy.ts';
import type { TherapyEffect, TherapyEvent } from '../control/therapy.ts';
import type { Told } from '../control/told.ts';

/** What leaves for the box. */
export type Carried =
  Exclude<TherapyEffect, { type: 'tell' }> | { type: 'pace'; on: boolean; settings: PacingSettings };

/** Keys that are about therapy; the alarms have theirs. */
export type TherapyKey = Exclude<OperatorAction, { type: 'alarms' | 'alarmLimits' }>;

export interface TreatmentOptions {
  mode: TherapyMode;
  /** AED: the plan, where it is not the model's. */
  aedEnergiesJ?: readonly Joules[];
  cprMs?: number;
  /** Of the prompts; English where it is left out. */
  language?: Language;
  /** The box paces on when the link is lost; when it is back the host takes it over (the default), or stops it. */
  pacingOnLinkLoss?: PacingMachine['onLinkLoss'];
  /** Effects that leave for the box. */
  carryOut: (effect: Carried, now: Microseconds) => void;
  onTold: (event: Told) => void;
  /** Index of the sample that is being taken now: older ones do not count for the AED's next analysis. */
  newestSample: () => number;
}

const CHARGED_STATES = ['charging', 'ready', 'awaitingR', 'delivering'];

export class Treatment {
  readonly therapy: TherapyMachine;
  readonly aed: AedMachine;
  readonly pacing = new PacingMachine();
  private readonly options: TreatmentOptions;
  private chosenMode: TherapyMode;
  private analyseFrom = 0;
  private padsOff = false;
  private chosenPatient: PatientType = 'adult';

  constructor(options: TreatmentOptions) {
    this.options = options;
    this.chosenMode = options.mode;
    this.pacing.onLinkLoss = options.pacingOnLinkLoss ?? 'takeOver';
    this.therapy = new TherapyMachine(profileOfModel(''));
    this.aed = new AedMachine(this.aedOptions(this.therapy.profile));
  }

  get mode(): TherapyMode {
    return this.chosenMode;
  }
  get patient(): PatientType {
    return this.chosenPatient;
  }
  get deadline(): Microseconds | undefined {
    const due = Math.min(
      this.therapy.nextDeadline ?? Infinity,
      this.aed.nextDeadline ?? Infinity,
      this.pacing.nextDeadline ?? Infinity,
    );
    return due === Infinity ? undefined : due;
  }

  /** A box is on the cable and in session. */
  connected(model: string, now: Microseconds): void {
    const profile = profileOfModel(model);
    const selectedJ = this.therapy.energyJ;
    this.therapy.useProfile(profile);
    // What came before the cable was lost says nothing about now: no analysis spans the gap.
    this.analyseFrom = this.options.newestSample();
    this.aed.options = this.aedOptions(profile);
    // Another model's ladder may have begun with an adult's energy.
    if (this.therapy.energyJ !== selectedJ) this.selectStart(now);
    if (this.chosenMode === 'aed') this.tellAed('start', now);
  }

  operate(action: TherapyKey, now: Microseconds): void {
    const why = this.whyNot(action, now);
    if (why !== undefined) {
      const state = this.therapy.state;
      this.options.onTold({ type: 'refused', action: action.type, state, why, by: 'host' });
      return;
    }
    switch (action.type) {
      case 'selectEnergy':
        return this.hear({ type: 'energy', energyJ: action.energyJ }, now);
      case 'mode':
        return this.switchMode(action.mode, now);
      case 'patient':
        return this.choosePatient(action.patient, now);
      case 'analyse':
        return this.tellAed('analyse', now);
      case 'pace':
        return this.runPacing(this.pacing.handle(action.key, now), now);
      case 'paceSet':
        return this.runPacing(this.askPacing().set(action.settings, now), now, 'paceSet');
      default:
        return this.hear({ ...action }, now);
    }
  }

  /** Why this key would do nothing now, in words that say what to do; undefined when it is live. */
  whyNot(action: TherapyKey, now: Microseconds): string | undefined {
    const isAed = this.chosenMode === 'aed';
    switch (action.type) {
      case 'mode':
        return undefined;
      case 'patient':
        return this.therapy.state === 'standby' ? undefined : WHY.patientCharged;
      case 'analyse':
        return isAed ? undefined : WHY.aedOnly;
      case 'selectEnergy':
        return isAed ? WHY.aedEnergy : this.therapy.whyNot('energy', now);
      case 'charge':
        return isAed ? WHY.aedCharges : this.therapy.whyNot('charge', now);
      case 'sync':
        if (action.on && isAed) return WHY.aedSync;
        if (action.on && this.pacing.state !== 'off') return WHY.syncPacing;
        return this.therapy.whyNot('sync', now);
      case 'pace':
        return isAed ? WHY.aedPace : this.askPacing().whyNot(action.key);
      case 'paceSet':
        return undefined;
      case 'shock': {
        const why = this.therapy.whyNot('shock', now);
        return why === undefined && isAed && !this.aed.advises ? WHY.aedNotAdvised : why;
      }
      default:
        return this.therapy.whyNot(action.type, now);
    }
  }

  /** The box, the cable or the clock has something for the therapy machine. */
  hear(event: TherapyEvent, now: Microseconds): void {
    this.run(this.therapy.handle(event, now), now);
  }

  pads(off: boolean, now: Microseconds): void {
    if (off === this.padsOff) return;
    this.padsOff = off;
    if (off) this.runPacing(this.pacing.handle('padsOff', now), now);
    this.hear({ type: 'pads', off }, now);
    this.tellAed(off ? 'padsOff' : 'padsOn', now);
  }

  decide(decision: Advice, now: Microseconds): void {
    if (decision.from < this.analyseFrom) return;
    this.runAed(this.aed.decide(decision.verdict, now, decision.rhythm), now);
  }

  /** The box has told its state for the first time in this session. */
  boxPaces(on: boolean, now: Microseconds): void {
    if (!on && this.pacing.state !== 'pacing') return;
    this.askPacing();
    this.runPacing(this.pacing.linkIsBack(on, now), now);
  }

  /** Says it in the language chosen. */
  prompt(name: PromptName): void {
    const { language = 'en', onTold } = this.options;
    onTold({ type: 'prompt', name, text: promptText(language, name) });
  }

  poll(now: Microseconds): void {
    this.askPacing();
    this.runPacing(this.pacing.poll(now), now);
    this.run(this.therapy.poll(now), now);
    this.runAed(this.aed.poll(now), now);
  }

  private aedOptions(profile: HostProfile): { energiesJ: readonly Joules[]; cprMs: number } {
    const { aedEnergiesJ, cprMs } = this.options;
    const plan = PATIENTS[this.chosenPatient].aedEnergiesJ ?? profile.aedEnergiesJ;
    return { energiesJ: aedEnergiesJ ?? plan, cprMs: cprMs ?? profile.cprMs };
  }

  /** Other energies: the plan of the AED, and where the manual ladder begins. */
  private choosePatient(patient: PatientType, now: Microseconds): void {
    if (patient === this.chosenPatient) return;
    this.chosenPatient = patient;
    this.aed.options = this.aedOptions(this.therapy.profile);
    this.options.onTold({ type: 'patient', patient });
    this.selectStart(now);
  }

  private selectStart(now: Microseconds): void {
    const energyJ = PATIENTS[this.chosenPatient].startJ ?? this.therapy.profile.startJ;
    this.hear({ type: 'energy', energyJ }, now);
  }

  private switchMode(mode: TherapyMode, now: Microseconds): void {
    if (mode === this.chosenMode) return;
    this.chosenMode = mode;
    this.options.onTold({ type: 'mode', mode });
    this.hear({ type: 'modeChanged', why: 'mode changed', syncOff: mode === 'aed' }, now);
    this.tellAed(mode === 'aed' ? 'start' : 'stop', now);
    if (mode === 'aed' && this.padsOff) this.tellAed('padsOff', now);
  }

  /** The pacer with what it must know of the rest. */
  private askPacing(): PacingMachine {
    const { conditions } = this.pacing;
    conditions.link = this.therapy.conditions.link !== 'none';
    conditions.padsOff = this.padsOff;
    conditions.syncOn = this.therapy.syncOn;
    conditions.charged = this.therapy.state !== 'standby';
    return this.pacing;
  }

  private runPacing(effects: readonly PacingEffect[], now: Microseconds, action = 'pace'): void {
    const { onTold, carryOut } = this.options;
    for (const effect of effects) {
      if (effect.type === 'pace') {
        carryOut(effect, now);
        onTold({ type: 'pacing', pacing: this.pacing.state, ...effect.settings });
      } else {
        onTold({ type: 'refused', action, state: this.therapy.state, why: effect.why, by: 'host' });
      }
    }
  }

  private run(effects: readonly TherapyEffect[], now: Microseconds): void {
    for (const effect of effects) {
      if (effect.type === 'tell') this.options.onTold(effect.event);
      else {
        // The box delivers nothing while it paces, and SHOCK must not be found dead then.
        if (effect.type === 'charge') this.runPacing(this.pacing.handle('charge', now), now);
        this.options.carryOut(effect, now);
      }
    }
    for (const effect of effects) if (effect.type === 'tell') this.pass(effect.event, now);
  }

  /** What happened to the energy is news for the AED. */
  private pass(event: Told, now: Microseconds): void {
    if (event.type === 'charged') this.tellAed('charged', now);
    else if (event.type === 'shock') this.tellAed('delivered', now);
    else if (event.type === 'aborted' && event.why === 'noRWave') {
      this.prompt('noRWave');
    } else if (event.type === 'state' && !CHARGED_STATES.includes(event.therapy)) {
      this.tellAed('discharged', now);
    }
  }

  private tellAed(name: AedEventName, now: Microseconds): void {
    this.runAed(this.aed.handle(name, now), now);
  }

  private runAed(effects: readonly AedEffect[], now: Microseconds): void {
    for (const effect of effects) {
      switch (effect.type) {
        case 'prompt':
          this.prompt(effect.name);
          break;
        case 'restartAnalysis':
          this.analyseFrom = this.options.newestSample();
          break;
        case 'disarm':
          if (CHARGED_STATES.includes(this.therapy.state))
            this.hear({ type: 'disarm', why: effect.why }, now);
          break;
        case 'charge':
          this.charge(effect.energyJ, now);
      }
    }
  }

  private charge(energyJ: Joules, now: Microseconds): void {
    this.hear({ type: 'energy', energyJ }, now);
    this.hear({ type: 'charge' }, now);
    // Refused (the last charge is still being dumped): the next decision tries again.
    if (this.therapy.state !== 'charging') this.tellAed('discharged', now);
  }
}
