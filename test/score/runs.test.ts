/** Runs, episodes and intervals: rules on a few beats at 100 Hz, and the original tools byte for byte. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAnnotations } from '../../signals/formats/index.ts';
import { codeOf, type Annotation } from '../../src/core/annotations.ts';
import { fixed, general } from '../../src/core/printf.ts';
import { standardCompare } from '../../src/score/beats.ts';
import { compareEpisodes, episodeLine, episodeReport } from '../../src/score/episodes.ts';
import { instantRates, rrIntervals, tachogram } from '../../src/score/intervals.ts';
import { runLine, runReport, runStatistics } from '../../src/score/run-report.ts';
import { compareRuns } from '../../src/score/runs.ts';

const DATA = process.env['RWAVE_DATA'];
const FS = 100;
const whole = { ...standardCompare(FS, 100_000), start: 0 };

/** 'N N V V N': a beat every 100 samples, named by mnemonic. */
function rhythm(text: string): Annotation[] {
  return text.split(' ').map((m, i) => ({
    sample: 100 * (i + 1),
    code: codeOf(m) ?? 0,
    subtype: 0,
    chan: 0,
    num: 0,
    aux: '',
  }));
}

describe('runs', () => {
  test('a couplet that is found whole is a couplet, one that is found in part is missed', () => {
    const found = runStatistics(compareRuns(rhythm('N V V N'), rhythm('N V V N'), whole));
    expect([found.coupletSe, found.coupletPp]).toEqual([
      { of: 1, all: 1 },
      { of: 1, all: 1 },
    ]);
    const part = compareRuns(rhythm('N V V N'), rhythm('N V N N'), whole);
    expect(part.sensitivity[2][1]).toBe(1);
    expect(part.predictivity[1][1]).toBe(1);
    expect(runStatistics(part).coupletSe).toEqual({ of: 0, all: 1 });
  });

  test('three to five beats are a short run, six and more a long one', () => {
    const three = runStatistics(compareRuns(rhythm('N V F V N'), rhythm('N V V V N'), whole));
    expect([three.shortSe, three.longSe]).toEqual([
      { of: 1, all: 1 },
      { of: 0, all: 0 },
    ]);
    const eight = rhythm('N V V V V V V V V N');
    expect(runStatistics(compareRuns(eight, eight, whole)).longSe).toEqual({ of: 1, all: 1 });
  });

  test('fibrillation is a run of six, found by marks or by six ventricular beats', () => {
    const marked = rhythm('N [ ! ! ! ! ! ! ] N');
    const beats = rhythm('N V V V V V V V V N');
    expect(compareRuns(marked, marked, whole).sensitivity[6][6]).toBe(1);
    expect(compareRuns(marked, beats, whole).sensitivity[6][6]).toBe(1);
    expect(compareRuns(beats, marked, whole).sensitivity[6][6]).toBe(1);
  });

  test('supraventricular runs count S, and normal beats in atrial fibrillation', () => {
    const af = rhythm('N + N N N + N');
    af[1].aux = '(AFIB';
    af[5].aux = '(N';
    const counts = compareRuns(af, rhythm('N N A A A N N'), whole, 'SVE');
    expect(counts.sensitivity[6][3]).toBe(1);
    expect(compareRuns(af, af, whole, 'SVE').sensitivity[6][6]).toBe(1);
  });

  test('the line has the columns of its heading', () => {
    expect(runLine(compareRuns(rhythm('N V V N'), rhythm('N V V N'), whole), '100')).toBe(
      ' 100   1   0   1   0   0   0   0   0   0   0   0   0  100 100   -   -   -   -',
    );
  });
});

describe('episodes of fibrillation', () => {
  test('any overlap finds an episode; durations say how much of it', () => {
    const reference = rhythm('N [ N N N ] N N N N [ ]');
    const found = compareEpisodes(reference, rhythm('N N N N [ N ] N N'), whole);
    expect(found).toEqual({
      sensitivity: { of: 1, all: 2 },
      predictivity: { of: 1, all: 1 },
      referenceDuration: 500,
      testDuration: 200,
      overlap: 100,
    });
    expect(episodeLine(found, 'cu01', FS)).toBe(
      '  cu01    1    1    1    0   50 100  20  50      0:05.000       0:02.000',
    );
    const report = episodeReport(found, { record: 'cu01', reference: 'atr', test: 'vf' }, FS);
    expect(report).toContain('          Duration sensitivity:  20% (0:01.000/0:05.000)\n');
  });

  test('an episode that is never closed lasts to the end, and the start is cut at the learning time', () => {
    const open = compareEpisodes(rhythm('N [ N'), [], { start: 250, end: 1000 });
    expect(open).toMatchObject({ sensitivity: { of: 0, all: 1 }, referenceDuration: 750, testDuration: 0 });
  });
});

describe('printf', () => {
  test('ties go to the even digit, and %g is as in C', () => {
    expect([0.125, 0.375, 2.5, -0.125, 1.005].map((x) => fixed(x, x === 2.5 ? 0 : 2))).toEqual([
      '0.12',
      '0.38',
      '2',
      '-0.12',
      '1.00',
    ]);
    expect([73.72012, 1e-5, 1234567, 0.0001, 100, 1e20].map((x) => general(x))).toEqual([
      '73.7201',
      '1e-05',
      '1.23457e+06',
      '0.0001',
      '100',
      '1e+20',
    ]);
  });
});

describe.skipIf(DATA === undefined)(
  'the original tools (skipped without data: RWAVE_DATA is not set)',
  () => {
    const folder = `${DATA}/reference/wfdb-checkpkg`;
    const expected = (name: string) => readFileSync(`${folder}/expected/${name}`, 'utf8');
    const reference = () => readAnnotations(`${folder}/data/100s.atr`);

    test('rxr prints the same report', () => {
      const qrs = readAnnotations(`${folder}/expected/100s.qrs`, { fs: 360 });
      const counts = compareRuns(reference(), qrs, { ...standardCompare(360, 21_600), start: 0 });
      expect(runReport(counts, { record: '100s', reference: 'atr', test: 'ann' })).toBe(expected('rxr.out'));
    });

    test('ann2rr, ihr and tach print the same numbers', () => {
      const annotations = reference();
      expect(rrIntervals(annotations).map((rr) => `${rr}\n`).join('')).toBe(expected('ann2rr.out')); // prettier-ignore
      const rates = instantRates(annotations, 360);
      expect(
        rates.map((r) => `${fixed(r.sample / 360, 3)}\t${general(r.bpm)}\t${r.afterBreak}\n`).join(''),
      ).toBe(expected('ihr.out'));
      const tach = tachogram(annotations, 360, { from: 0, to: 21_600 });
      expect(tach.map((bpm) => `${general(bpm)}\n`).join('')).toBe(expected('tach.out'));
    });
  },
);
