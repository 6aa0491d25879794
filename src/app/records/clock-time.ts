/** Times of day, where the header knows when the recording began: `mstimstr` of WFDB with a negative argument. */
import type { Hertz } from '../../core/units.ts';
import { millisecondTime } from './times.ts';

const DAY_MS = 86_400_000;

export interface BaseTime {
  baseTime: string;
  baseDate: string;
}

/** "[15:14:12.960]", "[10:17:05.000 31/12/1994]", or the elapsed time where the start is unknown. */
export function clockTime(sample: number, fs: Hertz, base: BaseTime): string {
  const start = baseMs(base.baseTime);
  if (start === undefined) return millisecondTime(sample, fs);
  const ms = start + Math.floor((1000 * sample) / fs + 0.5);
  const days = Math.floor(ms / DAY_MS);
  const time = dayTime(ms - days * DAY_MS);
  const date = laterDate(base.baseDate, days);
  return date === undefined ? `[${time}]` : `[${time} ${date}]`;
}

/** "hh:mm:ss.mmm" with parts missing from the left, as headers write it. */
function baseMs(text: string): number | undefined {
  if (!/^(\d+:){0,2}\d+(\.\d+)?$/.test(text)) return undefined;
  return Math.round(1000 * text.split(':').reduce((seconds, part) => 60 * seconds + Number(part), 0));
}

function dayTime(ms: number): string {
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const fraction = String(ms % 1000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${fraction}`;
}

function laterDate(text: string, days: number): string | undefined {
  const m = /^(\d+)\/(\d+)\/(\d+)$/.exec(text);
  if (m === null) return undefined;
  const date = new Date(Date.UTC(Number(m[3]), Number(m[2]) - 1, Number(m[1]) + days));
  const two = (n: number) => String(n).padStart(2, '0');
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`;
}
