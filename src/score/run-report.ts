/** Run-by-run results as text, the same bytes as `rxr` prints, and the figures in them. */
import { wide } from '../core/printf.ts';
import type { Ratio } from './beat-counts.ts';
import type { ReportNames } from './beat-report.ts';
import type { RunCounts, RunKind, RunMatrix } from './runs.ts';

export interface RunStatistics {
  coupletSe: Ratio;
  coupletPp: Ratio;
  shortSe: Ratio;
  shortPp: Ratio;
  longSe: Ratio;
  longPp: Ratio;
}

/** A couplet is found by a run of 2 or more, a short run (3-5) by 3 or more, a long one by 6 or more. */
export function runStatistics({ sensitivity, predictivity }: RunCounts): RunStatistics {
  const se = (low: number, high: number) => ({
    of: sum(sensitivity, [low, high], [low, 6]),
    all: sum(sensitivity, [low, high], [0, 6]),
  });
  const pp = (low: number, high: number) => ({
    of: sum(predictivity, [low, 6], [low, high]),
    all: sum(predictivity, [0, 6], [low, high]),
  });
  return {
    coupletSe: se(2, 2),
    coupletPp: pp(2, 2),
    shortSe: se(3, 5),
    shortPp: pp(3, 5),
    longSe: se(6, 6),
    longPp: pp(6, 6),
  };
}

type Range = readonly [first: number, last: number];

function sum(matrix: RunMatrix, rows: Range, columns: Range): number {
  let total = 0;
  for (let r = rows[0]; r <= rows[1]; r++)
    for (let c = columns[0]; c <= columns[1]; c++) total += matrix[r][c];
  return total;
}

export function runReport(counts: RunCounts, names: ReportNames, kind: RunKind = 'VE'): string {
  const s = runStatistics(counts);
  return [
    `${kind} run-by-run comparison results for record ${names.record}`,
    `Reference annotator: ${names.reference}`,
    `     Test annotator: ${names.test}`,
    '',
    ...matrixLines(counts.sensitivity),
    '',
    '      (Run Sensitivity Summary Matrix)',
    '',
    '',
    ...matrixLines(counts.predictivity),
    '',
    ' (Run Positive Predictivity Summary Matrix)',
    '',
    statistic('            Couplet sensitivity', s.coupletSe),
    statistic('  Couplet positive predictivity', s.coupletPp),
    statistic('          Short run sensitivity', s.shortSe),
    statistic('Short run positive predictivity', s.shortPp),
    statistic('           Long run sensitivity', s.longSe),
    statistic(' Long run positive predictivity', s.longPp),
    '',
    '',
  ].join('\n');
}

function matrixLines(matrix: RunMatrix): string[] {
  const cells = (row: readonly number[]) => row.map((n) => ` ${wide(n, 4)}`).join('');
  return [
    '               Algorithm Run Length',
    '          0    1    2    3    4    5   >5',
    '     ____________________________________',
    // Nothing against nothing cannot be counted.
    `   0 |     ${cells(matrix[0].slice(1))}`,
    ...matrix.slice(1, 6).map((row, i) => `   ${i + 1} |${cells(row)}`),
    `  >5 |${cells(matrix[6])}`,
  ];
}

export function wholePercent({ of, all }: Ratio): number {
  return Math.floor((100 * of) / all + 0.5);
}

/** As `rxr` and `epicmp` print a ratio: whole percents. */
function statistic(name: string, ratio: Ratio): string {
  const value = ratio.all <= 0 ? '   - ' : ` ${wide(wholePercent(ratio), 3)}%`;
  return `${name}:${value} (${ratio.of}/${ratio.all})`;
}

export const RUN_HEADING = 'Record CTs CFN CTp CFP STs SFN STp SFP LTs LFN LTp LFP  CSe C+P SSe S+P LSe L+P';

/** One record's line of `rxr -l`. */
export function runLine(counts: RunCounts, record: string): string {
  const s = runStatistics(counts);
  const ratios = [s.coupletSe, s.coupletPp, s.shortSe, s.shortPp, s.longSe, s.longPp];
  const numbers = ratios.flatMap(({ of, all }) => [of, all - of]).map((n) => ` ${wide(n, 3)}`);
  const shares = ratios.map((r) => (r.all <= 0 ? '   -' : ` ${wide(wholePercent(r), 3)}`));
  return `${record.padStart(4)}${numbers.join('')} ${shares.join('')}`;
}
