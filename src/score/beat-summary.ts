/**
 * Many records together: sum, gross (all beats pooled) and average (mean of the records), as `sumstats` does it.
 *
 * A record counts in an average only where its own figure is defined. QRS figures come from the columns of the line
 * format, which leave missed Q beats in the F column.
 */
import { fixedWide, wide } from '../core/printf.ts';
import { cells, rrErrorMs, type BeatCounts, type Ratio } from './beat-counts.ts';
import { BEAT_COLUMNS, BEAT_COLUMNS_SVEB } from './beat-report.ts';

/** The counts of one line, named by column: 'Nn', 'Vn', 'Fn', 'On', 'Nv', ... */
export interface LineCounts {
  counts: ReadonlyMap<string, number>;
  rrErrorMs: number;
}

const NAMES = ['Nn', 'Vn', 'Fn', 'On', 'Nv', 'Vv', 'Fv', 'Ov', 'No', 'Vo', 'Fo'] as const;
const NAMES_SVEB = [
  ...['Nn', 'Sn', 'Vn', 'Fn', 'On', 'Ns', 'Ss', 'Vs', 'Fs', 'Os'],
  ...['Nv', 'Sv', 'Vv', 'Fv', 'Ov', 'No', 'So', 'Vo', 'Fo'],
] as const;

export function lineCounts(c: BeatCounts, fs: number, sveb = false): LineCounts {
  const columns = sveb ? BEAT_COLUMNS_SVEB : BEAT_COLUMNS;
  const names = sveb ? NAMES_SVEB : NAMES;
  const entries = columns.map(([refs, tests], i): [string, number] => [names[i], cells(c, refs, tests)]);
  return { counts: new Map(entries), rrErrorMs: rrErrorMs(c, fs) };
}

/** Reads one line of a beat table back; undefined when it is none. */
export function parseBeatLine(line: string, sveb = false): { record: string; line: LineCounts } | undefined {
  const words = line.trim().split(/\s+/);
  const names = sveb ? NAMES_SVEB : NAMES;
  const values = words.slice(1, 1 + names.length).map(Number);
  if (values.length < names.length || !values.every(Number.isInteger)) return undefined;
  const counts = new Map(names.map((name, i): [string, number] => [name, values[i]]));
  return { record: words[0], line: { counts, rrErrorMs: sveb ? Number(words.at(-1)) : NaN } };
}

type Figure = (n: (refs: string, tests: string) => number) => Ratio;

const qrs: Figure = (n) => ({ of: n('NSVF', 'nsv'), all: n('NSVF', 'nsvo') });
const qrsPp: Figure = (n) => ({ of: n('NSVF', 'nsv'), all: n('NSVFO', 'nsv') });
const veb: Figure = (n) => ({ of: n('V', 'v'), all: n('V', 'nsvo') });
const vebPp: Figure = (n) => ({ of: n('V', 'v'), all: n('NSVO', 'v') });
const vebFpr: Figure = (n) => ({ of: n('NO', 'v'), all: n('NFO', 'n') + n('NO', 'v') });
const sveb: Figure = (n) => ({ of: n('S', 's'), all: n('S', 'nsvo') });
const svebPp: Figure = (n) => ({ of: n('S', 's'), all: n('NSVO', 's') });

/** The figures of a line, in its order, with the digits they are printed with. */
const FIGURES: readonly (readonly [Figure, number])[] = [
  [qrs, 2],
  [qrsPp, 2],
  [veb, 2],
  [vebPp, 2],
  [vebFpr, 3],
];
const FIGURES_SVEB: readonly (readonly [Figure, number])[] = [
  [qrs, 2],
  [qrsPp, 2],
  [veb, 2],
  [vebPp, 2],
  [sveb, 2],
  [svebPp, 2],
];

function evaluate(figure: Figure, line: LineCounts): Ratio {
  return figure((refs, tests) => {
    let sum = 0;
    for (const r of refs) for (const t of tests) sum += line.counts.get(r + t) ?? 0;
    return sum;
  });
}

export interface BeatSummary {
  records: number;
  gross: Record<'qrsSe' | 'qrsPp' | 'vebSe' | 'vebPp', Ratio>;
  /** Percent; NaN where no record has the figure. */
  average: Record<'qrsSe' | 'qrsPp' | 'vebSe' | 'vebPp', number>;
}

export function summarise(lines: readonly LineCounts[]): BeatSummary {
  const total = addUp(lines);
  const figures = { qrsSe: qrs, qrsPp, vebSe: veb, vebPp };
  const map = <T>(f: (figure: Figure) => T) => ({
    qrsSe: f(figures.qrsSe),
    qrsPp: f(figures.qrsPp),
    vebSe: f(figures.vebSe),
    vebPp: f(figures.vebPp),
  });
  return {
    records: lines.length,
    gross: map((figure) => evaluate(figure, total)),
    average: map((figure) => {
      const mean = meanOf(figure, lines);
      return mean.all === 0 ? NaN : (100 * mean.of) / mean.all;
    }),
  };
}

function addUp(lines: readonly LineCounts[]): LineCounts {
  const counts = new Map<string, number>();
  for (const line of lines)
    for (const [name, n] of line.counts) counts.set(name, (counts.get(name) ?? 0) + n);
  return { counts, rrErrorMs: NaN };
}

/** Sum of the records' own figures over the number of records that have one. */
function meanOf(figure: Figure, lines: readonly LineCounts[]): Ratio {
  const defined = lines.map((line) => evaluate(figure, line)).filter(({ all }) => all > 0);
  return { of: defined.reduce((sum, { of, all }) => sum + of / all, 0), all: defined.length };
}

/** The foot of a beat table, from the rule on. */
export function summaryText(lines: readonly LineCounts[], withSveb = false): string {
  const total = addUp(lines);
  const columns = withSveb ? BEAT_COLUMNS_SVEB : BEAT_COLUMNS;
  const names = withSveb ? NAMES_SVEB : NAMES;
  const figures = withSveb ? FIGURES_SVEB : FIGURES;
  const sums = names
    .map((name, i) => wide(total.counts.get(name) ?? 0, i === 0 ? 6 : columns[i][2]))
    .join(' ');
  const gross = figures.map(([figure, digits]) => cell(evaluate(figure, total), digits));
  const average = figures.map(([figure, digits]) => cell(meanOf(figure, lines), digits));
  if (withSveb) average.push(cell({ of: rrSum(lines) / 100, all: lines.length }, 2));
  const beats = evaluate(qrs, total).all;
  const svebs = withSveb ? `  Total SVEBs: ${evaluate(sveb, total).all}` : '';
  return [
    '_'.repeat(withSveb ? 132 : 86),
    `${withSveb ? 'Sum ' : 'Sum  '}${sums}`,
    `${'Gross'.padEnd(withSveb ? 83 : 54)}${gross.join('')}`,
    `${'Average'.padEnd(withSveb ? 83 : 54)}${average.join('')}`,
    `Total QRS complexes: ${beats}  Total VEBs: ${evaluate(veb, total).all}${svebs}`,
    '',
    `Summary of results from ${lines.length} record${lines.length === 1 ? '' : 's'}`,
    '',
  ].join('\n');
}

function rrSum(lines: readonly LineCounts[]): number {
  return lines.reduce((sum, line) => sum + (Number.isNaN(line.rrErrorMs) ? 0 : line.rrErrorMs), 0);
}

function cell({ of, all }: Ratio, digits: number): string {
  return all <= 0 ? '      -' : ` ${fixedWide((100 * of) / all, 6, digits)}`;
}
