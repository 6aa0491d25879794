/**
 * VF episodes of the voted decisions, by the rules of `epicmp -V`, on records that the weights have not seen.
 *
 * Reference: `[` .. `]` of cudb; in vfdb, which has none, the time that is labelled VF or VFL. From the start of the record.
 */
import { featureNamed, FEATURES, REGULAR } from '../../advisory/index.ts';
import type { RhythmName } from '../../core/advice.ts';
import { compareEpisodes, type EpisodeCounts, labelledEpisodes } from '../../score/episodes.ts';
import { type Decided, shockStretches, stretchMarks } from '../episode-marks.ts';
import type { Validated } from './cross-validate.ts';
import { votes } from './evaluate.ts';
import type { RecordWindows } from './record-windows.ts';

const REGULARITY = FEATURES.indexOf(featureNamed('acPeak'));
const LAG = FEATURES.indexOf(featureNamed('acLag'));

function decisionsOf(r: RecordWindows, scores: Float64Array): Decided[] {
  const { fs } = r.reference;
  return votes(r, scores, r.windowS).map(({ verdict, voters }, k) => {
    const row = r.rows[k];
    const rhythm: RhythmName = row.features[REGULARITY] > REGULAR ? 'VT' : 'VF';
    return {
      from: Math.max(0, row.to - Math.max(1, voters) * r.windowS * fs),
      to: row.to,
      verdict,
      rhythm,
      rate: 60 / row.features[LAG],
    };
  });
}

export interface EpisodeSums extends EpisodeCounts {
  database: string;
}

export function episodeSums(v: Validated, database: string): EpisodeSums {
  const none = { of: 0, all: 0 };
  const sum: EpisodeSums = {
    database,
    sensitivity: { ...none },
    predictivity: { ...none },
    referenceDuration: 0,
    testDuration: 0,
    overlap: 0,
  };
  for (const [r, scores] of v.scores) {
    if (r.database !== database) continue;
    const { fs, spans } = r.reference;
    const marks = stretchMarks(shockStretches(decisionsOf(r, scores), fs));
    const c = compareEpisodes(labelledEpisodes(spans), marks, { start: 0, end: Math.round(r.lengthS * fs) });
    for (const part of ['sensitivity', 'predictivity'] as const) {
      sum[part].of += c[part].of;
      sum[part].all += c[part].all;
    }
    sum.referenceDuration += c.referenceDuration / fs;
    sum.testDuration += c.testDuration / fs;
    sum.overlap += c.overlap / fs;
  }
  return sum;
}

export function episodeLines(v: Validated): string[] {
  const percent = (of: number, all: number): string =>
    all > 0 ? ((100 * of) / all).toFixed(1).padStart(6) : '     -';
  return ['cudb', 'vfdb'].map((database) => {
    const {
      sensitivity: se,
      predictivity: pp,
      referenceDuration,
      testDuration,
      overlap,
    } = episodeSums(v, database);
    const counts = `${se.of}/${se.all}`.padStart(8) + `${pp.of}/${pp.all}`.padStart(8);
    const shares = [
      percent(se.of, se.all),
      percent(pp.of, pp.all),
      percent(overlap, referenceDuration),
      percent(overlap, testDuration),
    ];
    return `${database}  ${counts} ${shares.join(' ')}`;
  });
}
