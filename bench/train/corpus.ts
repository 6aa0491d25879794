/**
 * What is trained on: lead 0 of every record, lead 1, and for mitdb also noise mixed in (nstdb em, ma, bw at several
 * strengths) and another rate (128 or 250 Hz). `fold` takes every other record, so that the rest can test.
 */
import { join } from 'node:path';
import type { Annotation } from '../../src/core/annotations.ts';
import type { Rng } from '../../src/core/rng.ts';
import { Resampler } from '../../src/dsp/index.ts';
import { marksOf, readLead, recordsOf } from '../lib/records.ts';

export interface Recording {
  record: string;
  x: Float64Array;
  fs: number;
  marks: readonly Annotation[];
  weight: number;
}
export type Fold = 'all' | 'even' | 'odd';

/** Share of the record's own amplitude, chance that it is made, weight. */
const NOISES = [
  ['em', 0.25, 0.8, 0.35],
  ['ma', 0.35, 0.4, 0.25],
  ['bw', 0.6, 0.4, 0.25],
  ['em', 0.5, 0.8, 0.35],
  ['em', 0.8, 0.8, 0.35],
] as const;
const LEAD_0 = 4;
const LEAD_1 = 0.4;
const OTHER_RATE = 0.5;
const CUDB = 0.5;

export function* corpus(
  folder: string,
  databases: readonly string[],
  fold: Fold,
  rng: Rng,
): Generator<Recording> {
  for (const database of databases) {
    const paths = recordsOf(folder, database);
    for (const [i, path] of paths.entries()) {
      if (paths.length > 1 && fold !== 'all' && (i % 2 === 0) !== (fold === 'even')) continue;
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
  if (database !== 'mitdb') return;
  const amplitude = usualSpan(x);
  for (const [noise, share, chance, weight] of NOISES)
    if (rng.float() < chance) {
      const gain = share * amplitude * rng.between(0.6, 1.4);
      yield { ...lead0, x: mixed(x, readLead(join(folder, 'nstdb', noise), 0).x, gain, rng), weight };
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

/** Median of the peak-to-peak values of stretches of about a second. */
function usualSpan(x: Float64Array): number {
  const spans: number[] = [];
  for (let i = 0; i + 400 < x.length; i += 4000) {
    const part = x.subarray(i, i + 400);
    spans.push(Math.max(...part) - Math.min(...part));
  }
  return spans.sort((a, b) => a - b)[spans.length >> 1];
}
