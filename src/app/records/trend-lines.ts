/** The trend of VF as text or JSON lines: for `rwave advise --trend`. */
import { basename } from 'node:path';
import type { RecordReader } from '../../core/record.ts';
import { TREND_FORMULA, type TrendOptions, type TrendPoint, trendOf } from '../../dataset/trend.ts';

const HEAD = 'record   at s      rhythm        AMSA dominant  height  kind';
/** One mark for each mV Hz, so many at most. */
const LONGEST_BAR = 40;

export function trendHead(): string {
  return [...TREND_FORMULA.map((line) => `# ${line}`), HEAD, ''].join('\n');
}

export function printTrend(path: string, reader: RecordReader, options: TrendOptions, json: boolean): void {
  const record = basename(path);
  trendOf(reader, options, (point) => {
    const text = json ? JSON.stringify({ record, lead: options.lead, ...point }) : lineOf(record, point);
    process.stdout.write(`${text}\n`);
  });
}

function lineOf(record: string, { atS, rhythm, vf }: TrendPoint): string {
  const head = `${record.padEnd(8)} ${atS.toFixed(1).padEnd(9)} ${rhythm.padEnd(12)}`;
  if (vf === null) return head.trimEnd();
  const amsa = vf.amsaMvHz.toFixed(1).padStart(6);
  const dominant = `${vf.dominantHz.toFixed(1)} Hz`.padStart(9);
  const height = `${vf.peakToPeakMv.toFixed(2)} mV`.padStart(8);
  const bar = '#'.repeat(Math.min(LONGEST_BAR, Math.round(vf.amsaMvHz)));
  return `${head}${amsa}${dominant}${height}  ${vf.kind.padEnd(7)}${bar}`;
}
