/** The alarm bar (the gravest alarm, the keys) and its panel: all alarms, the limits, the log. */
import type { OperatorAction, SessionEvent } from '../core/session-events.ts';
import type { AlarmPriority, StatusMessage } from '../protocol/screen.ts';
import { byId, clockText, setData, setText } from './dom.ts';
import { lineOf } from './words.ts';

type Operate = (action: OperatorAction) => void;
type Alarm = StatusMessage['alarms'][number];

/** Seen without colour, too. */
const SIGNS: Readonly<Record<AlarmPriority, string>> = { high: '!!!', medium: '!!', low: '!' };
const LOG_KEPT = 200;
const LIMITS = [
  ...(['bpmLow', 'bpmHigh', 'spo2Low', 'systolicLow', 'systolicHigh', 'etco2Low', 'etco2High'] as const),
];
const LOGGED: readonly SessionEvent['type'][] = ['alarm', 'alarmSound', 'alarmLimits'];

export class AlarmPanel {
  private readonly bar = byId('alarm-bar', HTMLElement);
  private readonly text = byId('alarm-text', HTMLElement);
  private readonly more = byId('alarm-more', HTMLElement);
  private readonly silence = byId('alarm-silence', HTMLButtonElement);
  private readonly pause = byId('alarm-pause', HTMLButtonElement);
  private readonly list = byId('alarm-list', HTMLUListElement);
  private readonly events = byId('alarm-log', HTMLOListElement);
  private readonly inputs = LIMITS.map((key) => [key, byId(`limit-${key}`, HTMLInputElement)] as const);
  private shownLimits = '';
  private shown = '';

  constructor(operate: Operate) {
    this.silence.addEventListener('click', () => operate({ type: 'alarms', key: 'silence' }));
    this.pause.addEventListener('click', () => operate({ type: 'alarms', key: 'pause' }));
    byId('alarm-acknowledge', HTMLButtonElement).addEventListener('click', () =>
      operate({ type: 'alarms', key: 'acknowledge' }),
    );
    byId('alarm-limits', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      const limits = Object.fromEntries(this.inputs.map(([key, input]) => [key, input.valueAsNumber]));
      operate({ type: 'alarmLimits', limits });
    });
  }

  /** A server greets: its past follows. */
  begin(): void {
    this.events.replaceChildren();
  }

  update({ alarms, alarmSound, alarmLimits }: StatusMessage): void {
    const [gravest, ...others] = alarms;
    const priority = (gravest as Alarm | undefined)?.priority ?? 'none';
    setData(this.bar, 'priority', priority);
    setData(this.bar, 'state', (gravest as Alarm | undefined)?.state ?? 'off');
    setText(this.text, alarms.length === 0 ? 'No alarms' : sentence(gravest));
    setText(this.more, others.length === 0 ? '' : `and ${others.length} more`);
    const left = clockText(alarmSound.leftS);
    this.key(this.silence, alarmSound.sound === 'silenced', `Silenced ${left}`, 'Silence');
    this.key(this.pause, alarmSound.sound === 'paused', `Paused ${left}`, 'Pause');
    this.followLimits(alarmLimits);
    this.showList(alarms);
  }

  offline(): void {
    setData(this.bar, 'priority', 'none');
    setText(this.text, 'No alarms are heard: no connection to the server. Watch the patient.');
    setText(this.more, '');
  }

  log(event: SessionEvent): void {
    if (!LOGGED.includes(event.type)) return;
    const line = lineOf(event);
    if (line === undefined) return;
    const item = document.createElement('li');
    item.dataset['tone'] = line.tone;
    const time = document.createElement('time');
    time.textContent = clockText(event.t);
    item.append(time, line.text);
    this.events.prepend(item);
    while (this.events.children.length > LOG_KEPT) this.events.lastElementChild?.remove();
  }

  private key(key: HTMLButtonElement, on: boolean, onText: string, offText: string): void {
    key.setAttribute('aria-pressed', String(on));
    setText(key, on ? onText : offText);
  }

  /** Not while somebody is typing. */
  private followLimits(limits: StatusMessage['alarmLimits']): void {
    const text = JSON.stringify(limits);
    const isTyped = this.inputs.some(([, input]) => document.activeElement === input);
    if (text === this.shownLimits || isTyped) return;
    this.shownLimits = text;
    for (const [key, input] of this.inputs) input.value = String(limits[key]);
  }

  private showList(alarms: readonly Alarm[]): void {
    const text = JSON.stringify(alarms);
    if (text === this.shown) return;
    this.shown = text;
    this.list.replaceChildren(
      ...(alarms.length === 0 ? [entry('No alarms')] : alarms.map((a) => entry(sentence(a), a))),
    );
  }
}

function sentence({ priority, state, text }: Alarm): string {
  const waits = state === 'latched' ? ' (gone; acknowledge it)' : '';
  return `${SIGNS[priority]} ${text}${waits}`;
}

function entry(text: string, alarm?: Alarm): HTMLLIElement {
  const item = document.createElement('li');
  item.textContent = text;
  item.dataset['priority'] = alarm?.priority ?? 'none';
  return item;
}
