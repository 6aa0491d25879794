/**
 * How a figure spreads over the records: gross and average hide the one record that fails.
 *
 * The statistics are those of mathjs (sample SD with n - 1; quantiles interpolated, R's type 7). It takes 0.7 s and 90 MB to
 * load, so it is loaded here, when somebody asks for the spread, and nowhere on the way of a sample.
 */
import { percent, type BeatStatistics } from '../../score/beat-counts.ts';

export interface Spread {
  /** Records for which the figure exists. */
  n: number;
  mean: number;
  /** NaN for a single record. */
  sd: number;
  min: number;
  q1: number;
  median: number;
  q3: number;
  max: number;
}

export async function spreadOf(values: readonly number[]): Promise<Spread> {
  const x = values.filter((v) => !Number.isNaN(v));
  if (x.length === 0) return { n: 0, mean: NaN, sd: NaN, min: NaN, q1: NaN, median: NaN, q3: NaN, max: NaN };
  const { max, mean, min, quantileSeq, std } = await import('mathjs');
  const [q1 = NaN, median = NaN, q3 = NaN] = quantileSeq(x, [0.25, 0.5, 0.75]) as number[];
  return {
    n: x.length,
    mean: mean(x),
    sd: x.length > 1 ? Number(std(x)) : NaN,
    min: min(x),
    q1,
    median,
    q3,
    max: max(x),
  };
}

const FIGURES = [
  ['Q Se', 'qrsSe'],
  ['Q +P', 'qrsPp'],
  ['V Se', 'vebSe'],
  ['V +P', 'vebPp'],
] as const;
const NUMBERS = ['mean', 'sd', 'min', 'q1', 'median', 'q3', 'max'] as const;

/** In per cent, over the records that have the figure. */
export async function spreadFigures(records: readonly BeatStatistics[]): Promise<Record<string, Spread>> {
  const figures: Record<string, Spread> = {};
  for (const [, key] of FIGURES) figures[key] = await spreadOf(records.map((r) => percent(r[key])));
  return figures;
}

/** The same as text, a line for each figure. */
export async function spreadText(records: readonly BeatStatistics[]): Promise<string> {
  const figures = await spreadFigures(records);
  const rows = FIGURES.map(([title, key]) => {
    const spread = figures[key];
    const cells = NUMBERS.map((name) => text(spread[name]).padStart(8)).join('');
    return `${title.padEnd(12)} ${String(spread.n).padStart(5)}${cells}`;
  });
  const heading = `Over records     n${NUMBERS.map((n) => n.padStart(8)).join('')}`;
  return `\n${[heading, ...rows].join('\n')}\n`;
}

function text(value: number): string {
  return Number.isNaN(value) ? '-' : value.toFixed(2);
}
