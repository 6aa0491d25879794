import { describe, expect, test } from 'vitest';
import { CODE } from '../../src/core/annotations.ts';
import type { RhythmName, Verdict } from '../../src/core/advice.ts';
import { type Decided, shockStretches, stretchMarks } from '../../src/dataset/episode-marks.ts';
import { compareEpisodes, labelledEpisodes } from '../../src/score/episodes.ts';

const HOP = 250;
/** One letter a second, each about the 4 s before it: v VF, t VT, f flutter, u shock of unknown rhythm, . no shock, ? inconclusive. */
function decided(text: string): Decided[] {
  const names: Record<string, [Verdict, RhythmName]> = {
    v: ['shock', 'VF'],
    t: ['shock', 'VT'],
    f: ['shock', 'VT'],
    u: ['shock', 'unknown'],
    '.': ['noShock', 'organised'],
    '?': ['inconclusive', 'noise'],
  };
  return Array.from(text, (letter, k) => {
    const [verdict, rhythm] = names[letter];
    return { from: HOP * k, to: HOP * (k + 4), verdict, rhythm, rate: letter === 'f' ? 280 : 180 };
  });
}

const shown = (text: string): string[] =>
  shockStretches(decided(text), HOP).map((s) => `${s.kind} ${s.from / HOP}-${s.to / HOP}`);

describe('episodes out of decisions', () => {
  test('each decision speaks for one hop around its middle', () => {
    expect(shown('...vvv..')).toEqual(['VF 4.5-7.5']);
  });

  test('a moment of regular VF is no VT, and a VT with one doubt is no VF', () => {
    expect(shown('vvtvv')).toEqual(['VF 1.5-6.5']);
    expect(shown('ttutt')).toEqual(['VT 1.5-6.5']);
    expect(shown('fffft')).toEqual(['VF 1.5-6.5']);
  });

  test('one second without advice is bridged, two are not; inconclusive is no advice', () => {
    expect(shown('vv.vv')).toEqual(['VF 1.5-6.5']);
    expect(shown('vv..vv')).toEqual(['VF 1.5-3.5', 'VF 5.5-7.5']);
    expect(shown('vv??vv')).toHaveLength(2);
  });

  test('a vote that needs less than the one before does not break the episode', () => {
    const [early, late] = decided('.....vv').slice(5);
    const longer = { ...early, from: early.from - 5 * HOP };
    expect(shockStretches([longer, late], HOP)).toHaveLength(1);
  });

  test('VF becomes brackets that the episode comparison finds, VT does not', () => {
    const marks = stretchMarks(shockStretches(decided('..vvvv......tttt'), HOP));
    expect(marks.map((m) => [m.code, m.aux])).toEqual([
      [CODE.VFON, ''],
      [CODE.VFOFF, ''],
      [CODE.RHYTHM, '(VT'],
      [CODE.RHYTHM, '(N'],
    ]);
    const reference = labelledEpisodes([
      { from: 0, to: 4 * HOP, rhythm: 'N' },
      { from: 4 * HOP, to: 6 * HOP, rhythm: 'VFL' },
      { from: 6 * HOP, to: 7 * HOP, rhythm: 'VF' },
      { from: 7 * HOP, to: 30 * HOP, rhythm: 'VT' },
    ]);
    const c = compareEpisodes(reference, marks, { start: 0, end: 30 * HOP });
    expect([c.sensitivity, c.predictivity]).toEqual([
      { of: 1, all: 1 },
      { of: 1, all: 1 },
    ]);
    expect([c.referenceDuration, c.testDuration, c.overlap].map((n) => n / HOP)).toEqual([3, 4, 3]);
  });
});
