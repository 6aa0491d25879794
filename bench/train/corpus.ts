/**
 * What is trained on: lead 0 of every record, lead 1, and for mitdb also noise mixed in (nstdb em, ma, bw at several
 * strengths; only stretches that the noise stress test leaves clean), taller T and P waves (taller-waves.ts) and another rate (128 or 250 Hz). `fold` leaves records out, so that they can test.
 */
import { join } from 'node:path';
import { isNoisy, STANDARD_PLAN } from '../../signals/artifacts/noise-stress.ts';
import type { Annotation } from '../../src/core/annotations.ts';
import type { Rng } from '../../src/core/rng.ts';
import { Resampler } from '../../src/dsp/index.ts';
import { P_WAVE, T_WAVE, taller } from './taller-waves.ts';
import { type Lead, marksOf, readLead, recordsOf } from '../lib/records.ts';

export interface Recording {
  record: string;
  x: Float64Array;
  fs: number;
  marks: readonly Annotation[];
  weight: number;
}
/** Every `of`-th record of a database, from number `out` on, is left out of training; none with `of` 0. */
export interface Fold {
  readonly out: number;
  readonly of: number;
}
export const isLeftOut = (record: number, { out, of }: Fold): boolean => of > 0 && record % of === out;

/** Smallest and largest rms of the noise's change in 17 ms as a share of the record's amplitude, chance, weight. */
const NOISES = [
  ['em', 0.03, 0.09, 0.8, 0.35],
  ['em', 0.07, 0.16, 0.8, 0.35],
  ['em', 0.12, 0.25, 0.8, 0.35],
  ['ma', 0.02, 0.06, 0.5, 0.25],
  ['bw', 0.01, 0.03, 0.5, 0.25],
] as const;
const CHANGE_S = 0.017;
const LEAD_0 = 4;
const LEAD_1 = 0.4;
const OTHER_RATE = 0.5;
const CUDB = 0.5;
const TALLER = 0.5;

export function* corpus(
  folder: string,
  databases: readonly string[],
  fold: Fold,
  rng: Rng,
): Generator<Recording> {
  for (const database of databases) {
    const paths = recordsOf(folder, database);
    for (const [i, path] of paths.entries()) {
      if (paths.length > 1 && isLeftOut(i, fold)) continue;
      yield* versionsOf(folder, database, path, rng);
    }
  }
}

function* versionsOf(folder: string, database: string, path: string, rng: Rng): Generator<Recording> {
  const record = path.split('/').at(-1) ?? path;
  const { x, fs } = readLead(path, 0);
  const all = marksOf(path);
  const cut = database === 'ahadb' ? 300 * fs : 0; // its first five minutes are not annotated
  const marks = all.map((a) => ({ ...a, sample: a.sample - cut })).filter((a) => a.sample >= 0);
  const lead0 = { record, x: x.subarray(cut), fs, marks };
  if (database === 'cudb') {
    yield { ...lead0, weight: CUDB };
    return;
  }
  yield { ...lead0, weight: LEAD_0 };
  yield { ...lead0, x: readLead(path, 1).x.subarray(cut), weight: LEAD_1 };
  for (const wave of [T_WAVE, P_WAVE]) yield { ...lead0, x: taller(lead0, wave, rng), weight: TALLER };
  if (database !== 'mitdb') return;
  const amplitude = usualSpan(x);
  for (const [noise, least, most, chance, weight] of NOISES)
    if (rng.float() < chance) {
      const lead = unusedNoise(join(folder, 'nstdb', noise), rng.int(0, 1));
      const share = Math.exp(rng.between(Math.log(least), Math.log(most)));
      const gain =
        (rng.pick([-1, 1]) * share * amplitude) / usualChange(lead.x, Math.round(CHANGE_S * lead.fs));
      yield { ...lead0, x: mixed(x, lead.x, gain, rng), weight };
    }
  yield { ...atRate(lead0, rng.pick([128, 250])), record, weight: OTHER_RATE };
}

function mixed(x: Float64Array, noise: Float64Array, gain: number, rng: Rng): Float64Array {
  const from = rng.int(0, noise.length - 1);
  const y = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) y[i] = x[i] + gain * noise[(i + from) % noise.length];
  return y;
}

function atRate({ x, fs, marks }: Omit<Recording, 'weight'>, to: number) {
  const resampler = new Resampler(fs, to);
  const y = new Float64Array(resampler.maxOutput(x.length));
  const n = resampler.process(x, x.length, y);
  const late = (resampler.delaySamples * to) / fs;
  return {
    x: y.subarray(0, n),
    fs: to,
    marks: marks.map((a) => ({ ...a, sample: Math.round((a.sample * to) / fs + late) })),
  };
}

/** The stretches of a noise record that fall into the clean halves of the noise stress test: the others are for testing. */
function unusedNoise(path: string, lead: number): Lead {
  const { x, fs } = readLead(path, lead);
  return { x: x.filter((_, i) => !isNoisy(i, { fs, ...STANDARD_PLAN })), fs };
}

/** Root mean square of the change in `step` samples. */
function usualChange(x: Float64Array, step: number): number {
  let square = 0;
  for (let i = step; i < x.length; i++) square += (x[i] - x[i - step]) ** 2;
  return Math.sqrt(square / (x.length - step));
}

/** Median of the peak-to-peak values of stretches of about a second. */
function usualSpan(x: Float64Array): number {
  const spans: number[] = [];
  for (let i = 0; i + 400 < x.length; i += 4000) {
    const part = x.subarray(i, i + 400);
    spans.push(Math.max(...part) - Math.min(...part));
  }
  return spans.sort((a, b) => a - b)[spans.length >> 1];
}
