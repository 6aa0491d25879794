/**
 * Every window of a recording as one row of features, with what the protocols have to know about it.
 *
 * The same front end, detector and features as the live analysis: a row is what `RhythmAnalyser` would have seen at that
 * hop. Rows are 1 s apart, so that windows without overlap are every `windowS`-th of them.
 */
import { basename, dirname } from 'node:path';
import { openRecord, readAnnotations } from '../../../signals/formats/index.ts';
import { askGates, featureNamed, FEATURES, GATE_LIMITS, WindowFeed } from '../../advisory/index.ts';
import type { Verdict } from '../../core/advice.ts';
import type { Reference } from '../../score/advice-protocol.ts';
import { rhythmSpans } from '../../score/advice-reference.ts';
import { readMv } from '../advise.ts';
import type { Stretch } from './unusable.ts';

export interface WindowRow {
  from: number;
  to: number;
  /** In the order of FEATURES. */
  features: Float32Array;
  /** What the gates before the score said. */
  gate: Verdict | 'open';
  peakToPeakMv: number;
  vtRate: number;
  vfBandShare: number;
}

export interface RecordWindows {
  /** 'vfdb/426' */
  record: string;
  database: string;
  lead: number;
  reference: Reference;
  lengthS: number;
  rows: WindowRow[];
}

const power2to8 = featureNamed('power2to8');

export function recordWindows(
  path: string,
  lead: number,
  windowS: number,
  unusableOf: ReadonlyMap<string, readonly Stretch[]>,
): RecordWindows {
  const reader = openRecord(path);
  const { fs } = reader.header;
  const rows: WindowRow[] = [];
  let samples = 0;
  const feed = new WindowFeed({ fs, windowS, hopS: 1 }, (w, quality, from, to) => {
    const gate = askGates(w, quality, GATE_LIMITS, [])?.verdict ?? 'open';
    const features = Float32Array.from(FEATURES, (f) => f.compute(w));
    const vfBandShare = power2to8.compute(w);
    rows.push({ from, to, features, gate, peakToPeakMv: w.peakToPeak, vtRate: NaN, vfBandShare });
  });
  readMv(reader, lead, (x, n) => {
    samples += n;
    feed.process(x, n);
  });
  reader.close();
  const database = basename(dirname(path));
  const record = `${database}/${basename(path)}`;
  const spans = rhythmSpans(readAnnotations(`${path}.atr`), samples);
  const reference: Reference = { fs, spans, unusable: unusableOf.get(record) ?? [] };
  fillVtRates(rows, reference);
  return { record, database, lead, reference, lengthS: samples / fs, rows };
}

/** The rate of each VT episode: 60 / median repetition lag of its windows. */
function fillVtRates(rows: readonly WindowRow[], { spans }: Reference): void {
  const lagAt = FEATURES.findIndex((f) => f.name === 'acLag');
  for (const span of spans.filter((s) => s.rhythm === 'VT')) {
    const inside = rows.filter((r) => r.from >= span.from && r.to <= span.to);
    const lags = inside.map((r) => r.features[lagAt]).filter((lag) => lag > 0);
    lags.sort((a, b) => a - b);
    const rate = lags.length > 0 ? 60 / lags[lags.length >> 1] : NaN;
    for (const r of inside) r.vtRate = rate;
  }
}
