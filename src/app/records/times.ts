/**
 * Times as people type them and as the WFDB tools print them.
 *
 * Typed: seconds ("90", "0.5"), "m:ss" and "h:mm:ss" with decimals, "s1000" for a sample number, "e" for the end.
 */
import { UsageError } from '../../core/errors.ts';
import type { Hertz } from '../../core/units.ts';

/** The sample that a typed time means, rounded to the nearest. */
export function samplesOf(text: string, option: string, fs: Hertz, length: number | undefined): number {
  if (text === 'e') {
    if (length !== undefined) return length;
    throw new UsageError(`${option}: expected a time, found "e", and the record does not say its length`);
  }
  if (/^s\d+$/.test(text)) return Number(text.slice(1));
  if (!/^(\d+:){0,2}\d*\.?\d+$/.test(text)) {
    throw new UsageError(`${option}: expected seconds, m:ss, h:mm:ss, s<sample> or e, found "${text}"`);
  }
  return Math.floor(secondsOf(text) * fs + 0.5);
}

function secondsOf(text: string): number {
  return text.split(':').reduce((seconds, part) => 60 * seconds + Number(part), 0);
}

/** `mstimstr` of WFDB: "    0:01.028", hours only when there are some, 12 columns. */
export function millisecondTime(sample: number, fs: Hertz): string {
  const total = Math.floor((1000 * sample) / fs + 0.5);
  const ms = total % 1000;
  const seconds = (total - ms) / 1000;
  const text = (n: number, width: number) => String(n).padStart(width, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = `${text(s, 2)}.${text(ms, 3)}`;
  return (h > 0 ? `${h}:${text(m, 2)}:${tail}` : `${m}:${tail}`).padStart(12);
}
