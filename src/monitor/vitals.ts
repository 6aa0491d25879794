/**
 * The numbers beside the traces, as a bedside monitor shows them: a colour for each sign, its unit, its limits, and "--" where
 * nothing is measured now. A cuff pressure carries its age, and goes after a quarter of an hour.
 */
import type { OperatorAction } from '../core/session-events.ts';
import type { ScreenVitals, StatusMessage } from '../protocol/screen.ts';
import { byId, setData, setText } from './dom.ts';

type Operate = (action: OperatorAction) => void;

const NOTHING = '--';
const PRESSURE_OLD_S = 15 * 60;
const ALARMED: Readonly<Record<string, readonly string[]>> = {
  hr: ['asystole', 'shockable', 'rateHigh', 'rateLow'],
  spo2: ['spo2Low'],
  co2: ['co2', 'apnoea'],
  nibp: ['pressure'],
};

export class VitalsPanel {
  private readonly cuff = byId('nibp-start', HTMLButtonElement);
  private measuring = false;

  constructor(operate: Operate) {
    this.cuff.addEventListener('click', () => operate({ type: 'nibp', start: !this.measuring, everyS: 0 }));
    this.show(null);
  }

  update(status: StatusMessage): void {
    this.show(status.vitals);
    this.limits(status);
    const why = status.dead.nibp;
    this.cuff.setAttribute('aria-disabled', String(why !== undefined));
    if (why !== undefined) this.cuff.title = why;
    for (const [sign, names] of Object.entries(ALARMED)) {
      const alarm = status.alarms.find((a) => names.includes(a.alarm) && a.state === 'on');
      setData(byId(`sign-${sign}`, HTMLElement), 'alarm', alarm?.priority ?? 'none');
    }
  }

  offline(): void {
    this.show(null);
    this.cuff.setAttribute('aria-disabled', 'true');
  }

  private show(v: ScreenVitals | null): void {
    const states = v?.states ?? [];
    const is = (state: string): boolean => states.includes(state);
    this.set('spo2', whole(v?.spo2Pct), is('spo2Off') ? 'sensor off' : is('noPulse') ? 'no pulse' : '');
    setText(byId('pulse', HTMLElement), `PR ${whole(v?.pulsePerMin)}`);
    this.set('co2', whole(v?.etco2MmHg), is('co2Off') ? 'sensor off' : is('noBreath') ? 'no breath' : '');
    setText(byId('breaths', HTMLElement), `RR ${whole(v?.breathsPerMin)}`);
    this.pressure(v, is('cuffInflated'), is('nibpFailed'));
    this.set('temperature', v?.temperatureC?.toFixed(1) ?? NOTHING, is('temperatureOff') ? 'sensor off' : '');
    const pressed = (v?.compressionsPerMin ?? 0) > 0;
    this.set('compressions', pressed ? whole(v?.compressionsPerMin) : NOTHING, '');
    setText(byId('depth', HTMLElement), pressed ? `${whole(v?.compressionMm)} mm` : `${NOTHING} mm`);
  }

  private pressure(v: ScreenVitals | null, measuring: boolean, failed: boolean): void {
    this.measuring = measuring;
    const age = v?.pressureAgeS ?? null;
    const known = v !== null && v.systolicMmHg !== null && age !== null && age <= PRESSURE_OLD_S;
    const text = known ? `${whole(v.systolicMmHg)}/${whole(v.diastolicMmHg)}` : `${NOTHING}/${NOTHING}`;
    const note = measuring ? 'measuring' : failed ? 'no pulse found' : known ? ageText(age) : '';
    this.set('nibp', text, note);
    setText(byId('nibp-mean', HTMLElement), known ? `(${whole(v.meanMmHg)})` : `(${NOTHING})`);
    setText(this.cuff, measuring ? 'Stop' : 'Start');
    this.cuff.title = measuring ? 'Let the air out of the cuff' : 'Measure the blood pressure';
  }

  private set(sign: string, value: string, note: string): void {
    const element = byId(`${sign}-value`, HTMLElement);
    setText(element, value);
    setData(element, 'known', String(!value.startsWith(NOTHING)));
    setText(byId(`${sign}-note`, HTMLElement), note);
  }

  private limits({ alarmLimits: l }: StatusMessage): void {
    setText(byId('hr-limits', HTMLElement), `${l.bpmLow}\u2013${l.bpmHigh}`);
    setText(byId('spo2-limits', HTMLElement), `\u2265 ${l.spo2Low}`);
    setText(byId('co2-limits', HTMLElement), `${l.etco2Low}\u2013${l.etco2High}`);
    setText(byId('nibp-limits', HTMLElement), `${l.systolicLow}\u2013${l.systolicHigh}`);
  }
}

function whole(value: number | null | undefined): string {
  return value === null || value === undefined ? NOTHING : String(Math.round(value));
}

function ageText(seconds: number): string {
  return seconds < 60 ? 'just now' : `${Math.floor(seconds / 60)} min ago`;
}
