/** The picture that the page gets: the session's state in the page's words, with the reason for every key that is dead. */
import type { OperatorAction, VitalSigns } from '../../core/session-events.ts';
import type { Microseconds } from '../../core/units.ts';
import { US_PER_SECOND } from '../../core/units.ts';
import { captureWords } from '../../control/capture.ts';
import type { BenchState, Control, ScreenVitals, StatusMessage } from '../../protocol/screen.ts';
import { CONTROLS } from '../../protocol/screen.ts';
import type { Session, SessionState } from '../../session/session.ts';

/** What the run knows and the session does not. */
export interface Beside {
  now: Microseconds;
  prompt: string;
  /** Words of the AED's delay; '' where there is none. */
  delayText: string;
  linkWhy: string;
  bench: BenchState | null;
}

export function statusOf(
  session: Session,
  { now, prompt, delayText, linkWhy, bench }: Beside,
): StatusMessage {
  const s = session.state;
  const leadsOff = s.padsOff || (s.leadsOff & 1) !== 0;
  const { therapy, mode, energyJ, energiesJ, link, shocks, faults, decision } = s;
  return {
    type: 'status',
    t: s.sample / (s.device?.fs ?? 1),
    link,
    linkWhy,
    therapy,
    mode,
    sync: s.syncOn,
    energyJ,
    energiesJ,
    device: s.device === undefined ? null : { model: s.device.model, leadNames: s.device.leadNames },
    chargePct: s.chargePct,
    storedJ: s.storedJ,
    disarmsInS: s.disarmsAt === undefined ? null : secondsTo(s.disarmsAt, now),
    heartRate: link === 'up' && (!leadsOff || s.source === 'spo2') ? orNull(s.heartRateBpm) : null,
    source: s.source,
    vitals: link === 'up' && s.signs !== undefined ? vitalsOf(s.signs) : null,
    leadsOff,
    impedanceOhm: orNull(s.impedanceOhm),
    batteryPct: orNull(s.batteryPct),
    shocks,
    lastShock: lastShockOf(s, now),
    plan: planOf(s),
    delay: s.delay === 'none' ? null : { why: s.delay, text: delayText },
    faults,
    prompt,
    advice: decision === undefined ? null : pickAdvice(decision),
    ...alarmsOf(s, now),
    patient: s.patient,
    pacing: {
      state: s.pacing,
      settings: s.pacingSettings,
      capture: s.capture,
      pulse: s.pacedPulse,
      onLinkLoss: s.pacingOnLinkLoss,
      words: s.pacing === 'paused' ? PAUSED : captureWords(s.capture, s.pacedPulse),
    },
    bench,
    dead: deadKeys(session, s, now),
  };
}

const PAUSED = 'Paused: goes on by itself after 10 s.';

function lastShockOf({ lastShock }: SessionState, now: Microseconds): StatusMessage['lastShock'] {
  if (lastShock === undefined) return null;
  const { n, deliveredJ, at } = lastShock;
  return { n, deliveredJ, agoS: Math.floor((now - at) / US_PER_SECOND) };
}

function planOf({ guideline, planJ, proposedJ, energyJ }: SessionState): StatusMessage['plan'] {
  const isNews = proposedJ !== undefined && proposedJ !== energyJ;
  return { name: guideline, energiesJ: planJ, proposedJ: isNews ? proposedJ : null };
}

function vitalsOf({ states, ...measured }: VitalSigns): ScreenVitals {
  const values = Object.entries(measured).map(([name, value]) => [name, orNull(value)] as const);
  return { ...(Object.fromEntries(values) as Omit<ScreenVitals, 'states'>), states };
}

function alarmsOf(
  { alarmList, alarmSound, alarmLimits }: SessionState,
  now: Microseconds,
): Pick<StatusMessage, 'alarms' | 'alarmSound' | 'alarmLimits'> {
  const { sound, until } = alarmSound;
  return {
    alarms: alarmList.map(({ alarm, priority, state, text }) => ({ alarm, priority, state, text })),
    alarmSound: { sound, leftS: sound === 'on' ? 0 : secondsTo(until, now) },
    alarmLimits,
  };
}

function deadKeys(session: Session, state: SessionState, now: Microseconds): StatusMessage['dead'] {
  const dead: StatusMessage['dead'] = {};
  for (const control of CONTROLS) {
    const why = session.whyNot(pressOf(control, state), now);
    if (why !== undefined) dead[control] = why;
  }
  return dead;
}

/** What pressing a key would ask for now. */
function pressOf(control: Control, state: SessionState): OperatorAction {
  switch (control) {
    case 'selectEnergy':
      return { type: 'selectEnergy', energyJ: state.energyJ };
    case 'sync':
      return { type: 'sync', on: !state.syncOn };
    case 'mode':
      return { type: 'mode', mode: state.mode === 'aed' ? 'manual' : 'aed' };
    case 'patient':
      return { type: 'patient', patient: state.patient === 'child' ? 'adult' : 'child' };
    case 'pace':
      return { type: 'pace', key: state.pacing === 'off' ? 'start' : 'stop' };
    case 'sourceEcg':
      return { type: 'source', source: 'ecg' };
    case 'sourceSpo2':
      return { type: 'source', source: 'spo2' };
    case 'nibp':
      return { type: 'nibp', start: true, everyS: 0 };
    case 'pacePause':
      return { type: 'pace', key: state.pacing === 'paused' ? 'resume' : 'pause' };
    default:
      return { type: control };
  }
}

function pickAdvice({
  verdict,
  rhythm,
  score,
  evidence,
}: NonNullable<SessionState['decision']>): NonNullable<StatusMessage['advice']> {
  return { verdict, rhythm, score, evidence };
}

function secondsTo(until: Microseconds, now: Microseconds): number {
  return Math.ceil((until - now) / US_PER_SECOND);
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
