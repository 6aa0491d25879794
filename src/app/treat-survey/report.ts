/** The survey of synchronized shocks as text: how far from R by class and rhythm, how many on T, how often in VF. */
import { MATCH_MS, type Placed, WITHIN_MS } from '../../score/r-to-shock.ts';

export interface Delivery {
  /** By the box's clock, ms. */
  boxMs: number;
  /** From the nearest reference R within 150 ms, before it negative; NaN where there is none. */
  ms: number;
  /** 'unknown' where no beats are annotated. */
  placed: Placed | 'unknown';
  onT: boolean;
  rhythm: string;
  /** N S V F Q of that R, or '-'. */
  beatClass: string;
}

export interface Survey {
  records: number;
  withShock: number;
  asynchronous: number;
  /** Waits that ended without an R. */
  noR: number;
  deliveries: (Delivery & { where: string })[];
  vf: VfCounts;
}

/** VF and flutter as annotated: records, stretches and their length; those with a delivery; deliveries and vain waits in it. */
export interface VfCounts {
  records: number;
  withShock: number;
  stretches: number;
  seconds: number;
  stretchesWithShock: number;
  deliveries: number;
  noR: number;
}

export function emptySurvey(): Survey {
  const counts = { records: 0, withShock: 0, asynchronous: 0, noR: 0 };
  const vf = { records: 0, withShock: 0, stretches: 0, seconds: 0, stretchesWithShock: 0 };
  return { ...counts, deliveries: [], vf: { ...vf, deliveries: 0, noR: 0 } };
}

/** Upper ends of the histogram's columns, ms from the reference R; the first and the last but one are early and late. */
const COLUMNS = [-WITHIN_MS, -40, -20, -10, 0, 10, 20, 30, 40, WITHIN_MS, MATCH_MS] as const;
/** The same by the box's clock, where R is its own. */
const BOX_COLUMNS = [2, 4, 6, 8, 10, 15, 20, 40, WITHIN_MS, Infinity] as const;
/** Rhythms that cardioversion is for, and sinus: MIT words. */
const RHYTHMS: readonly (readonly [string, readonly string[]])[] = [
  ['AF', ['AFIB']],
  ['AFL', ['AFL']],
  ['SVT', ['SVTA']],
  ['VT', ['VT']],
  ['sinus', ['N', 'SBR', 'NOD']],
];

function quantile(values: readonly number[], q: number): string {
  if (values.length === 0) return '-';
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))].toFixed(1);
}

const share = (part: number, all: number, digits = 2): string =>
  all === 0 ? '-' : `${((100 * part) / all).toFixed(digits)} %`;

/** One line of the histogram. An early one may be less than a column's end: -60 itself is within. */
function row(name: string, deliveries: readonly Delivery[]): string {
  const near = deliveries.filter((d) => d.placed !== 'stray').map((d) => d.ms);
  const counts = COLUMNS.map((to, k) => {
    const from = k === 0 ? -Infinity : COLUMNS[k - 1];
    return near.filter((ms) => (k === 0 ? ms < to : (k === 1 ? ms >= from : ms > from) && ms <= to)).length;
  });
  const within = deliveries.filter((d) => d.placed === 'within').length;
  const cells = [
    deliveries.length,
    ...counts,
    deliveries.length - near.length,
    share(within, deliveries.length),
    quantile(near, 0.5),
    quantile(near.map(Math.abs), 0.999),
    deliveries.filter((d) => d.onT).length,
  ];
  return [name.padEnd(5), ...cells.map((c) => String(c).padStart(8))].join(' ');
}

/** R to shock by the box's clock. */
function ownClock(ms: readonly number[]): string[] {
  const counts = BOX_COLUMNS.map((to, k) => {
    const from = k === 0 ? -Infinity : BOX_COLUMNS[k - 1];
    return `${to === Infinity ? 'more' : `<=${to}`}: ${ms.filter((v) => v > from && v <= to).length}`;
  });
  const [median, most] = [quantile(ms, 0.5), quantile(ms, 1)];
  return [
    `R to shock by the box's clock: median ${median}, 99.9 % ${quantile(ms, 0.999)}, most ${most} ms`,
    `  ms  ${counts.join('  ')}`,
  ];
}

/** R to shock by class of the beat it belongs to, and again by rhythm. */
export function histogram(deliveries: readonly Delivery[]): string[] {
  const known = deliveries.filter((d) => d.placed !== 'unknown');
  if (known.length === 0) return ['no beats are annotated: no time from a reference R'];
  const columns = COLUMNS.map((to, k) => (k === 0 ? `<${to}` : `<=${to}`));
  const head = ['class', 'n', ...columns, 'no R', 'within', 'median', '99.9%|.|', 'on T'];
  const classes = ['N', 'S', 'V', 'F', 'Q'].map((c) => [c, known.filter((d) => d.beatClass === c)] as const);
  const rhythms = RHYTHMS.map(
    ([name, words]) => [name, known.filter((d) => words.includes(d.rhythm))] as const,
  );
  return [
    'ms from the nearest reference R (before it negative) to the shock:',
    head.map((h, k) => (k === 0 ? h : h.padStart(8))).join(' '),
    ...[...classes, ...rhythms].filter(([, some]) => some.length > 0).map(([name, some]) => row(name, some)),
    row('all', known),
  ];
}

function outside(deliveries: Survey['deliveries']): string[] {
  return deliveries
    .filter((d) => d.placed !== 'within' && d.placed !== 'unknown')
    .map((d) => {
      const of = d.placed === 'stray' ? '' : ` ${d.ms.toFixed(0)} ms from ${d.beatClass}`;
      return `${d.placed}: ${d.where}:${of} ${d.rhythm}${d.onT ? ', on T' : ''}`;
    });
}

function fibrillation(vf: VfCounts): string {
  const { records, withShock, stretches, seconds, stretchesWithShock, deliveries, noR } = vf;
  return (
    `in VF and flutter (${stretches} stretches, ${(seconds / 60).toFixed(1)} min): a delivery in ` +
    `${stretchesWithShock} of ${stretches} stretches (${share(stretchesWithShock, stretches, 0)}) and ` +
    `${withShock} of ${records} records (${share(withShock, records, 0)}), ${deliveries} deliveries; ` +
    `${noR} waits ended without R`
  );
}

export function report(folder: string, s: Survey, everything: boolean): string {
  const lines = [
    `${s.records} records, ${s.withShock} with a delivery; ${s.deliveries.length} deliveries, ${s.asynchronous} asynchronous; ${s.noR} waits ended without R`,
    ...ownClock(s.deliveries.map((d) => d.boxMs)),
    ...histogram(s.deliveries),
    ...(s.vf.records > 0 ? [fibrillation(s.vf)] : []),
    ...(everything ? outside(s.deliveries) : []),
  ];
  return [folder, ...lines.map((line) => `  ${line}`)].join('\n');
}
