/**
 * Joins the machines that decide (therapy, AED) and carries out what they ask for.
 *
 * Everything that holds or moves energy goes through the therapy machine, whoever wants it: the operator, the AED, the
 * box, the cable. The AED machine hears what became of its wishes from the events that the therapy machine tells.
 */
import type { Advice } from '../core/advice.ts';
import type { Guideline } from '../core/guideline.ts';
import type { OperatorAction, PatientType, TherapyMode } from '../core/session-events.ts';
import type { Joules, Microseconds } from '../core/units.ts';
import { AedMachine } from '../control/aed.ts';
import type { AedEffect, AedOptions } from '../control/aed.ts';
import type { AedEventName } from '../control/aed-table.ts';
import { DELAY_PROMPTS, delayReason, MotionHold } from '../control/delay.ts';
import { profileOfModel } from '../control/host-profile.ts';
import { PATIENTS } from '../control/patients.ts';
import { WHY } from '../control/refusals.ts';
import type { PacingMachine } from '../control/pacing.ts';
import { guidelineWords, promptText } from '../control/prompts/index.ts';
import type { Language, PromptName } from '../control/prompts/index.ts';
import { TherapyMachine } from '../control/therapy.ts';
import type { TherapyEffect, TherapyEvent } from '../control/therapy.ts';
import type { Told } from '../control/told.ts';
import { PacingDesk } from './pacing-desk.ts';
import type { PaceEffect } from './pacing-desk.ts';
import { EnergyPlan } from './plan.ts';

/** What leaves for the box. */
export type Carried = Exclude<TherapyEffect, { type: 'tell' }> | PaceEffect;

/** Keys that are about therapy; the alarms have theirs. */
export type TherapyKey = Exclude<OperatorAction, { type: 'alarms' | 'alarmLimits' | 'source' | 'nibp' }>;

export interface TreatmentOptions {
  mode: TherapyMode;
  /** AED: the plan, where it is not the model's. */
  aedEnergiesJ?: readonly Joules[];
  /** Of the child; NaN: not known, or an adult. */
  dose: { readonly weightKg: number };
  cprMs?: number;
  /** Timings and energies; without one, as the maker of the model recommends. */
  guideline?: Guideline;
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
  readonly plan: EnergyPlan;
  private readonly desk: PacingDesk;
  private readonly motion = new MotionHold();
  private readonly options: TreatmentOptions;
  private chosenMode: TherapyMode;
  private analyseFrom = 0;
  private padsOff = false;
  private chosenPatient: PatientType = 'adult';

  constructor(options: TreatmentOptions) {
    this.options = options;
    this.chosenMode = options.mode;
    const { onTold, carryOut } = options;
    this.therapy = new TherapyMachine(profileOfModel(''));
    this.plan = new EnergyPlan(this.therapy.profile, options.guideline, onTold);
    this.aed = new AedMachine(this.aedOptions());
    this.desk = new PacingDesk({ therapy: this.therapy, padsOff: () => this.padsOff, carryOut, onTold });
    this.pacing.onLinkLoss = options.pacingOnLinkLoss ?? 'takeOver';
  }

  get pacing(): PacingMachine {
    return this.desk.machine;
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
    this.plan.use(profile, this.chosenPatient, this.options.dose.weightKg);
    this.aed.options = this.aedOptions();
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
        this.plan.chosen();
        return this.hear({ type: 'energy', energyJ: action.energyJ }, now);
      case 'mode':
        return this.switchMode(action.mode, now);
      case 'patient':
        return this.choosePatient(action.patient, now);
      case 'analyse':
        return this.tellAed('analyse', now);
      case 'pace':
        return this.desk.press(action.key, now);
      case 'paceLinkLoss':
        return this.desk.onLinkLoss(action.does);
      case 'paceSet':
        return this.desk.set(action.settings, now);
      default:
        return this.hear({ ...action }, now);
    }
  }

  /** Why this key would do nothing now, in words that say what to do; undefined when it is live. */
  whyNot(action: TherapyKey, now: Microseconds): string | undefined {
    const isAed = this.chosenMode === 'aed';
    switch (action.type) {
      case 'mode':
      case 'paceLinkLoss':
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
        return isAed ? WHY.aedPace : this.desk.ask().whyNot(action.key);
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
    if (off) this.desk.press('padsOff', now);
    this.hear({ type: 'pads', off }, now);
    this.tellAed(off ? 'padsOff' : 'padsOn', now);
  }

  /** `moves`: the baseline of the analysed lead swings as no heart makes it. */
  decide(decision: Advice, now: Microseconds, moves = false): void {
    if (decision.from < this.analyseFrom) return;
    const verdict = this.motion.verdict(decision.verdict, moves);
    this.runAed(this.aed.decide(verdict, now, delayReason(decision, moves)), now);
  }

  /** The box has told its state for the first time in this session. */
  boxPaces(on: boolean, now: Microseconds): void {
    this.desk.boxPaces(on, now);
  }

  /** Says it in the language chosen. */
  prompt(name: PromptName): void {
    this.options.onTold({ type: 'prompt', name, text: this.text(name) });
  }

  /** With the guideline's numbers, where the sentence has some. */
  private text(name: PromptName): string {
    const { language = 'en', guideline } = this.options;
    const cprS = this.aed.options.cprMs / 1000;
    const words = guideline === undefined ? {} : { ...guidelineWords(guideline), cpr: String(cprS) };
    const first = promptText(language, name, words);
    if (name !== 'delivered' || guideline === undefined) return first;
    const how = this.chosenPatient === 'child' ? 'compressChild' : 'compress';
    return `${first} ${promptText(language, how, words)}`;
  }

  poll(now: Microseconds): void {
    this.desk.poll(now);
    this.run(this.therapy.poll(now), now);
    this.runAed(this.aed.poll(now), now);
  }

  /** What the options say goes before the guideline, and that before the model. */
  private aedOptions(): AedOptions {
    const { aedEnergiesJ, cprMs, guideline } = this.options;
    const { profile } = this.therapy;
    const seconds = (value: number | undefined): number | undefined => value && value * 1000;
    return {
      energiesJ: aedEnergiesJ ?? this.plan.energiesJ,
      cprMs: cprMs ?? seconds(guideline?.cprS.value) ?? profile.cprMs,
      warnMs: seconds(guideline?.warnS?.value),
    };
  }

  /** Other energies: the plan of the AED, and where the manual ladder begins. */
  private choosePatient(patient: PatientType, now: Microseconds): void {
    const { weightKg } = this.options.dose;
    // A weight may be another one.
    if (patient === this.chosenPatient && Number.isNaN(weightKg)) return;
    this.chosenPatient = patient;
    this.options.onTold({ type: 'patient', patient });
    this.plan.use(this.therapy.profile, patient, weightKg);
    this.aed.options = this.aedOptions();
    this.selectStart(now);
  }

  private selectStart(now: Microseconds): void {
    const isWeighed = !Number.isNaN(this.options.dose.weightKg);
    const startJ = isWeighed ? this.plan.energiesJ[0] : PATIENTS[this.chosenPatient].startJ;
    const energyJ = startJ ?? this.therapy.profile.startJ;
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

  private run(effects: readonly TherapyEffect[], now: Microseconds): void {
    for (const effect of effects) {
      if (effect.type === 'tell') this.options.onTold(effect.event);
      else {
        // The box delivers nothing while it paces, and SHOCK must not be found dead then.
        if (effect.type === 'charge') this.desk.press('charge', now);
        this.options.carryOut(effect, now);
      }
    }
    for (const effect of effects) if (effect.type === 'tell') this.pass(effect.event, now);
  }

  /** What happened to the energy is news for the AED. */
  private pass(event: Told, now: Microseconds): void {
    if (event.type === 'charged') this.tellAed('charged', now);
    else if (event.type === 'shock') {
      this.plan.delivered(event, this.chosenMode === 'manual', now);
      this.tellAed('delivered', now);
    } else if (event.type === 'aborted' && event.why === 'noRWave') {
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
        case 'delay': {
          const text = effect.why === 'none' ? '' : this.text(DELAY_PROMPTS[effect.why]);
          this.options.onTold({ ...effect, text });
          break;
        }
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
