/**
 * What a check found: a value against a limit, and where the limit comes from.
 *
 * Marks as in docs/SAFETY.md: S read in a manufacturer's manual or source, 2 a secondary source that restates it, K general
 * knowledge that no page confirmed, D our own decision for this simulator.
 */
export type Verdict = 'PASS' | 'FAIL' | 'not run';
export type Mark = 'S' | '2' | 'K' | 'D';

/** Inclusive on both sides. */
export interface Limit {
  low: number;
  high: number;
  unit: string;
  source: string;
  mark: Mark;
  /** Beyond it somebody could be hurt: the run ends with exit code 5. */
  safety?: true;
}

export interface Finding {
  what: string;
  verdict: Verdict;
  /** Missing where nothing was measured. */
  value?: number;
  limit?: Limit;
  note?: string;
}

/** A curve or a cloud of dots; x and y have the same length. */
export interface Series {
  name: string;
  x: readonly number[];
  y: readonly number[];
  kind?: 'line' | 'dots';
}

export interface Plot {
  title: string;
  xLabel: string;
  yLabel: string;
  series: readonly Series[];
  /** Dashed lines across: at this y, or at this x. */
  lines?: readonly { y?: number; x?: number; label: string }[];
}

/** Many values: rows by columns, each cell judged by itself where it has a limit. */
export interface Matrix {
  title: string;
  rowLabel: string;
  columnLabel: string;
  rows: readonly string[];
  columns: readonly string[];
  cells: readonly (readonly { text: string; verdict?: Verdict }[])[];
}

export interface CheckResult {
  findings: readonly Finding[];
  plots?: readonly Plot[];
  matrices?: readonly Matrix[];
}

export interface CheckReport extends CheckResult {
  name: string;
  title: string;
  /** How it is measured, one or two sentences. */
  method: string;
}

/** NaN is a failure: what could not be measured did not happen in time. */
export function judge(what: string, value: number, limit: Limit, note?: string): Finding {
  const isFine = value >= limit.low && value <= limit.high;
  return { what, verdict: isFine ? 'PASS' : 'FAIL', value, limit, ...(note !== undefined && { note }) };
}

/**
 * A time that was only seen to lie between two looks. Where the limit lies between them too, this computer was too slow to
 * tell: that is not a PASS, and not the device's failure.
 */
export function judgeBetween(what: string, low: number, high: number, limit: Limit): Finding {
  if (low <= limit.high && high > limit.high) {
    const seen = `between ${numberText(low)} and ${numberText(high)} ${limit.unit}`;
    return { what, verdict: 'not run', limit, note: `${seen}: this computer looked too seldom to tell` };
  }
  return judge(what, high, limit);
}

/** Something that must be so, without a number. */
export function expectTrue(
  what: string,
  isSo: boolean,
  limit: Pick<Limit, 'source' | 'mark' | 'safety'>,
  note?: string,
): Finding {
  return judge(what, isSo ? 1 : 0, { low: 1, high: 1, unit: 'yes = 1', ...limit }, note);
}

export function notRun(what: string, why: string): Finding {
  return { what, verdict: 'not run', note: why };
}

/** Of several verdicts the gravest. `not run` only where nothing ran: it is never a PASS. */
export function worst(findings: readonly Finding[]): Verdict {
  if (findings.some((f) => f.verdict === 'FAIL')) return 'FAIL';
  return findings.some((f) => f.verdict === 'PASS') ? 'PASS' : 'not run';
}

export function brokeSafety({ verdict, limit }: Finding): boolean {
  return verdict === 'FAIL' && limit?.safety === true;
}

/** `at most 60 ms`, `1.2 .. 2 J`, for people. */
export function limitText({ low, high, unit }: Limit): string {
  if (low === 1 && high === 1 && unit === 'yes = 1') return 'must be so';
  if (low === high) return `${numberText(low)} ${unit}`;
  if (low === -Infinity || (low === 0 && high > 0)) return `at most ${numberText(high)} ${unit}`;
  if (high === Infinity) return `at least ${numberText(low)} ${unit}`;
  return `${numberText(low)} .. ${numberText(high)} ${unit}`;
}

export function valueText({ value, limit }: Finding): string {
  if (value === undefined) return '';
  if (limit?.unit === 'yes = 1') return value === 1 ? 'yes' : 'no';
  if (value === Infinity) return 'never';
  return Number.isNaN(value) ? 'none' : `${numberText(value)} ${limit?.unit ?? ''}`.trim();
}

/** Four digits that count; the same text on every computer. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}
