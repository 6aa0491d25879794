/**
 * The front panel: energy, CHARGE, SHOCK, SYNC, DISARM, mode. A key that is not live is dark, says why in its tooltip, and
 * can still be pressed: the session then refuses, and the refusal is shown. SHOCK is held while SYNC waits for its R.
 */
import type { OperatorAction } from '../core/session-events.ts';
import type { Control, StatusMessage } from '../protocol/screen.ts';
import { byId, clockText, fillSelect, followSelect, setData, setText } from './dom.ts';
import { THERAPY_WORDS } from './words.ts';

type Operate = (action: OperatorAction) => void;

const KEYS = {
  charge: byId('charge', HTMLButtonElement),
  shock: byId('shock', HTMLButtonElement),
  disarm: byId('disarm', HTMLButtonElement),
  sync: byId('sync', HTMLButtonElement),
  mode: byId('mode', HTMLButtonElement),
  analyse: byId('analyse', HTMLButtonElement),
  patient: byId('patient', HTMLButtonElement),
} as const satisfies Partial<Record<Control, HTMLButtonElement>>;

export const NO_SERVER = 'no connection to the server: start it again';

export class TherapyPanel {
  private readonly operate: Operate;
  private readonly energy = byId('energy', HTMLSelectElement);
  private readonly next = byId('energy-next', HTMLButtonElement);
  private readonly stateWord = byId('therapy-state', HTMLElement);
  private readonly bar = byId('charge-bar', HTMLProgressElement);
  private status: StatusMessage | undefined;
  private energiesJ: readonly number[] = [];
  private held = false;
  /** SHOCK was let go before we heard that the box waits for an R. */
  private releaseDue = false;

  constructor(operate: Operate) {
    this.operate = operate;
    KEYS.charge.addEventListener('click', () => operate({ type: 'charge' }));
    KEYS.disarm.addEventListener('click', () => operate({ type: 'disarm' }));
    KEYS.analyse.addEventListener('click', () => operate({ type: 'analyse' }));
    KEYS.sync.addEventListener('click', () => operate({ type: 'sync', on: this.status?.sync !== true }));
    KEYS.mode.addEventListener('click', () =>
      operate({ type: 'mode', mode: this.status?.mode === 'aed' ? 'manual' : 'aed' }),
    );
    KEYS.patient.addEventListener('click', () =>
      operate({ type: 'patient', patient: this.status?.patient === 'child' ? 'adult' : 'child' }),
    );
    this.energy.addEventListener('change', () => this.select(Number(this.energy.value)));
    byId('energy-down', HTMLButtonElement).addEventListener('click', () => this.step(-1));
    byId('energy-up', HTMLButtonElement).addEventListener('click', () => this.step(1));
    this.next.addEventListener('click', () => this.select(this.status?.plan.proposedJ ?? NaN));
    this.listenToShock();
    this.offline();
  }

  update(status: StatusMessage): void {
    this.status = status;
    this.offer(status.energiesJ);
    followSelect(this.energy, String(status.energyJ));
    setText(this.stateWord, THERAPY_WORDS[status.therapy]);
    setData(this.stateWord, 'state', status.therapy);
    byId('sync-flag', HTMLElement).hidden = !status.sync;
    this.charge(status);
    setText(byId('therapy-hint', HTMLElement), hint(status));
    KEYS.sync.setAttribute('aria-pressed', String(status.sync));
    KEYS.mode.setAttribute('aria-pressed', String(status.mode === 'aed'));
    KEYS.patient.setAttribute('aria-pressed', String(status.patient === 'child'));
    this.plan(status);
    this.light(status.dead);
    if (status.therapy === 'awaitingR' && this.releaseDue) this.operate({ type: 'release' });
    if (status.therapy !== 'ready') this.releaseDue = false;
  }

  /** Without a server every key is dark. */
  offline(): void {
    this.status = undefined;
    setText(this.stateWord, '\u2013');
    setData(this.stateWord, 'state', 'standby');
    byId('sync-flag', HTMLElement).hidden = true;
    setText(byId('stored', HTMLElement), '--');
    setText(byId('capacitor', HTMLElement), 'J, not known');
    this.bar.value = 0;
    this.next.hidden = true;
    setText(byId('plan', HTMLElement), '');
    setText(byId('therapy-hint', HTMLElement), 'Start the server again: rwave monitor');
    this.light(Object.fromEntries([...Object.keys(KEYS), 'selectEnergy'].map((key) => [key, NO_SERVER])));
  }

  private light(dead: Partial<Record<Control, string>>): void {
    for (const [name, key] of Object.entries(KEYS)) {
      const why = dead[name as Control];
      key.setAttribute('aria-disabled', String(why !== undefined));
      key.title = why ?? '';
    }
    const why = dead.selectEnergy;
    for (const id of ['energy-down', 'energy-up', 'energy', 'energy-next']) {
      const control = byId(id, HTMLElement);
      control.setAttribute('aria-disabled', String(why !== undefined));
      control.title = why ?? '';
    }
  }

  /** What could be delivered is big; the capacitor holds more, because the pulse is cut off before it is empty. */
  private charge({ link, chargePct, energyJ, storedJ }: StatusMessage): void {
    const known = link === 'up';
    setText(byId('stored', HTMLElement), known ? ((chargePct / 100) * energyJ).toFixed(0) : '--');
    setText(byId('capacitor', HTMLElement), known ? `J, capacitor ${storedJ.toFixed(0)} J` : 'J, not known');
    this.bar.value = known ? chargePct : 0;
  }

  /** What was given, what the plan is, and what it proposes: one press takes it. */
  private plan({ plan, lastShock }: StatusMessage): void {
    const { proposedJ } = plan;
    const given =
      lastShock === null
        ? 'No shock yet'
        : `Shock ${lastShock.n}: ${lastShock.deliveredJ.toFixed(0)} J, ${clockText(lastShock.agoS)} ago`;
    setText(byId('plan', HTMLElement), `${given}\nPlan ${plan.energiesJ.join('\u2013')} J (${plan.name})`);
    this.next.hidden = proposedJ === null;
    setText(this.next, `Next ${proposedJ ?? ''} J`);
  }

  private offer(energiesJ: readonly number[]): void {
    if (energiesJ.join() === this.energiesJ.join()) return;
    this.energiesJ = energiesJ;
    fillSelect(
      this.energy,
      energiesJ.map((j) => ({ id: String(j), label: `${j} J` })),
    );
  }

  private select(energyJ: number): void {
    this.operate({ type: 'selectEnergy', energyJ });
  }

  private step(by: number): void {
    const at = this.energiesJ.indexOf(this.status?.energyJ ?? NaN);
    const next = this.energiesJ[at + by] as number | undefined;
    if (at >= 0 && next !== undefined) this.select(next);
  }

  /** Pointer and keyboard hold; a click without either (assistive technology) counts as held until delivered. */
  private listenToShock(): void {
    const key = KEYS.shock;
    let handled = false;
    const press = () => {
      if (this.held) return;
      this.held = true;
      handled = true;
      this.releaseDue = false;
      this.operate({ type: 'shock' });
    };
    const letGo = () => {
      if (!this.held) return;
      this.held = false;
      if (this.status?.therapy === 'awaitingR') this.operate({ type: 'release' });
      else this.releaseDue = this.status?.sync === true && this.status.therapy === 'ready';
    };
    key.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      key.setPointerCapture(event.pointerId);
      press();
    });
    key.addEventListener('keydown', (event) => {
      if (!event.repeat && (event.key === ' ' || event.key === 'Enter')) press();
    });
    for (const end of ['pointerup', 'pointercancel', 'keyup', 'blur']) key.addEventListener(end, letGo);
    key.addEventListener('click', () => {
      if (!handled) this.operate({ type: 'shock' });
      handled = false;
    });
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function press(sync: boolean): string {
  return sync ? 'hold SHOCK until delivered' : 'stand clear, press SHOCK';
}

function disarms(inS: number | null): string {
  return inS === null ? '' : `\nDisarms in ${inS} s.`;
}

function hint(status: StatusMessage): string {
  switch (status.therapy) {
    case 'standby':
      return sentence(status.dead.charge ?? 'select the energy, then CHARGE');
    case 'charging':
      return `Charging to ${status.energyJ} J`;
    case 'ready':
      if (status.dead.shock !== undefined) return sentence(status.dead.shock);
      return `${sentence(press(status.sync))}${disarms(status.disarmsInS)}`;
    case 'awaitingR':
      return 'Keep holding: waiting for an R wave.';
    case 'delivering':
      return 'Delivering';
    case 'disarming':
      return 'Dumping the energy internally';
  }
}
