/**
 * What watches the patient: the alarms with their limits and keys, and whether the pacer captures.
 *
 * It is told what was measured and tells what changed; nothing here reaches the box.
 */
import { AlarmMachine } from '../control/alarms.ts';
import type { AlarmChange, Vitals } from '../control/alarms.ts';
import { CaptureWatch, pacedPulse } from '../control/capture.ts';
import { PATIENTS } from '../control/patients.ts';
import type { Told } from '../control/told.ts';
import type {
  AlarmLimits,
  AlarmSound,
  CaptureState,
  OperatorAction,
  PacedPulse,
  PacingSettings,
  PatientType,
  VitalSigns,
} from '../core/session-events.ts';
import type { Hertz, Microseconds, SampleIndex } from '../core/units.ts';

export type WatchKey = Extract<OperatorAction, { type: 'alarms' | 'alarmLimits' }>;

/** Vital signs come once a second. */
const SIGNS_OLD_US: Microseconds = 3_000_000;

export class Watch {
  private signs: VitalSigns | undefined;
  private signsUs: Microseconds = -Infinity;
  private readonly alarms = new AlarmMachine();
  private readonly tell: (event: Told) => void;
  private captureWatch: CaptureWatch | undefined;
  private toldSound: AlarmSound = 'on';
  private seenCapture: CaptureState = 'off';
  private seenPulse: PacedPulse = 'notMeasured';

  constructor(tell: (event: Told) => void) {
    this.tell = tell;
  }

  /** The other sensors have spoken. */
  hear(signs: VitalSigns, now: Microseconds): void {
    this.signs = signs;
    this.signsUs = now;
  }

  /** What was said before the link was lost is not known any more. */
  forgetSigns(): void {
    this.signs = undefined;
  }

  /** The newest of the other sensors; undefined where there are none, or where they have fallen silent: never an old number. */
  signsAt(now: Microseconds): VitalSigns | undefined {
    return now - this.signsUs <= SIGNS_OLD_US ? this.signs : undefined;
  }

  /** Names, the gravest first. */
  get active(): readonly string[] {
    return this.alarms.active;
  }
  get shown(): readonly AlarmChange[] {
    return this.alarms.shown;
  }
  get limits(): AlarmLimits {
    return this.alarms.limits;
  }
  get capture(): CaptureState {
    return this.seenCapture;
  }
  /** At the finger, while pacing. */
  get pacedPulse(): PacedPulse {
    return this.seenPulse;
  }

  sound(now: Microseconds): { sound: AlarmSound; until: Microseconds } {
    return this.alarms.sound(now);
  }

  /** A stream begins. */
  startStream(fs: Hertz): void {
    this.captureWatch = new CaptureWatch(fs);
  }

  beat(sample: SampleIndex): void {
    this.captureWatch?.beat(sample);
  }

  /** The box has given a pulse. */
  pulse(sample: SampleIndex): void {
    this.captureWatch?.pulse(sample);
  }

  /** Undefined when the key did something; else why not. */
  operate(action: WatchKey, now: Microseconds): string | undefined {
    if (action.type === 'alarmLimits') return this.setLimits(action.limits);
    if (action.key === 'silence') this.alarms.silence(now);
    else if (action.key === 'pause') this.alarms.pause(now);
    else this.tellAlarms(this.alarms.acknowledge());
    this.tellSound(now);
    return undefined;
  }

  setPatient(patient: PatientType): void {
    this.setLimits(PATIENTS[patient].limits);
  }

  /** What was measured, against the limits. */
  update(vitals: Vitals, now: Microseconds): void {
    const { capture, pacedPulse } = this;
    const signs = this.signsAt(now);
    this.tellAlarms(this.alarms.update({ ...vitals, signs, capture, pacedPulse }, now));
    this.tellSound(now);
  }

  watchPacer(isPacing: boolean, settings: PacingSettings, sample: SampleIndex, now: Microseconds): void {
    const capture = this.captureWatch?.state(isPacing, settings, sample) ?? 'off';
    const pulse = isPacing ? pacedPulse(this.signsAt(now), settings) : 'notMeasured';
    if (capture === this.seenCapture && pulse === this.seenPulse) return;
    this.seenCapture = capture;
    this.seenPulse = pulse;
    this.tell({ type: 'capture', capture, pulse });
  }

  private setLimits(wanted: Partial<AlarmLimits>): string | undefined {
    const why = this.alarms.setLimits(wanted);
    if (why === undefined) this.tell({ type: 'alarmLimits', ...this.alarms.limits });
    return why;
  }

  /** Also when it ends by itself, or because something new came. */
  private tellSound(now: Microseconds): void {
    const { sound, until } = this.alarms.sound(now);
    if (sound === this.toldSound) return;
    this.toldSound = sound;
    this.tell({ type: 'alarmSound', sound, seconds: sound === 'on' ? 0 : (until - now) / 1e6 });
  }

  private tellAlarms(changes: readonly AlarmChange[]): void {
    for (const change of changes) this.tell({ type: 'alarm', ...change });
  }
}
