/** The rules of bxb, each by a few beats at 100 Hz; and the report of the original tool, byte for byte. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readAnnotations } from '../../signals/formats/index.ts';
import { CODE, type Annotation } from '../../src/core/annotations.ts';
import { beatStatistics, percent, type BeatCounts } from '../../src/score/beat-counts.ts';
import { beatLine, beatReport } from '../../src/score/beat-report.ts';
import { lineCounts, parseBeatLine, summarise, summaryText } from '../../src/score/beat-summary.ts';
import { compareBeats, standardCompare } from '../../src/score/beats.ts';

const DATA = process.env['RWAVE_DATA'];
const FS = 100;

function marks(code: number, ...samples: number[]): Annotation[] {
  return samples.map((sample) => ({ sample, code, subtype: 0, chan: 0, num: 0, aux: '' }));
}

function sorted(...lists: Annotation[][]): Annotation[] {
  return lists.flat().sort((a, b) => a.sample - b.sample);
}

const beats = (...samples: number[]) => marks(CODE.NORMAL, ...samples);

function compare(reference: Annotation[], test: Annotation[], start = 0): BeatCounts {
  return compareBeats(reference, test, { ...standardCompare(FS, 100_000), start });
}

test('a beat at the edge of the window matches, one sample further it does not', () => {
  expect(compare(beats(100, 200), beats(115, 200)).cells).toEqual({ Nn: 2 });
  expect(compare(beats(100, 200), beats(116, 200)).cells).toEqual({ Nn: 1, No: 1, On: 1 });
});

test('of two test beats in the window the nearer one matches and the other is extra', () => {
  expect(compare(beats(100, 200), beats(90, 99, 200)).cells).toEqual({ On: 1, Nn: 2 });
});

test('two beats in reach of each other pair with the partner that leaves the best pair for the next', () => {
  expect(
    compareBeats(beats(96, 160, 300), beats(128, 185, 300), { fs: 250, start: 1, end: 999, window: 37 })
      .cells,
  ).toEqual({ Nn: 3 });
});

test('test beats in reference fibrillation are not counted, reference beats in test fibrillation are', () => {
  const vf = sorted(marks(CODE.VFON, 150), marks(CODE.VFOFF, 450));
  expect(compare(sorted(beats(100, 500), vf), beats(100, 200, 300, 400, 500)).cells).toEqual({ Nn: 2 });
  expect(compare(beats(100, 200, 300, 500), sorted(beats(100, 500), vf)).cells).toEqual({ Nn: 2, No: 2 });
});

test('beats missed in test shutdown are X, and the shutdown is measured', () => {
  const off = marks(CODE.NOISE, 150).map((a) => ({ ...a, subtype: 0x30 }));
  const shutdown = sorted(beats(100, 500), off, marks(CODE.NOISE, 450));
  const counts = compare(beats(100, 200, 300, 500), shutdown);
  expect(counts.cells).toEqual({ Nn: 2, Nx: 2 });
  expect(counts.shutdownSeconds).toBe(3);
});

test('the first five minutes are for learning, and a beat across the start may still find its partner', () => {
  const { start } = standardCompare(FS, 100_000);
  expect(start).toBe(30_000);
  const counts = compare(beats(100, 29_900, 30_002, 30_100), beats(29_999, 30_100), start);
  expect(counts.cells).toEqual({ Nn: 2 });
});

test('classes are those of EC57: paced is Q, escape is V, aberrant is S', () => {
  const ref = sorted(marks(CODE.PACE, 100), marks(CODE.VESC, 200), marks(CODE.ABERR, 300));
  expect(compare(ref, beats(100, 200, 300)).cells).toEqual({ Qn: 1, Vn: 1, Sn: 1 });
});

test('a fusion beat that the test calls V is neither a false nor a true VEB', () => {
  const ref = sorted(marks(CODE.PVC, 100), marks(CODE.FUSION, 200), beats(300));
  const s = beatStatistics(compare(ref, marks(CODE.PVC, 100, 200, 300)));
  expect(percent(s.vebSe)).toBe(100);
  expect(percent(s.vebPp)).toBe(50);
});

test('the RR error is the RMS over pairs of intervals', () => {
  const counts = compare(beats(100, 200, 300), beats(100, 203, 300));
  expect(counts.rrErrorCount).toBe(2);
  expect(counts.rrErrorSquares).toBe(18);
});

test('gross pools the beats, average is the mean of the records', () => {
  const one = lineCounts(compare(beats(100, 200, 300, 400), beats(100, 200, 300, 400)), FS);
  const two = lineCounts(compare(beats(100, 200), beats(100)), FS);
  const summary = summarise([one, two]);
  expect(percent(summary.gross.qrsSe)).toBeCloseTo((100 * 5) / 6);
  expect(summary.average.qrsSe).toBe(75);
  expect(summary.average.vebSe).toBeNaN();
});

describe.skipIf(DATA === undefined)(
  'the original tools (skipped without data: RWAVE_DATA is not set)',
  () => {
    const folder = `${DATA}/reference/wfdb-checkpkg`;
    const expected = (name: string) => readFileSync(`${folder}/expected/${name}`, 'utf8');

    test('bxb prints the same report', () => {
      const reference = readAnnotations(`${folder}/data/100s.atr`);
      const qrs = readAnnotations(`${folder}/expected/100s.qrs`, { fs: 360 });
      const counts = compareBeats(reference, qrs, { ...standardCompare(360, 21_600), start: 0 });
      const names = { record: '100s', reference: 'atr', test: 'ann' };
      expect(beatReport(counts, { names, fs: 360, sveb: false })).toBe(expected('bxb.out'));
      expect(beatLine(counts, '100s', 360)).toBe(
        '100s    74   0   0   0   0    0   0   0   0   0   0 100.00 100.00      -      -  0.000',
      );
    });

    test('sumstats prints the same foot', () => {
      const input = readFileSync(`${folder}/input/sumstats`, 'utf8');
      const lines = input.trimEnd().split('\n').slice(1);
      const parsed = lines.flatMap((line) => parseBeatLine(line)?.line ?? []);
      expect(parsed).toHaveLength(4);
      expect(input + summaryText(parsed)).toBe(expected('sumstats.out'));
    });
  },
);
