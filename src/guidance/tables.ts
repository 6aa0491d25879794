/** The summary's tables as rows of text: the same words in the text file, on the page and on paper. */
import type { VitalSigns } from '../core/session-events.ts';
import { number, phasesText, tiltText } from './event-line.ts';
import type { CodeSummary, ShockEntry, VitalsRow } from './summary.ts';

export const TITLE = 'rwave code summary';
export const WARNING = 'SIMULATED \u2013 not a medical device, not a record of a patient';

export interface Table {
  title: string;
  /** Under the title: what the figures are. */
  note: string;
  head: readonly string[];
  /** Columns of numbers stand at the right. */
  numeric: readonly boolean[];
  rows: readonly (readonly string[])[];
}

/** 0:07.3, 12:34.0, 1:02:03.5 */
export function clock(seconds: number): string {
  if (Number.isNaN(seconds)) return '-';
  const tenths = Math.round(seconds * 10);
  const s = (tenths % 600) / 10;
  const minutes = Math.floor(tenths / 600);
  const two = (x: string) => x.padStart(2, '0');
  const tail = s.toFixed(1).padStart(4, '0');
  return minutes < 60
    ? `${minutes}:${tail}`
    : `${Math.floor(minutes / 60)}:${two(String(minutes % 60))}:${tail}`;
}

const duration = (s: number): string => (Number.isNaN(s) ? '-' : `${s.toFixed(1)} s`);
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

/** What to know first, as name and value. */
export function facts(s: CodeSummary): [string, string][] {
  const { run, device } = s;
  const start: [string, string][] = run.startedAt === undefined ? [] : [['Started', run.startedAt]];
  return [
    ['Source', `${run.source}, seed ${run.seed}, rwave ${run.version}`],
    ...start,
    [
      'Device',
      device === undefined
        ? 'none answered'
        : `${device.model} ${device.firmware}${device.simulated ? ' (simulated)' : ''}`,
    ],
    [
      'Recorded',
      `${clock(s.startS)} to ${clock(s.endS)}${s.ended ? '' : '; the log was cut here, without an end'}`,
    ],
    ['First shockable decision', clock(s.firstShockableS)],
    ['First shock', firstShock(s)],
    ['Shocks', `${s.shocks.length}, ${number(s.deliveredJ, 0)} J delivered in all`],
    ...plan(s),
    ['Compressions', compressions(s)],
    ['Hands-off asked by the AED', asked(s)],
    ['Also', `alarms ${s.alarms}, keys refused ${s.refusals}, samples lost ${s.lostSamples}`],
  ];
}

function plan({ plan: p }: CodeSummary): [string, string][] {
  return p === undefined ? [] : [['Energy plan', `${p.energiesJ.join(', ')} J (${p.guideline})`]];
}

function firstShock({ firstShockS, firstShockableS }: CodeSummary): string {
  if (Number.isNaN(firstShockS)) return 'none';
  const after = firstShockS - firstShockableS;
  return after >= 0 ? `${clock(firstShockS)}, ${duration(after)} after the decision` : clock(firstShockS);
}

const SEEN_BY = { sensor: 'by the compression sensor', ecg: 'seen in the ECG, good to about 3 s' } as const;

function compressions({ handsOff: { seen } }: CodeSummary): string {
  if (seen === undefined) return 'none seen: no fraction can be given';
  return `${percent(seen.fraction)} of the time from the first to the last; longest pause ${duration(seen.longestPauseS)} (${SEEN_BY[seen.by]})`;
}

function asked({ handsOff }: CodeSummary): string {
  const { spans, totalS, longestS } = handsOff.asked;
  return spans.length === 0
    ? 'never'
    : `${duration(totalS)} in ${spans.length} pauses, the longest ${duration(longestS)}`;
}

type ShockColumn = [head: string, isNumber: boolean, cell: (s: ShockEntry) => string];

const SHOCK_COLUMNS: readonly ShockColumn[] = [
  ['No.', true, (s) => String(s.n)],
  ['Time', true, (s) => clock(s.t)],
  ['Selected', true, (s) => `${s.selectedJ} J`],
  ['Stored', true, (s) => `${number(s.storedJ, 0)} J`],
  ['Delivered', true, (s) => `${number(s.deliveredJ, 1)} J`],
  ['Peak', true, (s) => `${number(s.peakA, 1)} A`],
  ['Impedance', true, (s) => `${number(s.impedanceOhm, 0)} ohm`],
  ['Phases', true, (s) => phasesText(s)],
  ['Tilt', true, (s) => tiltText(s)],
  ['R to shock', true, (s) => (s.synchronized ? `${number(s.rToShockMs, 0)} ms` : 'no SYNC')],
  ['From decision', true, (s) => duration(s.fromShockableS)],
  ['Next proposed', true, (s) => (Number.isNaN(s.proposedJ) ? '-' : `${s.proposedJ} J`)],
  ['Rhythm before', false, (s) => s.before],
  ['Outcome', false, (s) => s.outcome],
];
/** Where compressions were seen. */
const PAUSE_COLUMNS: readonly ShockColumn[] = [
  ['Pause before', true, (s) => duration(s.pauseBeforeS)],
  ['Pause after', true, (s) => duration(s.pauseAfterS)],
];

export function shockTable({ shocks, handsOff }: CodeSummary): Table {
  const columns = handsOff.seen === undefined ? SHOCK_COLUMNS : [...SHOCK_COLUMNS, ...PAUSE_COLUMNS];
  return {
    title: 'Shocks',
    note: 'Outcome: rhythm by the first decision on samples after the shock alone. From decision: since the first shockable decision after the shock before.',
    head: columns.map(([head]) => head),
    numeric: columns.map(([, isNumber]) => isNumber),
    rows: shocks.map((s) => columns.map(([, , cell]) => cell(s))),
  };
}

type VitalsColumn = [head: string, isNumber: boolean, cell: (v: VitalsRow) => string];

const VITALS_COLUMNS: readonly VitalsColumn[] = [
  ['Time', true, (v) => clock(v.t)],
  ['HR /min', true, (v) => number(v.bpm, 0)],
  ['Rhythm', false, (v) => v.rhythm],
];
/** Where the box has the sensors. */
const SIGNS_COLUMNS: readonly VitalsColumn[] = [
  ['SpO2 %', true, (v) => number(v.signs?.spo2Pct ?? NaN, 0)],
  ['Pulse /min', true, (v) => number(v.signs?.pulsePerMin ?? NaN, 0)],
  ['EtCO2 mmHg', true, (v) => number(v.signs?.etco2MmHg ?? NaN, 0)],
  ['Breaths /min', true, (v) => number(v.signs?.breathsPerMin ?? NaN, 0)],
  ['NIBP mmHg', true, (v) => pressure(v.signs)],
  ['Temperature C', true, (v) => number(v.signs?.temperatureC ?? NaN, 1)],
];

function pressure(signs: VitalSigns | undefined): string {
  if (signs === undefined || Number.isNaN(signs.systolicMmHg)) return '-';
  return `${number(signs.systolicMmHg)}/${number(signs.diastolicMmHg)} (${number(signs.meanMmHg)})`;
}

export function vitalsTable({ vitals }: CodeSummary): Table {
  const hasSigns = vitals.some((v) => v.signs !== undefined);
  const columns = hasSigns ? [...VITALS_COLUMNS, ...SIGNS_COLUMNS] : VITALS_COLUMNS;
  return {
    title: 'Vital signs',
    note: 'Once a minute, as measured.',
    head: columns.map(([head]) => head),
    numeric: columns.map(([, isNumber]) => isNumber),
    rows: vitals.map((v) => columns.map(([, , cell]) => cell(v))),
  };
}

export function timelineTable({ timeline }: CodeSummary): Table {
  return {
    title: 'Events',
    note: '',
    head: ['Time', 'Kind', 'What'],
    numeric: [true, false, false],
    rows: timeline.map((e) => [clock(e.t), e.kind, e.text]),
  };
}
