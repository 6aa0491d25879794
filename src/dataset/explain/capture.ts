/** Runs the analysis up to one moment of a record and keeps everything that the explanation shows. */
import {
  amsa,
  featureNamed,
  FEATURES,
  RhythmAnalyser,
  TEACHING_FEATURES,
  WindowFeed,
} from '../../advisory/index.ts';
import type { Advice } from '../../core/advice.ts';
import { emptyBeat, emptyRWave } from '../../core/beat.ts';
import { UsageError } from '../../core/errors.ts';
import type { RecordReader } from '../../core/record.ts';
import { readMv } from '../advise.ts';

export interface Captured {
  fs: number;
  windowS: number;
  advice: Advice;
  decision: Advice;
  /** Raw signal of the last `rawS` seconds up to the end of the window, mV. */
  raw: Float64Array;
  rawFrom: number;
  /** The window at 250 Hz as the features saw it. */
  filtered: Float64Array;
  filteredFs: number;
  /** R peaks, samples of the record. */
  beats: number[];
  /** Every feature, the teaching ones too, in the order of the registry. */
  values: { name: string; value: number }[];
  amsa: number;
  dominantHz: number;
}

const RAW_S = 10;

export function capture(reader: RecordReader, lead: number, atS: number, windowS: number): Captured {
  const { fs } = reader.header;
  const analyser = new RhythmAnalyser({ fs, windowS });
  const beats: number[] = [];
  const all: Float64Array[] = [];
  const found: { captured?: Captured } = {};
  let seen = 0;
  let window: Omit<Captured, 'advice' | 'decision' | 'beats' | 'raw' | 'rawFrom'> | undefined;
  const feed = new WindowFeed({ fs, windowS, hopS: 1 }, (w, _quality, _from, to) => {
    if (window !== undefined || to < atS * fs) return;
    window = {
      fs,
      windowS,
      filtered: w.x.slice(),
      filteredFs: w.fs,
      values: [...FEATURES, ...TEACHING_FEATURES].map((f) => ({ name: f.name, value: f.compute(w) })),
      amsa: amsa(w),
      dominantHz: featureNamed('peakFrequency').compute(w),
    };
  });
  const beat = emptyBeat();
  const rWave = emptyRWave();
  readMv(reader, lead, (x, n) => {
    if (found.captured !== undefined) return;
    all.push(x.slice(0, n));
    seen += n;
    feed.process(x, n);
    analyser.process(x, n);
    while (analyser.syncs.take(rWave));
    while (analyser.beats.take(beat)) beats.push(beat.sample);
    for (;;) {
      const advice = analyser.advices.take();
      const decision = analyser.decisions.take();
      if (advice === undefined || decision === undefined) break;
      if (found.captured !== undefined || window === undefined || advice.to < atS * fs) continue;
      const rawFrom = Math.max(0, advice.to - Math.round(RAW_S * fs));
      const raw = joined(all, seen, rawFrom, advice.to);
      found.captured = { ...window, advice, decision, raw, rawFrom, beats };
    }
  });
  if (found.captured === undefined)
    throw new UsageError(
      `--at: expected a time before ${Math.floor(seen / fs)} s, where the record ends, found ${atS}`,
    );
  const { captured } = found;
  captured.beats = beats.filter((b) => b >= captured.rawFrom && b < captured.advice.to);
  return captured;
}

/** Samples from .. to - 1 of the pieces. */
function joined(pieces: readonly Float64Array[], length: number, from: number, to: number): Float64Array {
  const out = new Float64Array(to - from);
  let at = 0;
  for (const piece of pieces) {
    for (let i = Math.max(0, from - at); i < piece.length && at + i < to; i++) out[at + i - from] = piece[i];
    at += piece.length;
    if (at >= Math.min(to, length)) break;
  }
  return out;
}
