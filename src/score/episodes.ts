/**
 * Episode-by-episode comparison of ventricular fibrillation, with the rules of `epicmp -V` (ANSI/AAMI EC57).
 *
 * An episode lasts from VFON to VFOFF (rhythm labels are not looked at); one that is never closed lasts to the end.
 * Any overlap makes it found. Durations are compared as well: what share of the fibrillation was marked.
 */
import { CODE, type Annotation } from '../core/annotations.ts';
import type { RhythmSpan } from './advice-reference.ts';
import { millisecondSpan } from './span-text.ts';
import type { Ratio } from './beat-counts.ts';
import type { CompareOptions } from './beats.ts';
import type { ReportNames } from './beat-report.ts';
import { wholePercent } from './run-report.ts';
import { wide } from '../core/printf.ts';

export interface Episode {
  from: number;
  to: number;
}

export interface EpisodeCounts {
  /** Reference episodes that the test overlaps, and all of them. */
  sensitivity: Ratio;
  /** Test episodes that the reference overlaps, and all of them. */
  predictivity: Ratio;
  /** Samples. */
  referenceDuration: number;
  testDuration: number;
  overlap: number;
}

export type EpisodeOptions = Pick<CompareOptions, 'start' | 'end'>;

export function compareEpisodes(
  reference: readonly Annotation[],
  test: readonly Annotation[],
  options: EpisodeOptions,
): EpisodeCounts {
  const ref = vfEpisodes(reference, options);
  const tst = vfEpisodes(test, options);
  return {
    sensitivity: { of: ref.filter((e) => overlapOf(e, tst) > 0).length, all: ref.length },
    predictivity: { of: tst.filter((e) => overlapOf(e, ref) > 0).length, all: tst.length },
    referenceDuration: durationOf(ref),
    testDuration: durationOf(tst),
    overlap: ref.reduce((sum, e) => sum + overlapOf(e, tst), 0),
  };
}

/** Episodes of a reference that has rhythm labels in place of VFON and VFOFF: the time labelled VF or VFL, as such marks. */
export function labelledEpisodes(spans: readonly RhythmSpan[]): Annotation[] {
  const marks: Annotation[] = [];
  const mark = (sample: number, code: number): void => {
    marks.push({ sample, code, subtype: 0, chan: 0, num: 0, aux: '' });
  };
  let inside = false;
  for (const { from, rhythm } of spans) {
    const vf = rhythm === 'VF' || rhythm === 'VFL';
    if (vf !== inside) mark(from, vf ? CODE.VFON : CODE.VFOFF);
    inside = vf;
  }
  return marks;
}

/** Those that reach into the time of the test, cut to it. */
function vfEpisodes(annotations: readonly Annotation[], { start, end }: EpisodeOptions): Episode[] {
  const limit = typeof end === 'number' ? end : Infinity;
  const last = annotations.at(-1)?.sample ?? 0;
  const episodes: Episode[] = [];
  let from = -1;
  for (const a of annotations) {
    if (a.code === CODE.VFON && from < 0) from = a.sample;
    else if (a.code === CODE.VFOFF && from >= 0) {
      episodes.push({ from, to: a.sample });
      from = -1;
    }
  }
  if (from >= 0) episodes.push({ from, to: limit === Infinity ? last : Math.max(limit, last) });
  return episodes
    .filter((e) => e.to >= start && e.from < limit)
    .map((e) => ({ from: Math.max(start, e.from), to: Math.min(limit, e.to) }));
}

function overlapOf(e: Episode, others: readonly Episode[]): number {
  return others.reduce((sum, o) => sum + Math.max(0, Math.min(e.to, o.to) - Math.max(e.from, o.from)), 0);
}

function durationOf(episodes: readonly Episode[]): number {
  return episodes.reduce((sum, e) => sum + e.to - e.from, 0);
}

export function episodeReport(c: EpisodeCounts, names: ReportNames, fs: number): string {
  const time = (samples: number) => millisecondSpan(samples, fs);
  const share = (ratio: Ratio) => (ratio.all <= 0 ? '   - ' : ` ${wide(wholePercent(ratio), 3)}%`);
  const episodes = (ratio: Ratio) => `${share(ratio)} (${ratio.of}/${ratio.all})`;
  const durations = (ratio: Ratio) => `${share(ratio)} (${time(ratio.of).trim()}/${time(ratio.all).trim()})`;
  return [
    `VF episode-by-episode comparison results for record ${names.record}`,
    `Reference annotator: ${names.reference}`,
    `     Test annotator: ${names.test}`,
    '',
    `           Episode sensitivity:${episodes(c.sensitivity)}`,
    ` Episode positive predictivity:${episodes(c.predictivity)}`,
    `          Duration sensitivity:${durations({ of: c.overlap, all: c.referenceDuration })}`,
    `Duration positive predictivity:${durations({ of: c.overlap, all: c.testDuration })}`,
    `Duration of reference episodes:  ${time(c.referenceDuration)}`,
    `     Duration of test episodes:  ${time(c.testDuration)}`,
    '',
  ].join('\n');
}

export const EPISODE_HEADING =
  '(VF detection)\nRecord  TPs   FN  TPp   FP  ESe E+P DSe D+P  Ref duration  Test duration ';

/** One record's line of `epicmp -l -V`. */
export function episodeLine(c: EpisodeCounts, record: string, fs: number): string {
  const { sensitivity: se, predictivity: pp } = c;
  const numbers = [se.of, se.all - se.of, pp.of, pp.all - pp.of].map((n) => ` ${wide(n, 4)}`);
  const ratios = [
    se,
    pp,
    { of: c.overlap, all: c.referenceDuration },
    { of: c.overlap, all: c.testDuration },
  ];
  const shares = ratios.map((r) => (r.all <= 0 ? '   -' : ` ${wide(wholePercent(r), 3)}`));
  const times = `  ${millisecondSpan(c.referenceDuration, fs)}   ${millisecondSpan(c.testDuration, fs)}`;
  return `${record.padStart(6)}${numbers.join('')} ${shares.join('')}${times}`;
}
