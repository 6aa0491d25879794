/**
 * Accuracy of the detector on a database: beats (gross), class V, R fiducial and synchroniser.
 *
 * Beats are matched one to one, the nearest within 150 ms; VF spans are left out. V as bxb counts it: F and Q of the
 * reference do not count against +P; paced records are left out of V. Delay of a trigger: decision minus annotated R.
 */
import { basename } from 'node:path';
import { emptyBeat, emptyRWave } from '../../src/core/beat.ts';
import { type Annotation, CODE } from '../../src/core/annotations.ts';
import { QrsDetector, type QrsDetectorOptions } from '../../src/detect/index.ts';
import { flutterSpans, isBeat, marksOf, readLead, recordsOf, within } from './records.ts';

const PACED = new Set(['102', '104', '107', '217']);
const VENTRICULAR = new Set<number>([CODE.PVC, CODE.VESC, CODE.RONT]);
const NEITHER = new Set<number>([CODE.FUSION, CODE.UNKNOWN, CODE.PACE, CODE.PFUS]);
const SYNC_FROM_S = 10;

export interface Accuracy {
  tp: number;
  fn: number;
  fp: number;
  v: { tp: number; fn: number; fp: number };
  fiducialMs: number[];
  sync: Synchroniser;
  /** The same of the triggers that may carry a shock. */
  sure: Synchroniser;
}

export interface Synchroniser {
  tp: number;
  fn: number;
  fp: number;
  delaysMs: number[];
  lateV: number;
  v: number;
  onT: number;
}
const noTriggers = (): Synchroniser => ({ tp: 0, fn: 0, fp: 0, delaysMs: [], lateV: 0, v: 0, onT: 0 });

interface Output {
  beats: { sample: number; v: boolean }[];
  triggers: { at: number; sure: boolean }[];
}

function run(x: Float64Array, fs: number, judges: Judges): Output {
  const detector = new QrsDetector({ fs, ...judges });
  const beat = emptyBeat();
  const sync = emptyRWave();
  const out: Output = { beats: [], triggers: [] };
  const drain = (): void => {
    while (detector.beats.take(beat)) out.beats.push({ sample: beat.sample, v: beat.beatClass === 'V' });
    while (detector.syncs.take(sync)) out.triggers.push({ at: sync.decidedAt, sure: sync.sure });
  };
  for (let at = 0; at < x.length; at += 1024) {
    detector.process(x.subarray(at, at + 1024), Math.min(1024, x.length - at));
    drain();
  }
  detector.flush();
  drain();
  return out;
}

/** Pairs of indices, and what is left over on both sides. */
export function pair(reference: readonly number[], test: readonly number[], window: number) {
  const pairs: [number, number][] = [];
  const missed: number[] = [];
  const extra: number[] = [];
  for (let i = 0, j = 0; i < reference.length || j < test.length;) {
    const r = reference[i] ?? Infinity;
    const t = test[j] ?? Infinity;
    const apart = Math.abs(t - r);
    const nextTest = Math.abs((test[j + 1] ?? Infinity) - r);
    const nextReference = Math.abs(t - (reference[i + 1] ?? Infinity));
    if (!(apart <= window)) {
      if (t < r) extra.push(j++);
      else missed.push(i++);
    } else if (nextTest < apart && nextTest <= nextReference) extra.push(j++);
    else if (nextReference < apart) missed.push(i++);
    else pairs.push([i++, j++]);
  }
  return { pairs, missed, extra };
}

export type Judges = Pick<QrsDetectorOptions, 'weights' | 'syncWeights'>;

/** `judgesFor(i)`: the judges for the i-th record; the shipped ones unless said otherwise. */
export function accuracyOf(
  folder: string,
  database: string,
  fromSeconds: number,
  judgesFor: (index: number) => Judges = () => ({}),
): Accuracy {
  const sum: Accuracy = {
    tp: 0,
    fn: 0,
    fp: 0,
    v: { tp: 0, fn: 0, fp: 0 },
    fiducialMs: [],
    sync: noTriggers(),
    sure: noTriggers(),
  };
  for (const [index, path] of recordsOf(folder, database).entries()) {
    const { x, fs } = readLead(path, 0);
    const marks = marksOf(path);
    const spans = flutterSpans(marks);
    const reference = marks.filter((a) => isBeat(a) && !within(spans, a.sample));
    const found = run(x, fs, judgesFor(index));
    addBeats(sum, reference, found, spans, fs, fromSeconds, PACED.has(basename(path)));
    const from = Math.max(SYNC_FROM_S, database === 'ahadb' ? fromSeconds : 0);
    const counted = found.triggers.filter(({ at }) => !within(spans, at));
    addSync(sum.sync, reference, counted, fs, from);
    addSync(
      sum.sure,
      reference,
      counted.filter(({ sure }) => sure),
      fs,
      from,
    );
  }
  return sum;
}

function addBeats(
  sum: Accuracy,
  all: readonly Annotation[],
  found: Output,
  spans: readonly [number, number][],
  fs: number,
  fromSeconds: number,
  paced: boolean,
): void {
  const counts = (s: number): boolean => s >= fromSeconds * fs && !within(spans, s);
  const reference = all.filter((a) => counts(a.sample));
  const beats = found.beats.filter((b) => counts(b.sample));
  const m = pair(
    reference.map((a) => a.sample),
    beats.map((b) => b.sample),
    Math.round(0.15 * fs),
  );
  sum.tp += m.pairs.length;
  sum.fn += m.missed.length;
  sum.fp += m.extra.length;
  for (const [i, j] of m.pairs) sum.fiducialMs.push(((beats[j].sample - reference[i].sample) * 1000) / fs);
  if (paced) return;
  for (const [i, j] of m.pairs) {
    if (VENTRICULAR.has(reference[i].code)) sum.v[beats[j].v ? 'tp' : 'fn']++;
    else if (beats[j].v && !NEITHER.has(reference[i].code)) sum.v.fp++;
  }
  sum.v.fn += m.missed.filter((i) => VENTRICULAR.has(reference[i].code)).length;
  sum.v.fp += m.extra.filter((j) => beats[j].v).length;
}

function addSync(
  sync: Synchroniser,
  all: readonly Annotation[],
  triggers: Output['triggers'],
  fs: number,
  fromSeconds: number,
): void {
  const reference = all.filter((a) => a.sample >= fromSeconds * fs);
  const fired = triggers.map(({ at }) => at).filter((s) => s >= (fromSeconds - 0.15) * fs);
  const m = pair(
    reference.map((a) => a.sample),
    fired,
    Math.round(0.15 * fs),
  );
  sync.tp += m.pairs.length;
  sync.fn += m.missed.length;
  sync.fp += m.extra.length;
  sync.v += reference.filter((a) => VENTRICULAR.has(a.code)).length;
  for (const [i, j] of m.pairs) {
    const ms = ((fired[j] - reference[i].sample) * 1000) / fs;
    sync.delaysMs.push(ms);
    if (ms > 60 && VENTRICULAR.has(reference[i].code)) sync.lateV++;
  }
  for (const j of m.extra) {
    let before = -Infinity;
    for (const a of reference) if (a.sample < fired[j]) before = a.sample;
    const ms = ((fired[j] - before) * 1000) / fs;
    if (ms > 160 && ms < 360) sync.onT++;
  }
}
