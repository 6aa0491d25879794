/**
 * Beat-by-beat results as text, the same bytes as `bxb` prints: the standard report (EC57 table 3), the lines of the
 * beat table (tables 7 and 8), with and without supraventricular beats.
 */
import { fixedWide, wide } from '../core/printf.ts';
import { beatStatistics, cells, percent, rrErrorMs, type BeatCounts, type Ratio } from './beat-counts.ts';

export interface ReportNames {
  record: string;
  reference: string;
  test: string;
}

export interface ReportOptions {
  names: ReportNames;
  fs: number;
  /** Supraventricular beats in rows and columns of their own. */
  sveb: boolean;
}

export function beatReport(c: BeatCounts, { names, fs, sveb }: ReportOptions): string {
  return [
    `Beat-by-beat comparison results for record ${names.record}`,
    `Reference annotator: ${names.reference}`,
    `     Test annotator: ${names.test}`,
    '',
    ...matrix(c, sveb),
    '',
    ...statistics(c, sveb),
    ...(sveb ? [rrLine(c, fs)] : ['']),
    ...shutdownLines(c, sveb),
    '',
  ].join('\n');
}

function matrix(c: BeatCounts, sveb: boolean): string[] {
  // Without SVEBs of their own, S belongs to N in rows and columns.
  const rows = sveb ? ['N', 'S', 'V', 'F', 'Q', 'O', 'X'] : ['NS', 'V', 'F', 'Q', 'O', 'X'];
  const columns = sveb ? ['n', 's', 'v', 'f', 'q', 'o', 'x'] : ['ns', 'v', 'f', 'q', 'o', 'x'];
  const heading = columns.map((column) => `    ${column[0]}`).join('');
  const line = (row: string) => {
    const shown = row === 'O' || row === 'X' ? columns.slice(0, -2) : columns;
    return ` ${row[0]} |${shown.map((column) => ` ${wide(cells(c, row, column), 4)}`).join('')}`;
  };
  return [
    '               Algorithm',
    `    ${heading}`,
    `   ${'_'.repeat(5 * columns.length + 1)}`,
    ...rows.map(line),
  ];
}

function statistics(c: BeatCounts, sveb: boolean): string[] {
  const s = beatStatistics(c);
  return [
    statistic('           QRS sensitivity', s.qrsSe),
    statistic(' QRS positive predictivity', s.qrsPp),
    statistic('           VEB sensitivity', s.vebSe),
    statistic(' VEB positive predictivity', s.vebPp),
    ...(sveb
      ? [statistic('          SVEB sensitivity', s.svebSe), statistic('SVEB positive predictivity', s.svebPp)]
      : [statistic('   VEB false positive rate', s.vebFpr, 3)]),
  ];
}

function statistic(name: string, ratio: Ratio, digits = 2): string {
  const value = ratio.all <= 0 ? '     - ' : `${fixedWide(percent(ratio), 6, digits)}%`;
  return `${name}: ${value} (${ratio.of}/${ratio.all})`;
}

function rrLine(c: BeatCounts, fs: number): string {
  const error = rrErrorMs(c, fs);
  return `     RMS RR interval error: ${Number.isNaN(error) ? '     -' : `${fixedWide(error, 6, 2)} ms`}`;
}

function shutdownRatios(c: BeatCounts, sveb: boolean): [string, Ratio][] {
  const missed = (refs: string): Ratio => ({ of: cells(c, refs, 'x'), all: cells(c, refs, 'nsvfqox') });
  const n = sveb ? 'N' : 'NS';
  // All of them over all beats; S is not in the sum of the original either when it has a row of its own.
  const all = { of: cells(c, `${n}VFQ`, 'x'), all: beatStatistics(c).qrsSe.all };
  return [
    ['  Beats', all],
    ['      N', missed(n)],
    ...(sveb ? ([['      S', missed('S')]] as [string, Ratio][]) : []),
    ['      V', missed('V')],
    ['      F', missed('F')],
  ];
}

function shutdownLines(c: BeatCounts, sveb: boolean): string[] {
  return [
    '',
    ...shutdownRatios(c, sveb).map(([name, ratio]) => statistic(`${name} missed in shutdown`, ratio)),
    `       Total shutdown time: ${wide(c.shutdownSeconds, 5)} seconds`,
  ];
}

export const BEAT_HEADING =
  "Record Nn' Vn' Fn' On'  Nv   Vv  Fv' Ov' No' Vo' Fo'  Q Se   Q +P   V Se   V +P  V FPR";
export const BEAT_HEADING_SVEB =
  "Record Nn' Sn' Vn' Fn' On'  Ns  Ss  Vs  Fs' Os' Nv  Sv   Vv  Fv' Ov' No' So' Vo' Fo'" +
  '  Q Se   Q +P   V Se   V +P   S Se   S +P RR err';

/** Cells of a line: reference labels, test labels, width. */
type Column = readonly [refs: string, tests: string, width: number];

export const BEAT_COLUMNS: readonly Column[] = [
  ['NS', 'nsfq', 5],
  ['V', 'nsfq', 3],
  ['FQ', 'nsfq', 3],
  ['OX', 'nsfq', 3],
  ['NS', 'v', 3],
  ['V', 'v', 4],
  ['FQ', 'v', 3],
  ['OX', 'v', 3],
  ['NS', 'ox', 3],
  ['V', 'ox', 3],
  ['FQ', 'ox', 3],
];

export const BEAT_COLUMNS_SVEB: readonly Column[] = [
  ['N', 'nfq', 5],
  ['S', 'nfq', 3],
  ['V', 'nfq', 3],
  ['FQ', 'nfq', 3],
  ['OX', 'nfq', 3],
  ['N', 's', 3],
  ['S', 's', 3],
  ['V', 's', 3],
  ['FQ', 's', 3],
  ['OX', 's', 3],
  ['N', 'v', 3],
  ['S', 'v', 3],
  ['V', 'v', 4],
  ['FQ', 'v', 3],
  ['OX', 'v', 3],
  ['N', 'ox', 3],
  ['S', 'ox', 3],
  ['V', 'ox', 3],
  ['FQ', 'ox', 3],
];

/** One record's line of `bxb -l` (or `-L` with SVEBs). */
export function beatLine(c: BeatCounts, record: string, fs: number, sveb = false): string {
  const columns = sveb ? BEAT_COLUMNS_SVEB : BEAT_COLUMNS;
  const s = beatStatistics(c);
  const counts = columns.map(([refs, tests, width]) => ` ${wide(cells(c, refs, tests), width)}`).join('');
  const start =
    record.padStart(4) + counts + [s.qrsSe, s.qrsPp, s.vebSe, s.vebPp].map((r) => short(r)).join('');
  if (!sveb) return start + short(s.vebFpr, 3);
  const error = rrErrorMs(c, fs);
  const rr = Number.isNaN(error) ? '     -' : ` ${fixedWide(error, 6, 2)}`;
  return start + short(s.svebSe) + short(s.svebPp) + rr;
}

function short(ratio: Ratio, digits = 2): string {
  return ratio.all <= 0 ? '      -' : ` ${fixedWide(percent(ratio), 6, digits)}`;
}

export const SHUTDOWN_HEADING =
  'Record Nx   Vx   Fx   Qx  % beats  % N    % V    % F   Total Shutdown\n' +
  '                           missed missed missed missed      Time';

/** One record's line of the shutdown table. */
export function shutdownLine(c: BeatCounts, record: string): string {
  const counts = ['NS', 'V', 'F', 'Q'].map((ref) => ` ${wide(cells(c, ref, 'x'), 4)}`).join('');
  const ratios = shutdownRatios(c, false)
    .map(([, ratio]) => short(ratio))
    .join('');
  return `${record.padStart(4)}${counts}  ${ratios}${wide(c.shutdownSeconds, 5)} seconds`;
}
