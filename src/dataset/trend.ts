/**
 * How VF changes from second to second: AMSA, dominant frequency, height, coarse or fine. A trend for the eye, never advice.
 *
 * Numbers only where the window is called shockable (VF, or so even that it is called VT): of a beating heart or of
 * compressions they say nothing. Coarse is 0.2 mV peak
 * to peak or more (AHA 1997).
 */
import { amsa, featureNamed, RhythmAnalyser, WindowFeed } from '../advisory/index.ts';
import type { Advice, RhythmName } from '../core/advice.ts';
import { emptyBeat, emptyRWave } from '../core/beat.ts';
import type { RecordReader } from '../core/record.ts';
import { readMv } from './advise.ts';

export interface TrendPoint {
  /** End of the window, seconds of the record. */
  atS: number;
  rhythm: RhythmName;
  /** null where the window is not shockable. */
  vf: { amsaMvHz: number; dominantHz: number; peakToPeakMv: number; kind: 'coarse' | 'fine' } | null;
}

export interface TrendOptions {
  lead: number;
  windowS: number;
  hopS: number;
}

/** The formulas, for the head of every table and page. */
export const TREND_FORMULA = [
  'AMSA = 2 / fs * sum over 2-48 Hz of |X(f)| f df, mV Hz (Tukey window; behind 1-30 Hz)',
  'dominant = frequency of the largest line of the spectrum in 0.5-9 Hz; height = peak to peak, 1-30 Hz',
  'coarse VF: 0.2 mV or more. A trend, to be compared with itself only. It is not advice.',
] as const;

const COARSE_MV = 0.2;
const peakFrequency = featureNamed('peakFrequency');

/** Calls `onPoint` for each window, in order of time. */
export function trendOf(
  reader: RecordReader,
  { lead, windowS, hopS }: TrendOptions,
  onPoint: (point: TrendPoint) => void,
): void {
  const { fs } = reader.header;
  const analyser = new RhythmAnalyser({ fs, windowS, hopS });
  const measured: Omit<NonNullable<TrendPoint['vf']>, 'kind'>[] = [];
  const feed = new WindowFeed({ fs, windowS, hopS }, (w) => {
    measured.push({
      amsaMvHz: amsa(w),
      dominantHz: peakFrequency.compute(w),
      peakToPeakMv: w.peakToPeak,
    });
  });
  const beat = emptyBeat();
  const rWave = emptyRWave();
  const point = (advice: Advice): TrendPoint => {
    const numbers = measured.shift();
    const vf =
      advice.verdict === 'shock' && numbers !== undefined
        ? { ...numbers, kind: kindOf(numbers.peakToPeakMv) }
        : null;
    return { atS: advice.to / fs, rhythm: advice.rhythm, vf };
  };
  readMv(reader, lead, (x, n) => {
    feed.process(x, n);
    analyser.process(x, n);
    while (analyser.beats.take(beat));
    while (analyser.syncs.take(rWave));
    while (feed.beats.take(beat));
    while (feed.syncs.take(rWave));
    while (analyser.decisions.take() !== undefined);
    for (let a = analyser.advices.take(); a !== undefined; a = analyser.advices.take()) onPoint(point(a));
  });
}

const kindOf = (mv: number): 'coarse' | 'fine' => (mv >= COARSE_MV ? 'coarse' : 'fine');
