/**
 * The cardiac arrest of the University of Graz (ohca/graz-case1): pads ECG, accelerometer and the physicians' marks.
 *
 * The accelerometer's unit is not told. Its smallest swing of a compression is set on the first marked period (733 to 800 s),
 * which ends before the ECG begins (972 s) and is not scored: a quarter of the median swing of its seconds.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ChestMotion } from '../../src/advisory/index.ts';
import { quantile } from '../lib/table.ts';
import { type ToldSecond, toldSeconds } from './told.ts';

const FS = 250;
/** By hand up to here (111-126/min by the accelerometer), then mostly by a machine (80/min). */
const BY_HAND_UNTIL_S = 2650;
/** Begin and end are timed where the pause is this long. */
const PAUSE_S = 8;

interface Column {
  startS: number;
  x: Float64Array;
}
type Period = readonly [from: number, to: number];

function rowsOf(folder: string, name: string): string[][] {
  const file = join(folder, 'ohca/graz-case1', `${name}.csv.bz2`);
  const text = execFileSync('bzip2', ['-dc', file], { maxBuffer: 2 ** 28 }).toString();
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

function columnOf(folder: string, name: string): Column {
  const rows = rowsOf(folder, name);
  return { startS: Number(rows[0][0]), x: Float64Array.from(rows, (r) => Number(r[1])) };
}

/** Rows of the table: the ECG alone and the accelerometer, each over all and by who compressed. */
export function grazTable(folder: string): string[][] {
  const pads = columnOf(folder, 'ShockElectrodes');
  const chest = columnOf(folder, 'Accelerometer');
  const periods = rowsOf(folder, 'Ann_CC-periods').map((r): Period => [Number(r[1]), Number(r[2])]);
  const channel = channelOf(chest, periods[0]);
  const atSecond = (second: number): boolean | undefined =>
    channel[Math.floor(pads.startS + second - chest.startS)];
  const plain = toldSeconds(pads.x, FS);
  const helped = toldSeconds(pads.x, FS, atSecond);
  const deaf = toldSeconds(pads.x, FS, () => false);
  return [
    ...rows('ECG alone', plain, pads.startS, periods),
    ...rows('accelerometer', helped, pads.startS, periods).slice(0, 1),
    ...[['gate off', deaf] as const, ['ECG alone', plain] as const, ['accelerometer', helped] as const].map(
      ([name, told]) => shockRow(name, told, pads.startS, periods),
    ),
  ];
}

/** The channel's word at the end of each of its seconds. */
function channelOf({ x, startS }: Column, calibration: Period): (boolean | undefined)[] {
  const swings: number[] = [];
  for (let s = Math.ceil(calibration[0]); s + 1 <= calibration[1]; s++) {
    const from = Math.round((s - startS) * FS);
    const second = x.subarray(from, from + FS);
    swings.push(Math.max(...second) - Math.min(...second));
  }
  const motion = new ChestMotion({ fs: FS, minSwing: quantile(swings, 0.5) / 4 });
  const said: (boolean | undefined)[] = [];
  for (let at = 0; at + FS <= x.length; at += FS) {
    motion.process(x.subarray(at, at + FS), FS);
    said.push(motion.going);
  }
  return said;
}

const overlap = (periods: readonly Period[], from: number, to: number): number =>
  periods.reduce((sum, [a, b]) => sum + Math.max(0, Math.min(to, b) - Math.max(from, a)), 0);

function rows(
  name: string,
  told: readonly ToldSecond[],
  startS: number,
  periods: readonly Period[],
): string[][] {
  return [
    row(`${name}, all`, told, startS, periods, -Infinity, Infinity),
    row(`${name}, by hand`, told, startS, periods, -Infinity, BY_HAND_UNTIL_S),
    row(`${name}, after ${BY_HAND_UNTIL_S} s`, told, startS, periods, BY_HAND_UNTIL_S, Infinity),
  ];
}

function row(
  name: string,
  told: readonly ToldSecond[],
  startS: number,
  periods: readonly Period[],
  fromS: number,
  toS: number,
): string[] {
  let [tp, fn, tn, fp] = [0, 0, 0, 0];
  told.forEach(({ going }, second) => {
    const at = startS + second;
    if (at < fromS || at >= toS) return;
    const on = overlap(periods, at, at + 1) >= 0.5;
    if (on && going) tp++;
    else if (on) fn++;
    else if (going) fp++;
    else tn++;
  });
  const inside = (at: number): boolean => at > startS && at >= fromS && at < toS;
  const begins = periods.map(([a]) => a).filter((a) => inside(a) && overlap(periods, a - PAUSE_S, a) === 0);
  const ends = periods.map(([, b]) => b).filter((b) => inside(b) && overlap(periods, b, b + PAUSE_S) === 0);
  const percent = (part: number, rest: number): string => ((100 * part) / (part + rest)).toFixed(1);
  return [
    name,
    `${tp + fn} / ${tn + fp}`,
    percent(tp, fn),
    percent(tn, fp),
    delays(begins.map((at) => firstAfter(told, startS, at, true))),
    delays(ends.map((at) => firstAfter(told, startS, at, false))),
  ];
}

/** Seconds from `at` to the end of the first second that is told as wanted; within 30 s. */
function firstAfter(told: readonly ToldSecond[], startS: number, at: number, wanted: boolean): number {
  const from = Math.ceil(at - startS);
  const k = told.slice(from, from + 30).findIndex((t) => t.going === wanted);
  return k < 0 ? NaN : from + k + 1 + startS - at;
}

function delays(values: readonly number[]): string {
  const known = values.filter((v) => !Number.isNaN(v));
  if (known.length === 0) return '-';
  const late = values.length - known.length;
  return `${quantile(known, 0.5).toFixed(1)} (95 %: ${quantile(known, 0.95).toFixed(1)}; not in 30 s: ${late} of ${values.length})`;
}

/** What the vote advises while the chest is compressed, and in the pauses. */
function shockRow(
  name: string,
  told: readonly ToldSecond[],
  startS: number,
  periods: readonly Period[],
): string[] {
  const count = (on: boolean, voted: string): number =>
    told.filter((t, s) => t.voted === voted && overlap(periods, startS + s, startS + s + 1) >= 0.5 === on)
      .length;
  const line = (on: boolean): string =>
    `${count(on, 'shock')} / ${count(on, 'noShock')} / ${count(on, 'inconclusive')}`;
  return [
    `voted shock / no shock / inconclusive, ${name}`,
    `compressed: ${line(true)}`,
    '',
    '',
    `pauses: ${line(false)}`,
    '',
  ];
}
