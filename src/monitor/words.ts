/** Session events as sentences for the event list; undefined for those that are drawn and not listed. */
import { endWords } from '../core/end-words.ts';
import type { RhythmName } from '../core/advice.ts';
import type { SessionEvent, SignalState, TherapyState } from '../core/session-events.ts';

export type Tone = 'plain' | 'good' | 'warn' | 'alarm' | 'shock';

export interface Line {
  text: string;
  tone: Tone;
  /** Read aloud by a screen reader. */
  announce: boolean;
}

export const THERAPY_WORDS: Record<TherapyState, string> = {
  standby: 'Standby',
  charging: 'Charging',
  ready: 'Ready',
  awaitingR: 'Waiting for R',
  delivering: 'Delivering',
  disarming: 'Disarming',
};

const LISTED_STATES: readonly TherapyState[] = ['charging', 'awaitingR', 'disarming'];

export const RHYTHM_WORDS: Record<RhythmName, string> = {
  VF: 'Ventricular fibrillation',
  fineVF: 'Fine ventricular fibrillation',
  VT: 'Ventricular tachycardia',
  slowVT: 'Slow ventricular tachycardia',
  organised: 'Organised rhythm',
  asystole: 'Asystole',
  noise: 'Noise',
  compressions: 'Chest compressions',
  leadsOff: 'Pads off',
  unknown: 'Unknown rhythm',
};

export const VERDICT_WORDS = {
  shock: 'Shock advised',
  noShock: 'No shock advised',
  inconclusive: 'Inconclusive',
} as const;

const ohm = (value: number) => `${Math.round(value)} \u03a9`;
const joules = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} J`;

const QUALITY_WORDS: Record<SignalState, string> = {
  good: 'ECG can be read again',
  leadsOff: 'ECG lead off: no heart rate',
  saturated: 'ECG out of range: no heart rate',
  flat: 'ECG does not move at all: check the electrodes',
};

export function lineOf(event: SessionEvent): Line | undefined {
  switch (event.type) {
    case 'device':
      return plain(`Device ${event.model} ${event.firmware}${event.simulated ? ' (simulated)' : ''}`);
    case 'link':
      return event.link === 'up'
        ? say('Link to the device is up', 'good')
        : say(`Link ${event.link}${event.why === '' ? '' : `: ${event.why}`}`, 'alarm');
    case 'advice':
      return {
        text: `${VERDICT_WORDS[event.verdict]} \u2013 ${RHYTHM_WORDS[event.rhythm]}`,
        tone: adviceTone(event),
        announce: true,
      };
    case 'state':
      // The others have lines of their own: charged, shock, disarmed.
      if (!LISTED_STATES.includes(event.therapy)) return undefined;
      return plain(`${THERAPY_WORDS[event.therapy]} (${event.by})`);
    case 'mode':
      return say(event.mode === 'aed' ? 'AED mode' : 'Manual mode', 'plain');
    case 'energy':
      return plain(`Energy ${joules(event.energyJ)}`);
    case 'syncMode':
      return say(event.on ? 'SYNC on' : 'SYNC off', 'plain');
    case 'prompt':
      return event.text === '' ? undefined : say(event.text, 'warn');
    case 'delay':
      return event.why === 'none'
        ? plain('The analysis goes on')
        : say(`Analysis waits: ${event.text}`, 'warn');
    case 'plan':
      return plain(`Energy plan of ${event.guideline}: ${event.energiesJ.join(', ')} J`);
    case 'proposal':
      return say(`After shock ${event.shocks}: ${event.energyJ} J proposed`, 'plain');
    case 'source':
      return say(`Heart rate from ${SOURCE_WORDS[event.source]}`, 'plain');
    case 'capture':
      return captureLine(event);
    case 'paceLinkLoss':
      return plain(
        event.does === 'stop' ? 'Pacer stops after a lost link' : 'Pacer is taken over after a lost link',
      );
    case 'charged':
      return say(`Charged to ${joules(event.energyJ)}`, 'warn');
    case 'shock':
      return say(shockText(event), 'shock');
    case 'aborted':
      return say(`Shock aborted: ${endWords(event.why)}`, 'alarm');
    case 'disarmed':
      return say(`Disarmed: ${endWords(event.why)} (${joules(event.leftJ)} left)`, 'plain');
    case 'refused':
      return say(`Refused ${event.action}: ${event.why}`, 'warn');
    case 'fault':
      return say(`Fault ${event.fault} ${event.on ? 'on' : 'gone'}`, event.on ? 'alarm' : 'good');
    case 'quality':
      return say(QUALITY_WORDS[event.quality], event.quality === 'good' ? 'good' : 'warn');
    case 'mains':
      return plain(event.hz === 0 ? 'No mains on the ECG' : `Mains of ${event.hz} Hz taken out of the ECG`);
    case 'gap':
      return { text: `${event.lost} samples lost`, tone: 'warn', announce: false };
    case 'alarm':
      return alarmLine(event);
    case 'alarmSound':
      return say(SOUND_WORDS[event.sound], 'plain');
    case 'alarmLimits':
      return plain(
        `Alarm limits: heart rate ${event.bpmLow} to ${event.bpmHigh} /min, SpO2 ${event.spo2Low} %, ` +
          `systolic ${event.systolicLow} to ${event.systolicHigh} mmHg`,
      );
    case 'patient':
      return say(event.patient === 'child' ? 'Patient: child' : 'Patient: adult', 'plain');
    case 'pacing':
      return say(
        `Pacer ${PACING_WORDS[event.pacing]}: ${event.mode}, ${event.ratePpm} /min, ${event.currentMa} mA`,
        'warn',
      );
    case 'beat':
    case 'sync':
    case 'heartRate':
    case 'pacePulse':
    case 'vitals':
      return undefined;
  }
}

const SOUND_WORDS = {
  on: 'Alarms sound again',
  silenced: 'Alarms silenced for two minutes',
  paused: 'Alarms paused for two minutes',
} as const;
const SOURCE_WORDS = { pads: 'the pads', ecg: 'ECG lead II', spo2: 'the pulse (SpO2)' } as const;
const CAPTURE_LINES: Readonly<Partial<Record<string, Line>>> = {
  captured: say('Pacer captures', 'good'),
  partly: say('Pacer captures in part', 'warn'),
  none: say('Pacer does not capture', 'alarm'),
  ownRhythm: say('The heart beats by itself while the pacer waits', 'warn'),
};

function captureLine({ capture, pulse }: Extract<SessionEvent, { type: 'capture' }>): Line | undefined {
  if (capture === 'captured' && pulse === 'absent') return say('Pacer captures without a pulse', 'alarm');
  return CAPTURE_LINES[capture];
}

const PACING_WORDS = { off: 'off', pacing: 'on', paused: 'paused' } as const;

function alarmLine({ state, priority, text }: Extract<SessionEvent, { type: 'alarm' }>): Line {
  if (state === 'off') return plain(`Alarm over: ${text}`);
  if (state === 'latched') return plain(`Alarm gone, not acknowledged: ${text}`);
  return say(`Alarm: ${text}`, priority === 'high' ? 'alarm' : 'warn');
}

/** Green is for a heart that beats: asystole needs no shock and is no good news. */
function adviceTone({ verdict, rhythm }: Extract<SessionEvent, { type: 'advice' }>): Tone {
  if (verdict === 'shock') return 'alarm';
  return verdict === 'noShock' && rhythm === 'organised' ? 'good' : 'warn';
}

function shockText(shock: Extract<SessionEvent, { type: 'shock' }>): string {
  const sync = Number.isFinite(shock.rToShockMs) ? `, ${Math.round(shock.rToShockMs)} ms after R` : '';
  return (
    `Shock ${joules(shock.deliveredJ)} delivered of ${joules(shock.selectedJ)} selected, ` +
    `${shock.peakA.toFixed(1)} A, ${ohm(shock.impedanceOhm)}${sync}`
  );
}

function plain(text: string): Line {
  return { text, tone: 'plain', announce: false };
}

function say(text: string, tone: Tone): Line {
  return { text, tone, announce: true };
}
