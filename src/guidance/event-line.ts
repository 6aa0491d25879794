/** Events as sentences: what `rwave treat` prints and what the code summary lists. */
import { endWords } from '../core/end-words.ts';
import type { SessionEvent, ShockReport, SignalState } from '../core/session-events.ts';

/** A word for the kind and the sentence; undefined for what would only scroll by. */
export interface EventLine {
  kind: string;
  text: string;
}

type Pulse = Pick<ShockReport, 'firstPhaseMs' | 'secondPhaseMs' | 'tiltPct'>;

export function number(x: number, digits = 0): string {
  return Number.isNaN(x) ? '-' : x.toFixed(digits);
}

export function eventLine(e: SessionEvent): EventLine | undefined {
  const text = sentence(e);
  return text === undefined ? undefined : { kind: kindOf(e), text };
}

function kindOf(e: SessionEvent): string {
  if (e.type === 'syncMode') return 'sync';
  if (e.type === 'alarmSound') return 'alarm';
  if (e.type === 'alarmLimits') return 'limits';
  if (e.type === 'proposal') return 'plan';
  if (e.type === 'capture' || e.type === 'paceLinkLoss') return 'pacing';
  return e.type === 'shock' ? 'SHOCK' : e.type;
}

const SOURCE_WORDS = { pads: 'the pads', ecg: 'the ECG leads', spo2: 'the pulse (SpO2)' } as const;

const QUALITY: Readonly<Record<SignalState, string>> = {
  good: 'the ECG can be read again',
  leadsOff: 'ECG lead off: no heart rate',
  saturated: 'ECG out of range: no heart rate',
  flat: 'ECG does not move at all: check the electrodes',
};

function sentence(e: SessionEvent): string | undefined {
  switch (e.type) {
    case 'beat':
    case 'sync':
    case 'heartRate':
    case 'pacePulse':
      return undefined;
    case 'device':
      return `${e.model}, ${e.firmware}${e.simulated ? ', SIMULATED' : ''}, session ${e.session}`;
    case 'link':
      return `${e.link} (${e.why})`;
    case 'advice':
      return `${e.verdict} (${e.rhythm}, score ${number(e.score, 2)}) from ${number(e.from, 1)} s to ${number(e.to, 1)} s`;
    case 'state':
      return `${e.was} -> ${e.therapy} (${e.by})`;
    case 'mode':
      return e.mode;
    case 'energy':
      return `${e.energyJ} J selected`;
    case 'syncMode':
      return e.on ? 'on' : 'off';
    case 'prompt':
      return e.text;
    case 'delay':
      return e.why === 'none' ? 'the analysis goes on' : `analysis waits (${e.why}): ${e.text}`;
    case 'plan':
      return `${e.guideline}: ${e.energiesJ.join(', ')} J`;
    case 'proposal':
      return `after shock ${e.shocks}: ${e.energyJ} J proposed`;
    case 'source':
      return `heart rate from ${SOURCE_WORDS[e.source]}`;
    case 'capture':
      return `${e.capture}${e.pulse === 'notMeasured' ? '' : `, pulse ${e.pulse}`}`;
    case 'paceLinkLoss':
      return `after a lost link the host ${e.does === 'stop' ? 'stops the pacer' : 'takes the pacer over'}`;
    case 'charged':
      return `for ${e.energyJ} J`;
    case 'shock':
      return shockSentence(e);
    case 'aborted':
      return endWords(e.why);
    case 'disarmed':
      return `${endWords(e.why)}; ${number(e.leftJ, 1)} J left`;
    case 'refused':
      return `${e.action} by the ${e.by} (${e.state}): ${e.why}`;
    case 'fault':
      return `${e.fault} ${e.on ? 'on' : 'off'}`;
    case 'alarm':
      return `${e.state}: ${e.text} (${e.priority})`;
    case 'alarmSound':
      return e.sound === 'on' ? 'sound on' : `${e.sound} for ${number(e.seconds)} s`;
    case 'alarmLimits':
      return limitsText(e);
    case 'patient':
      return e.weightKg === undefined ? e.patient : `${e.patient}, ${e.weightKg} kg`;
    case 'pacing':
      return `${e.pacing}, ${e.mode}, ${e.ratePpm} /min, ${e.currentMa} mA, ${e.widthMs} ms`;
    case 'vitals':
      return undefined;
    case 'gap':
      return `${e.lost} samples lost`;
    case 'quality':
      return QUALITY[e.quality];
    case 'mains':
      return e.hz === 0 ? 'none on the ECG' : `${e.hz} Hz taken out of the ECG`;
  }
}

function shockSentence(e: Extract<SessionEvent, { type: 'shock' }>): string {
  const delay = e.synchronized ? `, ${number(e.rToShockMs, 1)} ms after R` : '';
  return `${number(e.deliveredJ, 1)} J of ${e.selectedJ} J selected (${number(e.storedJ, 1)} J stored), ${e.peakV} V, ${number(e.peakA, 1)} A, ${number(e.impedanceOhm, 1)} ohm, ${phasesText(e)}, tilt ${tiltText(e)}${delay}`;
}

/** `6.4 + 4.3 ms`; one phase where there is one, `-` from a box that does not tell. */
export function phasesText({ firstPhaseMs, secondPhaseMs }: Pulse): string {
  if (Number.isNaN(firstPhaseMs)) return '-';
  const second = secondPhaseMs > 0 ? ` + ${number(secondPhaseMs, 1)}` : '';
  return `${number(firstPhaseMs, 1)}${second} ms`;
}

export function tiltText({ tiltPct }: Pulse): string {
  return Number.isNaN(tiltPct) ? '-' : `${number(tiltPct, 1)} %`;
}

function limitsText(e: Extract<SessionEvent, { type: 'alarmLimits' }>): string {
  const pressure = `systolic ${e.systolicLow} to ${e.systolicHigh} mmHg`;
  const co2 = `EtCO2 ${e.etco2Low} to ${e.etco2High} mmHg`;
  return `heart rate ${e.bpmLow} to ${e.bpmHigh} /min, SpO2 ${e.spo2Low} %, ${pressure}, ${co2}, battery ${e.batteryPct} %`;
}
