/** The pacer's panel: rate, current, mode, start and pause; and whether the heart follows, as far as the wave shows it. */
import type { OperatorAction, PacingSettings } from '../core/session-events.ts';
import type { StatusMessage } from '../protocol/screen.ts';
import { byId, followSelect, setData, setText } from './dom.ts';
import { NO_SERVER } from './therapy.ts';

type Operate = (action: OperatorAction) => void;

const STEPS = { rate: { key: 'ratePpm', by: 5 }, current: { key: 'currentMa', by: 5 } } as const;
const CAPTURE_TITLES: Readonly<Record<string, string>> = {
  off: 'Off',
  waiting: 'Pacing',
  captured: 'Pacing, captured',
  partly: 'Pacing, captured in part',
  noPulse: 'Captured, NO PULSE',
  none: 'Pacing, NO CAPTURE',
  ownRhythm: 'Pacing, own rhythm',
};

export class PacerPanel {
  private readonly operate: Operate;
  private readonly start = byId('pace', HTMLButtonElement);
  private readonly pause = byId('pace-pause', HTMLButtonElement);
  private readonly mode = byId('pace-mode', HTMLSelectElement);
  private readonly linkLoss = byId('pace-link-loss', HTMLSelectElement);
  private readonly title = byId('pacer-state', HTMLElement);
  private readonly flag = byId('pace-flag', HTMLElement);
  private settings: Readonly<PacingSettings> | undefined;
  private state: StatusMessage['pacing']['state'] = 'off';

  constructor(operate: Operate) {
    this.operate = operate;
    this.start.addEventListener('click', () =>
      operate({ type: 'pace', key: this.state === 'off' ? 'start' : 'stop' }),
    );
    this.pause.addEventListener('click', () =>
      operate({ type: 'pace', key: this.state === 'paused' ? 'resume' : 'pause' }),
    );
    this.mode.addEventListener('change', () =>
      operate({ type: 'paceSet', settings: { mode: this.mode.value === 'fixed' ? 'fixed' : 'demand' } }),
    );
    this.linkLoss.addEventListener('change', () =>
      operate({ type: 'paceLinkLoss', does: this.linkLoss.value === 'stop' ? 'stop' : 'takeOver' }),
    );
    for (const name of ['rate', 'current'] as const) {
      byId(`pace-${name}-down`, HTMLButtonElement).addEventListener('click', () => this.step(name, -1));
      byId(`pace-${name}-up`, HTMLButtonElement).addEventListener('click', () => this.step(name, 1));
    }
  }

  update({ pacing, dead }: StatusMessage): void {
    const { settings, state, words } = pacing;
    // Electrical capture without a pulse is as grave as none.
    const bare = pacing.capture === 'captured' && pacing.pulse === 'absent';
    const capture = bare ? 'noPulse' : pacing.capture;
    this.settings = settings;
    this.state = state;
    setText(byId('pace-rate', HTMLElement), String(settings.ratePpm));
    setText(byId('pace-current', HTMLElement), String(settings.currentMa));
    followSelect(this.mode, settings.mode);
    followSelect(this.linkLoss, pacing.onLinkLoss);
    setText(this.title, state === 'paused' ? 'Paused' : (CAPTURE_TITLES[capture] ?? capture));
    setData(this.title, 'capture', state === 'paused' ? 'waiting' : capture);
    setText(
      byId('pacer-words', HTMLElement),
      state === 'off' && dead.pace !== undefined ? sentence(dead.pace) : words,
    );
    this.showFlag(state, settings, capture);
    this.light(this.start, dead.pace, state !== 'off', state === 'off' ? 'START' : 'STOP');
    this.light(this.pause, dead.pacePause, state === 'paused', state === 'paused' ? 'GO ON' : 'PAUSE');
  }

  offline(): void {
    this.flag.hidden = true;
    this.light(this.start, NO_SERVER, false, 'START');
    this.light(this.pause, NO_SERVER, false, 'PAUSE');
  }

  private step(name: keyof typeof STEPS, direction: -1 | 1): void {
    const { key, by } = STEPS[name];
    if (this.settings === undefined) return;
    this.operate({ type: 'paceSet', settings: { [key]: this.settings[key] + direction * by } });
  }

  private showFlag(state: string, settings: Readonly<PacingSettings>, capture: string): void {
    this.flag.hidden = state === 'off';
    setData(this.flag, 'capture', capture);
    setText(
      this.flag,
      state === 'paused' ? 'PACE paused' : `PACE ${settings.ratePpm} / ${settings.currentMa} mA`,
    );
    byId('pacer-open', HTMLElement).setAttribute('aria-pressed', String(state !== 'off'));
  }

  private light(key: HTMLButtonElement, why: string | undefined, pressed: boolean, text: string): void {
    key.setAttribute('aria-disabled', String(why !== undefined));
    key.setAttribute('aria-pressed', String(pressed));
    key.title = why ?? '';
    setText(key, text);
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
