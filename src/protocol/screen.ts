/**
 * What the monitor's page and its server say to each other over the WebSocket.
 *
 * Server to page: waveform in binary (`encodeWave`), everything else as one JSON object a message (`ServerMessage`).
 * Page to server: JSON (`PageMessage`), of two kinds that never mix: what the operator does at the front panel, and what
 * the bench does to the patient and to the box behind the therapy's back. The page decides nothing: which buttons are
 * live comes in `status.dead`, computed from the therapy machine's table.
 *
 *   wave packet, little-endian:  u8 kind (1) | u8 leads | u16 n | f32 fs | f64 firstSample | f32 mV [lead][n], NaN = not measured
 */
import type { Advice } from '../core/advice.ts';
import type {
  AlarmLimits,
  AlarmSound,
  DelayReason,
  LinkState,
  OperatorAction,
  PacingSettings,
  PatientType,
  RateSource,
  SessionEvent,
  SlowWave,
  TherapyMode,
  TherapyState,
  VitalSigns,
} from '../core/session-events.ts';
import type { Hertz, Joules, Ohms, SampleIndex } from '../core/units.ts';

export const SCREEN_VERSION = 1;
/** What the waveform was filtered to, for the eye; the analysis hears all of it. */
export const DISPLAY_BAND_HZ = { low: 0.5, high: 40 } as const;
const WAVE_KIND = 1;
const WAVE_HEADER_BYTES = 16;

/** The front panel's buttons. */
export const CONTROLS = [
  'selectEnergy',
  'charge',
  'shock',
  'disarm',
  'sync',
  'mode',
  'analyse',
  'patient',
  'pace',
  'pacePause',
  'sourceEcg',
  'sourceSpo2',
  'nibp',
] as const;
export type Control = (typeof CONTROLS)[number];

export interface Choice {
  id: string;
  label: string;
}

/** Sent first to every page that connects. */
export interface HelloMessage {
  type: 'hello';
  screen: number;
  version: string;
  seed: string;
  /** Of the prompts: a BCP 47 tag. */
  language: string;
  /** Where the signal comes from: our patient, a recording, or a box that this server did not start. */
  source: { kind: 'rhythm' | 'record' | 'device'; name: string };
  /** What the bench can set; empty where there is no bench. */
  rhythms: readonly Choice[];
  /** What each number in the evidence means, by its name. */
  glossary: Readonly<Record<string, string>>;
}

/** The whole picture, sent on every change and a few times a second. */
export interface StatusMessage {
  type: 'status';
  /** Seconds on the stream's sample clock. */
  t: number;
  link: LinkState;
  linkWhy: string;
  therapy: TherapyState;
  mode: TherapyMode;
  sync: boolean;
  energyJ: Joules;
  /** What the model on the cable offers. */
  energiesJ: readonly Joules[];
  /** Null before a box has answered. */
  device: { model: string; leadNames: readonly string[] } | null;
  chargePct: number;
  storedJ: Joules;
  /** Until an unused charge is taken away; null where there is none. */
  disarmsInS: number | null;
  /** Beats a minute, or null while there is nothing to count. */
  heartRate: number | null;
  leadsOff: boolean;
  impedanceOhm: Ohms | null;
  batteryPct: number | null;
  shocks: number;
  /** Of this session; null before one. `agoS`: since then. */
  lastShock: { n: number; deliveredJ: Joules; agoS: number } | null;
  /** Energies of the first, second, ... shock, whose plan it is, and which is proposed now (null: none, or it is selected). */
  plan: { name: string; energiesJ: readonly Joules[]; proposedJ: Joules | null };
  /** AED: what the analysis waits for, and what to do; null while it does not wait. */
  delay: { why: DelayReason; text: string } | null;
  source: RateSource;
  /** Of the other sensors; null: not measured now, never an old number. Null altogether where there are no sensors. */
  vitals: ScreenVitals | null;
  faults: readonly string[];
  prompt: string;
  advice: Pick<Advice, 'verdict' | 'rhythm' | 'score' | 'evidence'> | null;
  /** What is wrong now, the gravest first; `latched`: it has gone and waits to be acknowledged. */
  alarms: readonly { alarm: string; priority: AlarmPriority; state: AlarmState; text: string }[];
  alarmSound: { sound: AlarmSound; leftS: number };
  alarmLimits: AlarmLimits;
  patient: PatientType;
  pacing: {
    state: 'off' | 'pacing' | 'paused';
    settings: Readonly<PacingSettings>;
    capture: string;
    pulse: string;
    onLinkLoss: 'takeOver' | 'stop';
    /** What the capture means, and what to do. */
    words: string;
  };
  /** Null where this server has no bench. */
  bench: BenchState | null;
  /** Why a button is not live; a button that is not named is live. */
  dead: Partial<Record<Control, string>>;
}

type MeasuredSign = Exclude<keyof VitalSigns, 'states'>;
export type ScreenVitals = Readonly<Record<MeasuredSign, number | null>> & {
  readonly states: readonly string[];
};

type AlarmEvent = Extract<SessionEvent, { type: 'alarm' }>;
export type AlarmPriority = AlarmEvent['priority'];
export type AlarmState = AlarmEvent['state'];

export interface EventMessage {
  type: 'event';
  event: SessionEvent;
}

export type ServerMessage = HelloMessage | StatusMessage | EventMessage;

/** What the bench does: to the patient and to the box, never through the therapy cable. */
export type BenchAction =
  | { type: 'rhythm'; rhythm: string }
  | { type: 'pads'; on: boolean }
  /** A resistor between the pads; null gives them back to the patient. */
  | { type: 'load'; ohm: Ohms | null }
  | { type: 'battery'; pct: number }
  | { type: 'fault'; fault: string; on: boolean }
  /** A sensor of the vital signs is plugged in or out. */
  | { type: 'sensor'; sensor: string; on: boolean }
  /** What others do to the patient: compressions, ventilation, muscle tremor, being moved. */
  | { type: 'hands'; hands: string; on: boolean }
  /** The therapy cable. */
  | { type: 'plug'; on: boolean };

/** How the bench has set patient and box. */
export interface BenchState {
  rhythm: string;
  padsOn: boolean;
  loadOhm: Ohms | null;
  batteryPct: number;
  faults: readonly string[];
  /** Sensors that are unplugged, and what is done to the patient; null where the bench cannot. */
  sensorsOff: readonly string[] | null;
  hands: readonly string[] | null;
  plugged: boolean;
  /** The recording that plays the patient is over. */
  ended: boolean;
  /** Why the last thing could not be done; '' when it was. */
  problem: string;
}

export type PageMessage =
  { type: 'operate'; action: OperatorAction } | { type: 'bench'; action: BenchAction };

export interface ScreenWave {
  fs: Hertz;
  firstSample: SampleIndex;
  n: number;
  leads: readonly Float32Array[];
}

export function encodeWave(
  fs: Hertz,
  firstSample: SampleIndex,
  n: number,
  leads: readonly ArrayLike<number>[],
): Uint8Array {
  const bytes = new Uint8Array(WAVE_HEADER_BYTES + 4 * n * leads.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, WAVE_KIND);
  view.setUint8(1, leads.length);
  view.setUint16(2, n, true);
  view.setFloat32(4, fs, true);
  view.setFloat64(8, firstSample, true);
  let at = WAVE_HEADER_BYTES;
  for (const lead of leads) {
    for (let i = 0; i < n; i++, at += 4) view.setFloat32(at, lead[i], true);
  }
  return bytes;
}

/** Undefined where the bytes are no wave packet of this version. */
export function decodeWave(bytes: Uint8Array): ScreenWave | undefined {
  if (bytes.length < WAVE_HEADER_BYTES || bytes[0] !== WAVE_KIND) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const leadCount = view.getUint8(1);
  const n = view.getUint16(2, true);
  if (bytes.length !== WAVE_HEADER_BYTES + 4 * n * leadCount) return undefined;
  const leads: Float32Array[] = [];
  for (let k = 0, at = WAVE_HEADER_BYTES; k < leadCount; k++) {
    const lead = new Float32Array(n);
    for (let i = 0; i < n; i++, at += 4) lead[i] = view.getFloat32(at, true);
    leads.push(lead);
  }
  return { fs: view.getFloat32(4, true), firstSample: view.getFloat64(8, true), n, leads };
}

const SLOW_KIND = 2;
const SLOW_HEADER_BYTES = 24;
const SLOW_NAMES: readonly SlowWave['name'][] = ['pleth', 'co2', 'compression'];

/** A slow wave of another sensor, as it is drawn. */
export interface ScreenSlowWave {
  name: SlowWave['name'];
  fs: Hertz;
  firstSample: SampleIndex;
  everySamples: number;
  values: Float32Array;
}

/** little-endian: u8 kind (2) | u8 name | u16 n | f32 fs | f64 firstSample | u32 everySamples | u32 0 | f32 value[n] */
export function encodeSlowWave(fs: Hertz, { name, firstSample, everySamples, values }: SlowWave): Uint8Array {
  const bytes = new Uint8Array(SLOW_HEADER_BYTES + 4 * values.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, SLOW_KIND);
  view.setUint8(1, SLOW_NAMES.indexOf(name));
  view.setUint16(2, values.length, true);
  view.setFloat32(4, fs, true);
  view.setFloat64(8, firstSample, true);
  view.setUint32(16, everySamples, true);
  values.forEach((v, i) => view.setFloat32(SLOW_HEADER_BYTES + 4 * i, v, true));
  return bytes;
}

/** Undefined where the bytes are no slow wave of this version. */
export function decodeSlowWave(bytes: Uint8Array): ScreenSlowWave | undefined {
  if (bytes.length < SLOW_HEADER_BYTES || bytes[0] !== SLOW_KIND) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = SLOW_NAMES.at(view.getUint8(1));
  const n = view.getUint16(2, true);
  if (name === undefined || bytes.length !== SLOW_HEADER_BYTES + 4 * n) return undefined;
  const values = Float32Array.from({ length: n }, (_, i) => view.getFloat32(SLOW_HEADER_BYTES + 4 * i, true));
  const [fs, firstSample] = [view.getFloat32(4, true), view.getFloat64(8, true)];
  return { name, fs, firstSample, everySamples: view.getUint32(16, true), values };
}

/** A message of the page, checked to the last field; undefined for everything else. */
export function parsePageMessage(text: string): PageMessage | undefined {
  const message = parseObject(text);
  const action = asObject(message?.['action']);
  if (message === undefined || action === undefined) return undefined;
  if (message['type'] === 'operate') {
    const operate = operatorAction(action);
    return operate && { type: 'operate', action: operate };
  }
  if (message['type'] === 'bench') {
    const bench = benchAction(action);
    return bench && { type: 'bench', action: bench };
  }
  return undefined;
}

/** The server is ours and of the same build: only the kind is looked at. */
export function parseServerMessage(text: string): ServerMessage | undefined {
  const message = parseObject(text);
  const known = ['hello', 'status', 'event'].includes(String(message?.['type']));
  return known ? (message as unknown as ServerMessage) : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

function patientKey({ patient, weightKg }: Fields): OperatorAction | undefined {
  if (patient !== 'adult' && patient !== 'child') return undefined;
  if (weightKg === undefined) return { type: 'patient', patient };
  return isNumber(weightKg, 0, 1000) ? { type: 'patient', patient, weightKg } : undefined;
}

function operatorAction(a: Fields): OperatorAction | undefined {
  switch (a['type']) {
    case 'charge':
    case 'shock':
    case 'release':
    case 'disarm':
    case 'analyse':
      return { type: a['type'] };
    case 'selectEnergy':
      return isNumber(a['energyJ'], 0, 1000) ? { type: 'selectEnergy', energyJ: a['energyJ'] } : undefined;
    case 'sync':
      return typeof a['on'] === 'boolean' ? { type: 'sync', on: a['on'] } : undefined;
    case 'patient':
      return patientKey(a);
    case 'alarms':
      return oneOf(a['key'], ALARM_KEYS) ? { type: 'alarms', key: a['key'] } : undefined;
    case 'alarmLimits': {
      const limits = numbersOf(a['limits'], LIMIT_NAMES);
      return limits && { type: 'alarmLimits', limits };
    }
    case 'pace':
      return oneOf(a['key'], PACE_KEYS) ? { type: 'pace', key: a['key'] } : undefined;
    case 'paceSet':
      return paceSettings(a['settings']);
    case 'paceLinkLoss':
      return oneOf(a['does'], LINK_LOSS) ? { type: 'paceLinkLoss', does: a['does'] } : undefined;
    case 'source':
      return oneOf(a['source'], SOURCES) ? { type: 'source', source: a['source'] } : undefined;
    case 'nibp':
      return typeof a['start'] === 'boolean' && isNumber(a['everyS'], 0, 3600)
        ? { type: 'nibp', start: a['start'], everyS: a['everyS'] }
        : undefined;
    case 'mode':
      return a['mode'] === 'manual' || a['mode'] === 'aed' ? { type: 'mode', mode: a['mode'] } : undefined;
    default:
      return undefined;
  }
}

const ALARM_KEYS = ['silence', 'pause', 'acknowledge'] as const;
const SOURCES = ['pads', 'ecg', 'spo2'] as const;
const LINK_LOSS = ['takeOver', 'stop'] as const;
const LIMIT_NAMES = [
  ...(['bpmLow', 'bpmHigh', 'spo2Low', 'systolicLow', 'systolicHigh'] as const),
  ...(['etco2Low', 'etco2High', 'batteryPct'] as const),
] as const satisfies readonly (keyof AlarmLimits)[];
const PACE_KEYS = ['start', 'stop', 'pause', 'resume'] as const;
const PACE_NUMBERS = ['ratePpm', 'currentMa', 'widthMs'] as const;

/** Whether the numbers are in range is the session's to say: it has the words for it. */
function paceSettings(value: unknown): OperatorAction | undefined {
  const mode = asObject(value)?.['mode'];
  const numbers = numbersOf(value, PACE_NUMBERS);
  if (numbers === undefined) return undefined;
  if (mode === undefined) return { type: 'paceSet', settings: numbers };
  return mode === 'fixed' || mode === 'demand'
    ? { type: 'paceSet', settings: { ...numbers, mode } }
    : undefined;
}

/** Those of the named numbers that are there; undefined where one of them is no number. */
function numbersOf<K extends string>(
  value: unknown,
  names: readonly K[],
): Partial<Record<K, number>> | undefined {
  const fields = asObject(value);
  if (fields === undefined) return undefined;
  const found: Partial<Record<K, number>> = {};
  for (const name of names) {
    const number = fields[name];
    if (number === undefined) continue;
    if (typeof number !== 'number' || !Number.isFinite(number)) return undefined;
    found[name] = number;
  }
  return found;
}

function oneOf<T extends string>(value: unknown, choices: readonly T[]): value is T {
  return (choices as readonly unknown[]).includes(value);
}

function benchAction(a: Fields): BenchAction | undefined {
  switch (a['type']) {
    case 'rhythm':
      return typeof a['rhythm'] === 'string' ? { type: 'rhythm', rhythm: a['rhythm'] } : undefined;
    case 'pads':
    case 'plug':
      return typeof a['on'] === 'boolean' ? { type: a['type'], on: a['on'] } : undefined;
    case 'load':
      if (a['ohm'] === null) return { type: 'load', ohm: null };
      return isNumber(a['ohm'], 0, 1000) ? { type: 'load', ohm: a['ohm'] } : undefined;
    case 'fault':
      return typeof a['fault'] === 'string' && typeof a['on'] === 'boolean'
        ? { type: 'fault', fault: a['fault'], on: a['on'] }
        : undefined;
    case 'sensor':
      return typeof a['sensor'] === 'string' && typeof a['on'] === 'boolean'
        ? { type: 'sensor', sensor: a['sensor'], on: a['on'] }
        : undefined;
    case 'hands':
      return typeof a['hands'] === 'string' && typeof a['on'] === 'boolean'
        ? { type: 'hands', hands: a['hands'], on: a['on'] }
        : undefined;
    case 'battery':
      return isNumber(a['pct'], 0, 100) ? { type: 'battery', pct: a['pct'] } : undefined;
    default:
      return undefined;
  }
}

function parseObject(text: string): Fields | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined; // not JSON: the caller drops it
  }
}

function asObject(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
}

function isNumber(value: unknown, low: number, high: number): value is number {
  return typeof value === 'number' && value >= low && value <= high;
}
