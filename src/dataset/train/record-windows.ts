/**
 * Every window of a recording as one row of features, with what the protocols say about it.
 *
 * The same front end, detector and features as the live analysis: a row is what `RhythmAnalyser` would have seen at that
 * hop. Rows are 1 s apart, so that windows without overlap are every `windowS`-th of them. All lengths of window come from
 * one pass over the signal. Cost: 0.1 ms a row and length where no gate closes, and the detector once.
 */
import { openRecord, readAnnotations } from '../../../signals/formats/index.ts';
import { askGates, FEATURES, GATE_LIMITS, WindowFeed } from '../../advisory/index.ts';
import { COMPRESSIONS_S, CompressionWatch } from '../../advisory/compressions.ts';
import { ANALYSIS_FS } from '../../advisory/front.ts';
import type { Verdict } from '../../core/advice.ts';
import type { Override } from '../../score/advice-override.ts';
import {
  type Label,
  labelOf,
  type Protocol,
  PROTOCOLS,
  type Reference,
} from '../../score/advice-protocol.ts';
import { rhythmSpans } from '../../score/advice-reference.ts';
import { readMv } from '../advise.ts';
import { recordName } from './databases.ts';
import type { Stretch } from './unusable.ts';

export interface WindowRow {
  from: number;
  to: number;
  /** In the order of FEATURES. Where a gate closed on this window alone only ALWAYS are there, the others are NaN. */
  features: Float32Array;
  /** What the gates before the score said. */
  gate: Verdict | 'open';
  /** What they said of this window alone, without the watch for compressions: it looks back further and remembers. */
  alone: Verdict | 'open';
  /** The rhythm that a closed gate names. */
  gateRhythm: string;
  labels: Readonly<Record<Protocol, Label | undefined>>;
}

export interface RecordWindows {
  /** 'vfdb/426' */
  record: string;
  database: string;
  windowS: number;
  reference: Reference;
  lengthS: number;
  rows: WindowRow[];
}

/** What people said about the recordings, beside their annotations. */
export interface Readings {
  unusable: ReadonlyMap<string, readonly Stretch[]>;
  overrides: ReadonlyMap<string, readonly Override[]>;
}

/** What names VT and VF, also where a gate decided. */
const ALWAYS: ReadonlySet<string> = new Set(['acPeak', 'acLag']);

/** One entry for each length of window. */
export function recordWindows(
  path: string,
  lead: number,
  windows: readonly number[],
  { unusable, overrides }: Readings,
): RecordWindows[] {
  const reader = openRecord(path);
  const { fs } = reader.header;
  const rows = new Map(windows.map((s): [number, WindowRow[]] => [Math.round(s * fs), []]));
  let samples = 0;
  const watch = new CompressionWatch({ fs: ANALYSIS_FS, n: COMPRESSIONS_S * ANALYSIS_FS });
  const lengths = [COMPRESSIONS_S, ...windows];
  const feed: WindowFeed = new WindowFeed({ fs, windowS: lengths, hopS: 1 }, (w, quality, from, to) => {
    // As in RhythmAnalyser: the first window is that of the watch for compressions.
    if (w === feed.window) {
      watch.update(w);
      return;
    }
    const gate = askGates(w, quality, GATE_LIMITS, [], watch);
    const alone = watch.going ? askGates(w, quality, GATE_LIMITS, []) : gate;
    const features = Float32Array.from(FEATURES, (f) =>
      alone === undefined || ALWAYS.has(f.name) ? f.compute(w) : NaN,
    );
    const answer = {
      gate: gate?.verdict ?? ('open' as const),
      alone: alone?.verdict ?? ('open' as const),
      gateRhythm: gate?.rhythm ?? '',
    };
    rows.get(to - from)?.push({ from, to, features, ...answer, labels: NONE });
  });
  readMv(reader, lead, (x, n) => {
    samples += n;
    feed.process(x, n);
  });
  reader.close();
  const record = recordName(path);
  const reference: Reference = {
    fs,
    spans: rhythmSpans(readAnnotations(`${path}.atr`), samples),
    unusable: unusable.get(record) ?? [],
    overrides: overrides.get(record) ?? [],
  };
  return windows.map((windowS) => {
    const mine = rows.get(Math.round(windowS * fs)) ?? [];
    for (const row of mine) row.labels = labelsOf(reference, row);
    return { record, database: record.split('/')[0], windowS, reference, lengthS: samples / fs, rows: mine };
  });
}

const NONE: WindowRow['labels'] = {
  P0: undefined,
  P1: undefined,
  P1X: undefined,
  P2: undefined,
  P2R: undefined,
};

function labelsOf(reference: Reference, { from, to }: WindowRow): WindowRow['labels'] {
  const labels = { ...NONE };
  for (const p of PROTOCOLS) labels[p] = labelOf(p, reference, from, to);
  return labels;
}
