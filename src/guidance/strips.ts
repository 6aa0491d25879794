/** Pieces of waveform put together again around an event. What was not kept is NaN. */
import type { Strip, StripMark } from '../core/ecg-strip.ts';
import type { SessionEvent } from '../core/session-events.ts';
import { STRIP_AFTER_S, STRIP_BEFORE_S } from './log.ts';
import type { LogRecord, WavePiece } from './log.ts';

/** A lane is 40 mm high. */
const LANE_MV = 2;

export type StripData = Pick<Strip, 'fs' | 'leads' | 'marks' | 'mmPerMv'> & { fromS: number; toS: number };

/** Pieces in the order of their samples: found by halving. */
export class WaveStore {
  private readonly pieces: readonly WavePiece[];

  constructor(records: readonly LogRecord[]) {
    this.pieces = records.filter((r): r is WavePiece => r.type === 'wave');
  }

  get fs(): number {
    return this.pieces[0]?.fs ?? 0;
  }
  get names(): readonly string[] {
    return this.pieces[0]?.leads.map((l) => l.name) ?? [];
  }

  /** Samples [from, to) of lead `lead`; NaN where nothing was kept; undefined where there is not one sample. */
  cut(lead: number, from: number, to: number): Float32Array | undefined {
    const values = new Float32Array(to - from).fill(NaN);
    let any = false;
    for (let k = this.firstAt(from); k < this.pieces.length && this.pieces[k].sample < to; k++) {
      const { sample, leads } = this.pieces[k];
      const { mv } = leads[lead];
      for (let i = Math.max(0, from - sample); i < mv.length && sample + i < to; i++)
        values[sample + i - from] = mv[i];
      any = true;
    }
    return any ? values : undefined;
  }

  /** The first piece that may reach behind `sample`. */
  private firstAt(sample: number): number {
    let low = 0;
    let high = this.pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = this.pieces[middle];
      if (piece.sample + piece.leads[0].mv.length > sample) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

/** From 3 s before to 5 s after, the pads' lead; with the R markers of the box and the shocks in it. */
export function stripAt(
  store: WaveStore,
  { sample }: SessionEvent,
  events: readonly SessionEvent[],
): StripData | undefined {
  const { fs } = store;
  const from = Math.max(0, sample - Math.round(STRIP_BEFORE_S * fs));
  const to = sample + Math.round(STRIP_AFTER_S * fs);
  const values = store.cut(0, from, to);
  if (values === undefined) return undefined;
  const marks: { at: number; kind: StripMark }[] = [{ at: sample - from, kind: 'event' }];
  for (const e of events) {
    const isMark = e.type === 'shock' || e.type === 'sync';
    if (isMark && e.sample >= from && e.sample < to) marks.push({ at: e.sample - from, kind: e.type });
  }
  const name = store.names[0] ?? '';
  const trace = centred(values);
  const mmPerMv = fits(trace.subarray(0, sample - from)) ? 10 : 5;
  return { fs, leads: [{ name, values: trace }], marks, mmPerMv, fromS: from / fs, toS: to / fs };
}

/** Half the size where the trace would leave its lane before the event; what a shock does to it is cut. */
function fits(before: Float32Array): boolean {
  return before.every((mv) => Number.isNaN(mv) || Math.abs(mv) <= LANE_MV);
}

/** Electrodes have an offset of their own: the trace runs around its median. */
function centred(values: Float32Array): Float32Array {
  const known = values.filter((v) => !Number.isNaN(v)).sort();
  const middle = known[known.length >> 1] ?? 0;
  return values.map((v) => v - middle);
}
