/** The bench: what is done to the patient and the box, kept apart from the front panel. */
import { FAULTS, SENSORS } from '../protocol/messages.ts';
import type { BenchAction, BenchState, HelloMessage } from '../protocol/screen.ts';
import { byId, fillSelect, followSelect, setText } from './dom.ts';

/** Loads of the standard's tests (IEC 60601-2-4 via a device's disclosure: 25 to 175 ohm). */
const LOADS_OHM = [25, 50, 75, 100, 125, 150, 175] as const;
const BATTERY_PCT = [100, 50, 20, 5, 0] as const;

interface Setting {
  id: string;
  choices: readonly { id: string; label: string }[];
  /** What choosing does. */
  act: (value: string) => BenchAction;
  /** What is chosen now. */
  value: (state: BenchState) => string;
}

const onOff = (on: string, off: string) => [
  { id: 'on', label: on },
  { id: 'off', label: off },
];

const SETTINGS: readonly Setting[] = [
  {
    id: 'pads',
    choices: onOff('on the chest', 'off'),
    act: (v) => ({ type: 'pads', on: v === 'on' }),
    value: (s) => (s.padsOn ? 'on' : 'off'),
  },
  {
    id: 'load',
    choices: [
      { id: 'patient', label: 'the patient' },
      ...LOADS_OHM.map((ohm) => ({ id: String(ohm), label: `${ohm} \u03a9 test load` })),
    ],
    act: (v) => ({ type: 'load', ohm: v === 'patient' ? null : Number(v) }),
    value: (s) => (s.loadOhm === null ? 'patient' : String(s.loadOhm)),
  },
  {
    id: 'plug',
    choices: onOff('plugged in', 'pulled out'),
    act: (v) => ({ type: 'plug', on: v === 'on' }),
    value: (s) => (s.plugged ? 'on' : 'off'),
  },
  {
    id: 'battery',
    choices: BATTERY_PCT.map((pct) => ({ id: String(pct), label: `${pct} %` })),
    act: (v) => ({ type: 'battery', pct: Number(v) }),
    // A battery that is used stands between two of them.
    value: (s) => String(BATTERY_PCT.find((pct) => s.batteryPct >= pct - 1) ?? 0),
  },
];

const HANDS = [
  { id: 'cpr', label: 'chest compressions' },
  { id: 'ventilation', label: 'ventilation' },
  { id: 'motion', label: 'carried (motion)' },
  { id: 'muscle', label: 'muscle tremor' },
  { id: 'wander', label: 'deep breathing' },
] as const;
const SENSOR_LABELS: Readonly<Record<(typeof SENSORS)[number], string>> = {
  spo2: 'SpO\u2082',
  co2: 'CO\u2082',
  nibp: 'cuff',
  temperature: 'temperature',
  compression: 'compression depth',
};

export class BenchPanel {
  private readonly rhythm = byId('rhythm', HTMLSelectElement);
  private readonly fault = byId('fault', HTMLSelectElement);
  private readonly more = byId('bench-more', HTMLDetailsElement);
  private faults: readonly string[] = [];

  constructor(act: (action: BenchAction) => void) {
    this.rhythm.addEventListener('change', () => act({ type: 'rhythm', rhythm: this.rhythm.value }));
    for (const { id, choices, act: actionOf } of SETTINGS) {
      const select = byId(id, HTMLSelectElement);
      fillSelect(select, choices);
      select.addEventListener('change', () => act(actionOf(select.value)));
    }
    fillSelect(this.fault, [{ id: '', label: 'none' }, ...FAULTS.map((name) => ({ id: name, label: name }))]);
    this.boxes('hands', HANDS, (hands, on) => act({ type: 'hands', hands, on }));
    const sensors = SENSORS.map((id) => ({ id, label: SENSOR_LABELS[id] }));
    this.boxes('sensors', sensors, (sensor, on) => act({ type: 'sensor', sensor, on }));
    this.fault.addEventListener('change', () => {
      const chosen = this.fault.value;
      for (const fault of this.faults) if (fault !== chosen) act({ type: 'fault', fault, on: false });
      if (chosen !== '') act({ type: 'fault', fault: chosen, on: true });
    });
  }

  hello(message: HelloMessage): void {
    fillSelect(this.rhythm, message.rhythms);
    byId('rhythm-label', HTMLElement).hidden = message.rhythms.length === 0;
    const source = byId('source', HTMLElement);
    const { kind, name } = message.source;
    source.hidden = kind === 'rhythm' || message.rhythms.length > 0;
    setText(source, kind === 'record' ? `Recording ${name.replace(/^.*\//, '')}` : `Device ${name}`);
    source.title = name;
  }

  /** Null where this server has no bench: the box belongs to somebody else. */
  update(state: BenchState | null): void {
    this.more.hidden = state === null;
    if (state === null) return;
    this.faults = state.faults;
    followSelect(this.rhythm, state.rhythm);
    for (const { id, value } of SETTINGS) followSelect(byId(id, HTMLSelectElement), value(state));
    setText(byId('bench-problem', HTMLElement), state.problem);
    followSelect(this.fault, state.faults[0] ?? '');
    this.followBoxes('hands', state.hands);
    const { sensorsOff } = state;
    this.followBoxes('sensors', sensorsOff && SENSORS.filter((id) => !sensorsOff.includes(id)));
  }

  private boxes(
    id: string,
    choices: readonly { id: string; label: string }[],
    act: (id: string, on: boolean) => void,
  ): void {
    for (const choice of choices) {
      const label = document.createElement('label');
      const box = document.createElement('input');
      box.type = 'checkbox';
      box.name = choice.id;
      box.addEventListener('change', () => act(choice.id, box.checked));
      label.append(box, choice.label);
      byId(id, HTMLFieldSetElement).append(label);
    }
  }

  /** Null where this bench cannot. */
  private followBoxes(id: string, on: readonly string[] | null): void {
    const group = byId(id, HTMLFieldSetElement);
    group.hidden = on === null;
    for (const box of group.querySelectorAll('input')) box.checked = on?.includes(box.name) === true;
  }
}
