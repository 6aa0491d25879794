/**
 * What happens in a session, as everybody tells it: the lines of `rwave treat --json`, the monitor's event list
 * and the black box are these objects. `t` is seconds on the stream's sample clock, `sample` the same instant at
 * the stream's rate.
 */
import type { BeatClass } from './beat.ts';
import type { Block } from './block.ts';
import type { Evidence, RhythmName, Verdict } from './advice.ts';
import type { Joules, Millivolts, Ohms, SampleIndex } from './units.ts';

/** The host's picture of the box. The box has its own, and the last word. */
export type TherapyState = 'standby' | 'charging' | 'ready' | 'awaitingR' | 'delivering' | 'disarming';
export type LinkState = 'down' | 'up' | 'stale' | 'lost';
export type TherapyMode = 'manual' | 'aed';
/** Why the AED's analysis cannot say anything yet (control/delay.ts). */
export type DelayReason = 'compressions' | 'motion' | 'interference' | 'electrodes' | 'undecided';
/** Whether the analysed lead can be trusted (detect/signal-quality.ts); `flat` may be an asystole. */
export type SignalState = 'good' | 'leadsOff' | 'saturated' | 'flat';

/** What a person at the front panel can do. */
export type OperatorAction =
  | { type: 'selectEnergy'; energyJ: Joules }
  | { type: 'charge' }
  | { type: 'shock' }
  /** Lets go of SHOCK while a synchronized shock waits for its R. */
  | { type: 'release' }
  | { type: 'disarm' }
  | { type: 'sync'; on: boolean }
  | { type: 'mode'; mode: TherapyMode }
  | { type: 'analyse' }
  | { type: 'alarms'; key: 'silence' | 'pause' | 'acknowledge' }
  | { type: 'alarmLimits'; limits: Partial<AlarmLimits> }
  | { type: 'patient'; patient: PatientType; weightKg?: number }
  | { type: 'pace'; key: 'start' | 'stop' | 'pause' | 'resume' }
  /** What becomes of pacing that outlived a lost link. */
  | { type: 'paceLinkLoss'; does: 'takeOver' | 'stop' }
  | { type: 'source'; source: RateSource }
  /** The cuff: now, and every so many seconds (0: never again; without `start` that lets the air out). */
  | { type: 'nibp'; start: boolean; everyS: number }
  | { type: 'paceSet'; settings: Partial<PacingSettings> };

/** Whom the limits and the AED's energies are for. */
export type PatientType = 'adult' | 'child';

/** Where an alarm begins; a value at the limit is none yet. */
export interface AlarmLimits {
  bpmLow: number;
  bpmHigh: number;
  spo2Low: number;
  systolicLow: number;
  systolicHigh: number;
  etco2Low: number;
  etco2High: number;
  batteryPct: number;
}

/** `silenced`: nothing sounds until something new comes; `paused`: nothing new is raised either. Both end by themselves. */
export type AlarmSound = 'on' | 'silenced' | 'paused';

export interface PacingSettings {
  mode: 'fixed' | 'demand';
  ratePpm: number;
  currentMa: number;
  widthMs: number;
}

/** Does the heart follow the pacer: by the wave (`ownRhythm`: it beats by itself), and by the pulse at the finger. */
export type CaptureState = 'off' | 'waiting' | 'captured' | 'partly' | 'none' | 'ownRhythm';
export type PacedPulse = 'notMeasured' | 'present' | 'absent' | 'other';

/** Where the heart rate comes from. Pads and ECG are analysed and trigger SYNC, too; SpO2 gives the pulse rate alone. */
export type RateSource = 'pads' | 'ecg' | 'spo2';

interface At {
  t: number;
  sample: SampleIndex;
}

export interface ShockReport {
  armId: number;
  synchronized: boolean;
  selectedJ: Joules;
  storedJ: Joules;
  deliveredJ: Joules;
  peakV: number;
  peakA: number;
  impedanceOhm: Ohms;
  /** How long the bridge conducted each way; a second phase of 0: monophasic. NaN: the box does not tell. */
  firstPhaseMs: number;
  secondPhaseMs: number;
  /** Of the voltage in the capacitor, first edge to last. */
  tiltPct: number;
  /** By the box's clock, from its own R trigger's R to the first edge; NaN when not synchronized. */
  rToShockMs: number;
}

/** What the other sensors measured, once a second where the session asks for it. NaN: not measured. */
export interface VitalSigns {
  spo2Pct: number;
  pulsePerMin: number;
  etco2MmHg: number;
  breathsPerMin: number;
  systolicMmHg: number;
  diastolicMmHg: number;
  meanMmHg: number;
  /** Since the cuff found the pressure. */
  pressureAgeS: number;
  temperatureC: number;
  compressionMm: number;
  compressionsPerMin: number;
  /** Raw, as the box says them: sensors that are off, no pulse, no breath. */
  states: readonly string[];
}

export type SessionEvent = At &
  (
    | { type: 'device'; model: string; firmware: string; simulated: boolean; session: number }
    | { type: 'link'; link: LinkState; why: string }
    | { type: 'beat'; decidedAt: SampleIndex; beatClass: BeatClass; rrMs: number; late: boolean }
    | { type: 'sync'; decidedAt: SampleIndex; by: 'box' | 'host' }
    | { type: 'heartRate'; bpm: number }
    | { type: 'quality'; quality: SignalState }
    /** What is taken out of the analysed lead; 0: nothing. */
    | { type: 'mains'; hz: 0 | 50 | 60 }
    /** Found in the wave, or (size NaN) given by the box. */
    | { type: 'pacePulse'; sizeMv: Millivolts }
    | { type: 'capture'; capture: CaptureState; pulse: PacedPulse }
    | { type: 'source'; source: RateSource }
    | { type: 'paceLinkLoss'; does: 'takeOver' | 'stop' }
    | {
        type: 'advice';
        from: number;
        to: number;
        verdict: Verdict;
        rhythm: RhythmName;
        score: number;
        evidence: readonly Evidence[];
      }
    | { type: 'state'; therapy: TherapyState; was: TherapyState; by: string }
    | { type: 'mode'; mode: TherapyMode }
    | { type: 'energy'; energyJ: Joules }
    | { type: 'syncMode'; on: boolean }
    /** `name` is the same in every language. */
    | { type: 'prompt'; name: string; text: string }
    /** `none`: the analysis goes on. `text` says what happened and what to do. */
    | { type: 'delay'; why: DelayReason | 'none'; text: string }
    /** Energies of the first, second, ... shock, and whose plan it is. */
    | { type: 'plan'; guideline: string; energiesJ: readonly Joules[] }
    /** After the n-th shock: the plan's next energy. A person selects it, or another. */
    | { type: 'proposal'; shocks: number; energyJ: Joules }
    | { type: 'charged'; energyJ: Joules; armId: number }
    | ({ type: 'shock' } & ShockReport)
    | { type: 'aborted'; why: string }
    | { type: 'disarmed'; why: string; leftJ: Joules }
    | { type: 'refused'; action: string; state: TherapyState; why: string; by: 'host' | 'box' }
    | { type: 'fault'; fault: string; on: boolean }
    | { type: 'gap'; lost: number }
    | ({ type: 'vitals' } & VitalSigns)
    | {
        type: 'alarm';
        alarm: string;
        priority: 'high' | 'medium' | 'low';
        /** `latched`: what caused it has gone; it waits to be acknowledged. */
        state: 'on' | 'latched' | 'off';
        text: string;
      }
    | { type: 'alarmSound'; sound: AlarmSound; seconds: number }
    | ({ type: 'alarmLimits' } & AlarmLimits)
    /** `weightKg`: of a child, where it is known. */
    | { type: 'patient'; patient: PatientType; weightKg?: number }
    | ({ type: 'pacing'; pacing: 'off' | 'pacing' | 'paused' } & PacingSettings)
  );

/** A slow wave of another sensor; the values are valid until the call returns. */
export interface SlowWave {
  name: 'pleth' | 'co2' | 'compression';
  /** On the stream of the ECG. */
  firstSample: SampleIndex;
  everySamples: number;
  /** Share of the full pulse, mmHg, mm; NaN: not measured. */
  values: Float64Array;
}

/** Waveform as the session got it from the box: a block with the names of its leads. */
export interface SessionWave extends Block {
  readonly leadNames: readonly string[];
  /** Range of the front end, for the screen. */
  readonly rangeMv: Millivolts;
}
