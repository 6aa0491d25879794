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

export { millisecondSpan as millisecondTime } from '../../score/span-text.ts';
