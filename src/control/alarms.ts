/**
 * Alarms after the scheme of IEC 60601-1-8: a table of conditions with priority, delay and latching; silence with a time-out.
 *
 * Driven by measured values only. Priorities and delays are ours (the standard's text could not be read, facts 3c [K]); asystole
 * must be told within 5 s and a rate out of limits within 10 s, so the delays stay below that with what the detector takes.
 * A latched alarm stays on the screen after its condition has gone, until somebody acknowledges it.
 */
import type {
  AlarmLimits,
  AlarmSound,
  CaptureState,
  PacedPulse,
  VitalSigns,
} from '../core/session-events.ts';
import type { Microseconds } from '../core/units.ts';
import { outOfRange } from './alarm-limits.ts';
import { PATIENTS } from './patients.ts';

export type AlarmPriority = 'high' | 'medium' | 'low';

/** What was measured. NaN: not known. */
export interface Vitals {
  bpm: number;
  /** Since the newest R wave; Infinity when none was ever seen on a good signal. */
  silenceS: number;
  /** The analysis says VF or VT. */
  shockable: boolean;
  leadOff: boolean;
  padsOff: boolean;
  linkLost: boolean;
  batteryPct: number;
  faults: readonly string[];
  /** Of the other sensors, where there are any. */
  signs?: VitalSigns | undefined;
  /** While the pacer paces. */
  capture?: CaptureState;
  pacedPulse?: PacedPulse;
}

interface AlarmRow {
  priority: AlarmPriority;
  delayMs: number;
  latching: boolean;
  /** What happened, and what to do. */
  text: string;
  holds: (v: Vitals, limits: AlarmLimits) => boolean;
}

/** With a lead off or the link gone nothing is known of the heart: that is told by its own alarm. */
const sees = (v: Vitals): boolean => !v.leadOff && !v.linkLost;
/** The shown rate is an average and lags by itself: with 3 s more the slow wave 3b is told after 11.5 s (measured). */
const RATE_DELAY_MS = 1000;
/** NaN and what is not there is outside of nothing. */
const isOutside = (value: number | undefined, low: number, high: number): boolean =>
  value !== undefined && (value < low || value > high);
/** Without a breath the apnoea alarm tells. */
const breathing = (signs: VitalSigns | undefined): number | undefined =>
  signs !== undefined && signs.breathsPerMin > 0 ? signs.etco2MmHg : undefined;
/** Faults that the alarm for faults leaves out. */
const TOLD_APART: readonly string[] = ['ecgOverload', 'lowBattery', 'chargeFailed'];
/** Longest pause that is not asystole. */
const ASYSTOLE_S = 4;

export const ALARMS = {
  asystole: {
    priority: 'high',
    delayMs: 0,
    latching: true,
    text: 'Asystole: no heart beat for 4 s. Check the patient and the leads.',
    holds: (v) => sees(v) && !v.shockable && v.silenceS >= ASYSTOLE_S,
  },
  shockable: {
    priority: 'high',
    delayMs: 0,
    latching: true,
    text: 'VF or VT: check the patient, start compressions, charge.',
    holds: (v) => sees(v) && v.shockable,
  },
  rateHigh: {
    priority: 'medium',
    delayMs: RATE_DELAY_MS,
    latching: false,
    text: 'Heart rate over its limit. Check the patient.',
    holds: (v, limits) => sees(v) && v.bpm > limits.bpmHigh,
  },
  rateLow: {
    priority: 'medium',
    delayMs: RATE_DELAY_MS,
    latching: false,
    text: 'Heart rate under its limit. Check the patient.',
    holds: (v, limits) => sees(v) && v.bpm < limits.bpmLow,
  },
  spo2Low: {
    priority: 'medium',
    delayMs: 10_000,
    latching: false,
    text: 'SpO2 under its limit: check breathing and oxygen, then the sensor.',
    holds: (v, limits) => !v.linkLost && v.signs !== undefined && v.signs.spo2Pct < limits.spo2Low,
  },
  apnoea: {
    priority: 'high',
    delayMs: 20_000,
    latching: false,
    text: 'Apnoea: no breath for 20 s. Check the airway, ventilate.',
    holds: (v) => !v.linkLost && v.signs?.breathsPerMin === 0,
  },
  co2: {
    priority: 'medium',
    delayMs: 10_000,
    latching: false,
    text: 'End-tidal CO2 outside its limits: check ventilation, circulation and the tube.',
    holds: (v, { etco2Low, etco2High }) => !v.linkLost && isOutside(breathing(v.signs), etco2Low, etco2High),
  },
  pressure: {
    priority: 'medium',
    delayMs: 0,
    latching: false,
    text: 'Blood pressure outside its limits: check the patient, measure again.',
    holds: (v, { systolicLow, systolicHigh }) =>
      !v.linkLost && isOutside(v.signs?.systolicMmHg, systolicLow, systolicHigh),
  },
  pacedNoPulse: {
    priority: 'high',
    delayMs: 3000,
    latching: false,
    text: 'Pacing without a pulse: electrical capture only. Check the pulse, start compressions.',
    holds: (v) => sees(v) && v.capture === 'captured' && v.pacedPulse === 'absent',
  },
  noCapture: {
    priority: 'high',
    delayMs: 2000,
    latching: false,
    text: 'The pacer does not capture: raise the current, check the pads.',
    holds: (v) => sees(v) && v.capture === 'none',
  },
  padsOff: {
    priority: 'medium',
    delayMs: 1000,
    latching: false,
    text: 'Pads off: press both pads on firmly.',
    holds: (v) => !v.linkLost && v.padsOff,
  },
  leadOff: {
    priority: 'low',
    delayMs: 1000,
    latching: false,
    text: 'ECG lead off: the heart is not watched. Attach the lead.',
    holds: (v) => !v.linkLost && v.leadOff,
  },
  linkLost: {
    priority: 'medium',
    delayMs: 0,
    latching: false,
    text: 'No connection to the defibrillator: check the cable.',
    holds: (v) => v.linkLost,
  },
  battery: {
    priority: 'low',
    delayMs: 0,
    latching: false,
    text: 'Battery low: connect the charger.',
    holds: (v, limits) => v.batteryPct < limits.batteryPct,
  },
  chargeFailed: {
    priority: 'medium',
    delayMs: 0,
    latching: false,
    text: 'The charge failed: try again, connect the charger, have another device ready.',
    holds: (v) => v.faults.includes('chargeFailed'),
  },
  fault: {
    priority: 'medium',
    delayMs: 0,
    latching: false,
    text: 'The defibrillator reports a fault: see the fault list, have another device ready.',
    // Those with an alarm of their own; and the amplifiers hang after every shock: that is no fault of the device.
    holds: (v) => v.faults.some((fault) => !TOLD_APART.includes(fault)),
  },
} satisfies Record<string, AlarmRow>;

export type AlarmName = keyof typeof ALARMS;

export interface AlarmChange {
  alarm: AlarmName;
  priority: AlarmPriority;
  /** `latched`: the condition has gone, the alarm waits to be acknowledged. */
  state: 'on' | 'latched' | 'off';
  text: string;
}

interface Running {
  since: Microseconds;
  state: 'pending' | 'on' | 'latched';
}

const SILENCE_US = 120_000_000;
const PAUSE_US = 120_000_000;
const NAMES = Object.keys(ALARMS) as AlarmName[];

export class AlarmMachine {
  limits: AlarmLimits = PATIENTS.adult.limits;
  private readonly running = new Map<AlarmName, Running>();
  private silentUntil: Microseconds = -Infinity;
  private pausedUntil: Microseconds = -Infinity;

  /** What is shown now, the gravest first. */
  get active(): AlarmName[] {
    const grade = { high: 0, medium: 1, low: 2 };
    return NAMES.filter((name) => (this.running.get(name)?.state ?? 'pending') !== 'pending').sort(
      (a, b) => grade[ALARMS[a].priority] - grade[ALARMS[b].priority],
    );
  }

  /** Nothing sounds for two minutes, unless something new comes. */
  silence(now: Microseconds): void {
    this.silentUntil = now + SILENCE_US;
  }

  isSilent(now: Microseconds): boolean {
    return now < this.silentUntil || now < this.pausedUntil;
  }

  /** Nothing new is raised for two minutes (a patient is being moved); the key again ends it. */
  pause(now: Microseconds): void {
    this.pausedUntil = now < this.pausedUntil ? -Infinity : now + PAUSE_US;
  }

  /** What the keys have done to the sound, and until when. */
  sound(now: Microseconds): { sound: AlarmSound; until: Microseconds } {
    if (now < this.pausedUntil) return { sound: 'paused', until: this.pausedUntil };
    return { sound: now < this.silentUntil ? 'silenced' : 'on', until: this.silentUntil };
  }

  /** Undefined when the limits are taken; else why not, and what to do. */
  setLimits(wanted: Partial<AlarmLimits>): string | undefined {
    const limits = { ...this.limits, ...wanted };
    const why = outOfRange(limits);
    if (why === undefined) this.limits = limits;
    return why;
  }

  /** Ends the alarms whose condition has gone. */
  acknowledge(): AlarmChange[] {
    return NAMES.flatMap((name) =>
      this.running.get(name)?.state === 'latched' && this.running.delete(name) ? [change(name, 'off')] : [],
    );
  }

  update(vitals: Vitals, now: Microseconds): AlarmChange[] {
    return NAMES.flatMap((name) => {
      const row: AlarmRow = ALARMS[name];
      return row.holds(vitals, this.limits) ? this.begin(name, row, now) : this.end(name, row);
    });
  }

  /** With its words and whether it only waits to be acknowledged. */
  get shown(): AlarmChange[] {
    return this.active.map((name) =>
      change(name, this.running.get(name)?.state === 'latched' ? 'latched' : 'on'),
    );
  }

  private begin(name: AlarmName, row: AlarmRow, now: Microseconds): AlarmChange[] {
    const known = this.running.get(name) ?? { since: now, state: 'pending' };
    this.running.set(name, known);
    if (known.state === 'on' || now - known.since < row.delayMs * 1000 || now < this.pausedUntil) return [];
    known.state = 'on';
    this.silentUntil = -Infinity;
    return [change(name, 'on')];
  }

  private end(name: AlarmName, row: AlarmRow): AlarmChange[] {
    const known = this.running.get(name);
    if (known === undefined || known.state === 'latched') return [];
    if (known.state === 'on' && row.latching) {
      known.state = 'latched';
      return [change(name, 'latched')];
    }
    this.running.delete(name);
    return known.state === 'on' ? [change(name, 'off')] : [];
  }
}

function change(alarm: AlarmName, state: AlarmChange['state']): AlarmChange {
  const { priority, text } = ALARMS[alarm];
  return { alarm, priority, state, text };
}
