/**
 * The code summary: a fold of one run of the black box, and of nothing else. The same log gives the same summary.
 */
import type { RhythmName } from '../core/advice.ts';
import type { SessionEvent, ShockReport, VitalSigns } from '../core/session-events.ts';
import { eventLine } from './event-line.ts';
import { handsOff, pausesAround } from './hands-off.ts';
import type { HandsOff } from './hands-off.ts';
import { StripChooser } from './log.ts';
import type { LogRecord, RunHeader } from './log.ts';
import { stripAt, WaveStore } from './strips.ts';
import type { StripData } from './strips.ts';

export interface ShockEntry extends ShockReport {
  n: number;
  /** What the plan proposed after it; NaN where nothing was proposed (AED). */
  proposedJ: number;
  t: number;
  /** By the last decision before that came to a verdict. */
  before: RhythmName;
  /** By the first decision that looked at samples after the shock alone, some 6 s after it; 'unknown' where none came. */
  after: RhythmName;
  outcome: string;
  /** From the first shockable decision since the last shock; NaN where there was none. */
  fromShockableS: number;
  /** NaN where no compressions were seen. */
  pauseBeforeS: number;
  pauseAfterS: number;
}

export interface TimelineEntry {
  t: number;
  kind: string;
  text: string;
}

export interface StripEntry {
  t: number;
  title: string;
  /** Heart rate and so on at that moment. */
  note: string;
  strip: StripData;
}

export interface VitalsRow {
  t: number;
  bpm: number;
  rhythm: RhythmName;
  /** Of the other sensors; undefined where the box has none. */
  signs: VitalSigns | undefined;
}

export interface CodeSummary {
  run: RunHeader;
  device: { model: string; firmware: string; simulated: boolean } | undefined;
  startS: number;
  endS: number;
  /** False: the log was cut. */
  ended: boolean;
  /** First shockable decision, and first shock, in seconds; NaN where there was none. */
  firstShockableS: number;
  firstShockS: number;
  deliveredJ: number;
  /** The energy plan that held last; undefined where none was told. */
  plan: { guideline: string; energiesJ: readonly number[] } | undefined;
  refusals: number;
  alarms: number;
  lostSamples: number;
  shocks: readonly ShockEntry[];
  handsOff: HandsOff;
  vitals: readonly VitalsRow[];
  timeline: readonly TimelineEntry[];
  strips: readonly StripEntry[];
}

const VITALS_EVERY_S = 60;
const SAME_MOMENT_S = 1;
/** A decision that comes later says nothing about the shock. */
const OUTCOME_WITHIN_S = 15;
const SHOCKABLE: readonly RhythmName[] = ['VF', 'fineVF', 'VT', 'slowVT'];

type Of<T extends SessionEvent['type']> = Extract<SessionEvent, { type: T }>;

export function codeSummary(run: RunHeader, records: readonly LogRecord[]): CodeSummary {
  const events = records.filter(isEvent);
  const device = of(events, 'device').at(-1);
  const endS = records.reduce((last, r) => ('t' in r ? Math.max(last, r.t) : last), 0);
  const hands = handsOff(events, endS);
  const shocks = of(events, 'shock').map((shock, k) => shockEntry(shock, k + 1, events, hands));
  return {
    run,
    device: device && { model: device.model, firmware: device.firmware, simulated: device.simulated },
    startS: events[0]?.t ?? 0,
    endS,
    ended: records.at(-1)?.type === 'end',
    firstShockableS: of(events, 'advice').find((a) => a.verdict === 'shock')?.t ?? NaN,
    firstShockS: shocks[0]?.t ?? NaN,
    deliveredJ: shocks.reduce((sum, s) => sum + s.deliveredJ, 0),
    plan: planOf(events),
    refusals: of(events, 'refused').length,
    alarms: of(events, 'alarm').filter((a) => a.state === 'on').length,
    lostSamples: of(events, 'gap').reduce((sum, g) => sum + g.lost, 0),
    shocks,
    handsOff: hands,
    vitals: vitals(events, endS),
    timeline: timeline(events),
    strips: strips(records, events),
  };
}

function planOf(events: readonly SessionEvent[]): CodeSummary['plan'] {
  const plan = of(events, 'plan').at(-1);
  return plan && { guideline: plan.guideline, energiesJ: plan.energiesJ };
}

function isEvent(record: LogRecord): record is SessionEvent {
  return record.type !== 'run' && record.type !== 'wave' && record.type !== 'end';
}

function of<T extends SessionEvent['type']>(events: readonly SessionEvent[], type: T): Of<T>[] {
  return events.filter((e): e is Of<T> => e.type === type);
}

function shockEntry(
  shock: Of<'shock'>,
  n: number,
  events: readonly SessionEvent[],
  hands: HandsOff,
): ShockEntry {
  const { t, armId, synchronized, selectedJ, storedJ, deliveredJ, peakV, peakA, impedanceOhm, rToShockMs } =
    shock;
  // A black box of before does not have them.
  const { firstPhaseMs = NaN, secondPhaseMs = NaN, tiltPct = NaN } = shock as Partial<Of<'shock'>>;
  const advices = of(events, 'advice');
  const before = advices.filter((a) => a.to <= t && a.verdict !== 'inconclusive').at(-1)?.rhythm ?? 'unknown';
  const after = advices.find((a) => a.from >= t && a.to <= t + OUTCOME_WITHIN_S)?.rhythm ?? 'unknown';
  const lastShock =
    of(events, 'shock')
      .filter((s) => s.t < t)
      .at(-1)?.t ?? -Infinity;
  const asked = advices.find((a) => a.verdict === 'shock' && a.t > lastShock && a.t <= t)?.t ?? NaN;
  const pauses = pausesAround(t, hands.seen?.compressions ?? []);
  return {
    ...{ n, t, armId, synchronized, selectedJ, storedJ, deliveredJ, peakV, peakA, impedanceOhm, rToShockMs },
    ...{ firstPhaseMs, secondPhaseMs, tiltPct },
    ...{ before, after, outcome: outcomeOf(before, after), fromShockableS: t - asked },
    proposedJ: of(events, 'proposal').find((p) => p.t >= t && p.shocks === n)?.energyJ ?? NaN,
    ...{ pauseBeforeS: pauses.beforeS, pauseAfterS: pauses.afterS },
  };
}

function outcomeOf(before: RhythmName, after: RhythmName): string {
  if (after === 'unknown' || after === 'noise' || after === 'leadsOff' || after === 'compressions')
    return 'not known';
  if (SHOCKABLE.includes(after)) return SHOCKABLE.includes(before) ? `goes on as ${after}` : `now ${after}`;
  return SHOCKABLE.includes(before) ? `ended: ${after}` : after;
}

/** Once a minute: what was known last. */
function vitals(events: readonly SessionEvent[], endS: number): VitalsRow[] {
  const rows: VitalsRow[] = [];
  let bpm = NaN;
  let rhythm: RhythmName = 'unknown';
  let signs: VitalSigns | undefined;
  let k = 0;
  for (let t = 0; t <= endS; t += VITALS_EVERY_S) {
    for (; k < events.length && events[k].t <= Math.max(t, 10); k++) {
      const e = events[k];
      if (e.type === 'heartRate') bpm = e.bpm;
      else if (e.type === 'advice') rhythm = e.rhythm;
      else if (e.type === 'vitals') signs = e;
    }
    rows.push({ t: Math.max(t, Math.min(10, endS)), bpm, rhythm, signs: signs && signsOf(signs) });
  }
  return rows;
}

/** Without the event's time: the row has its own. */
function signsOf(signs: VitalSigns): VitalSigns {
  const { spo2Pct, pulsePerMin, etco2MmHg, breathsPerMin, systolicMmHg, diastolicMmHg, meanMmHg } = signs;
  const { pressureAgeS, temperatureC, compressionMm, compressionsPerMin, states } = signs;
  return {
    ...{ spo2Pct, pulsePerMin, etco2MmHg, breathsPerMin, systolicMmHg, diastolicMmHg, meanMmHg },
    ...{ pressureAgeS, temperatureC, compressionMm, compressionsPerMin, states },
  };
}

/** Everything worth reading; an advice only where it changes: between VF and VT it may do so every second. */
function timeline(events: readonly SessionEvent[]): TimelineEntry[] {
  let shown = '';
  return events.flatMap((e) => {
    if (e.type === 'advice') {
      const advice = e.verdict === 'shock' ? e.verdict : `${e.verdict} ${e.rhythm}`;
      if (advice === shown) return [];
      shown = advice;
    }
    const line = eventLine(e);
    return line === undefined ? [] : [{ t: e.t, ...line }];
  });
}

/** Events of one moment share their strip. */
function strips(records: readonly LogRecord[], events: readonly SessionEvent[]): StripEntry[] {
  const chooser = new StripChooser();
  const store = new WaveStore(records);
  const entries: StripEntry[] = [];
  let bpm = NaN;
  for (const e of events) {
    if (e.type === 'heartRate') bpm = e.bpm;
    if (!chooser.wants(e)) continue;
    const last = entries.at(-1);
    const title = stripTitle(e, entries.length === 0);
    if (last !== undefined && e.type !== 'shock' && e.t - last.t < SAME_MOMENT_S) {
      last.title += `; ${title}`;
      continue;
    }
    const strip = stripAt(store, e, events);
    const note = Number.isNaN(bpm) ? 'HR ---' : `HR ${bpm}`;
    if (strip !== undefined) entries.push({ t: e.t, title, note, strip });
  }
  return entries;
}

const ADVICE_WORDS = { shock: 'shock advised', noShock: 'no shock advised', inconclusive: 'inconclusive' };

function stripTitle(e: SessionEvent, isFirst: boolean): string {
  switch (e.type) {
    case 'advice':
      return `${isFirst ? 'Initial rhythm' : 'Analysis'}: ${e.rhythm}, ${ADVICE_WORDS[e.verdict]}`;
    case 'shock':
      return `Shock: ${e.deliveredJ.toFixed(0)} J delivered of ${e.selectedJ} J selected, ${e.impedanceOhm.toFixed(0)} ohm`;
    case 'alarm':
      return `Alarm (${e.priority}): ${e.text}`;
    case 'pacing':
      return `Pacing ${e.pacing}: ${e.mode}, ${e.ratePpm} /min, ${e.currentMa} mA`;
    case 'aborted':
      return `Shock aborted: ${e.why}`;
    default:
      return e.type;
  }
}
