/** What the analysis tells of compressions, second by second. */
import { RhythmAnalyser } from '../../src/advisory/index.ts';
import { emptyBeat, emptyRWave } from '../../src/core/beat.ts';

export interface ToldSecond {
  going: boolean;
  /** The 3-s window that ends here: its verdict, '' while there is none. */
  verdict: string;
  /** What the vote says. */
  voted: string;
}

/** One entry for each whole second of x. */
export function toldSeconds(
  x: Float64Array,
  fs: number,
  channel?: (second: number) => boolean | undefined,
): ToldSecond[] {
  const analyser = new RhythmAnalyser({ fs });
  const beat = emptyBeat();
  const rWave = emptyRWave();
  const told: ToldSecond[] = [];
  for (let at = 0; at + fs <= x.length; at += fs) {
    if (channel !== undefined) analyser.tellCompressions(channel(at / fs));
    analyser.process(x.subarray(at, at + fs), fs);
    while (analyser.beats.take(beat));
    while (analyser.syncs.take(rWave));
    const verdict = analyser.advices.take()?.verdict ?? '';
    told.push({
      going: analyser.compressions.going,
      verdict,
      voted: analyser.decisions.take()?.verdict ?? '',
    });
  }
  return told;
}
