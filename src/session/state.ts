/** A picture of everything that a session knows, for a screen and for whoever sits at the panel. */
import type { AlarmChange } from '../control/alarms.ts';
import type {
  AlarmLimits,
  AlarmSound,
  CaptureState,
  DelayReason,
  LinkState,
  PacedPulse,
  PatientType,
  RateSource,
  TherapyMode,
  VitalSigns,
} from '../core/session-events.ts';
import type { Joules, Microseconds, SampleIndex } from '../core/units.ts';
import type { MessageOf } from '../protocol/messages.ts';
import { padsAreOff } from './box-news.ts';
import type { Pipeline } from './pipeline.ts';
import type { LastShock } from './plan.ts';
import type { Treatment } from './treatment.ts';
import type { Watch } from './watch.ts';

export interface DeviceInfo {
  model: string;
  serial: string;
  firmware: string;
  simulated: boolean;
  session: number;
  fs: number;
  leadNames: readonly string[];
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
  /** At the finger, while pacing. */
  pacedPulse: PacedPulse;
  pacingOnLinkLoss: 'takeOver' | 'stop';
  /** The guideline's or the maker's energies, and which is proposed after the last shock. */
  planJ: readonly Joules[];
  guideline: string;
  proposedJ: Joules | undefined;
  lastShock: LastShock | undefined;
  /** AED: what the analysis waits for. */
  delay: DelayReason | 'none';
  source: RateSource;
  /** Of the other sensors; undefined where nothing is measured now. */
  signs: VitalSigns | undefined;
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

type FromMachines = Pick<
  SessionState,
  | 'aed'
  | 'energiesJ'
  | 'pacing'
  | 'pacingSettings'
  | 'pacingOnLinkLoss'
  | 'planJ'
  | 'guideline'
  | 'proposedJ'
  | 'lastShock'
  | 'delay'
  | 'syncSeesR'
  | 'patient'
  | 'disarmsAt'
>;
type FromStatus = Pick<
  SessionState,
  'chargePct' | 'storedJ' | 'padsOff' | 'leadsOff' | 'impedanceOhm' | 'batteryPct' | 'shocks'
>;
type FromWatch = Pick<
  SessionState,
  'alarms' | 'alarmList' | 'alarmSound' | 'alarmLimits' | 'capture' | 'pacedPulse' | 'signs'
>;

export function panelOf({ therapy, mode }: Treatment, link: LinkState): Panel {
  const { state, energyJ, syncOn } = therapy;
  return { therapy: state, mode, energyJ, syncOn, link };
}

export function machinesOf(
  { therapy, aed, pacing, patient, plan }: Treatment,
  now: Microseconds,
): FromMachines {
  return {
    aed: aed.state,
    energiesJ: therapy.profile.energiesJ,
    pacing: pacing.state,
    pacingSettings: pacing.settings,
    pacingOnLinkLoss: pacing.onLinkLoss,
    planJ: plan.energiesJ,
    guideline: plan.name,
    proposedJ: plan.proposedJ,
    lastShock: plan.last,
    delay: aed.delay,
    syncSeesR: therapy.gate.isOpen(now),
    patient,
    disarmsAt: therapy.state === 'ready' ? therapy.nextDeadline : undefined,
  };
}

/** Before the first STATUS nothing is known. */
export function statusPart(status: MessageOf<'status'> | undefined): FromStatus {
  const padsOff = status !== undefined && padsAreOff(status);
  return {
    chargePct: status?.chargePct ?? 0,
    storedJ: (status?.capEnergyDj ?? 0) / 10,
    padsOff,
    leadsOff: status?.leadsOff ?? 0,
    impedanceOhm: status === undefined || padsOff ? NaN : status.impedanceDohm / 10,
    batteryPct: status?.batteryPct ?? NaN,
    shocks: status?.shocks ?? 0,
  };
}

export function watchPart(watch: Watch, now: Microseconds): FromWatch {
  return {
    alarms: watch.active,
    alarmList: watch.shown,
    alarmSound: watch.sound(now),
    alarmLimits: watch.limits,
    capture: watch.capture,
    pacedPulse: watch.pacedPulse,
    signs: watch.signsAt(now),
  };
}
