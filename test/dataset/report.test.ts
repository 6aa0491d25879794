/** The reports of a training, on a record and scores made by hand: what is counted wrong must be listed, with its reason. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { FEATURES, type ScoreModel } from '../../src/advisory/index.ts';
import type { Validated } from '../../src/dataset/train/cross-validate.ts';
import { falseAlarms, leftOut, singleTable, voteTable } from '../../src/dataset/train/evaluate.ts';
import { episodeSums } from '../../src/dataset/train/episode-table.ts';
import { missesReport } from '../../src/dataset/train/misses.ts';
import type { RecordWindows, WindowRow } from '../../src/dataset/train/record-windows.ts';
import { overviewHead, overviewLine, trainingReport } from '../../src/dataset/train/report.ts';
import type { Override } from '../../src/score/advice-override.ts';
import { labelOf, PROTOCOLS, type Reference } from '../../src/score/advice-protocol.ts';

const W = 4;
const FS = 250;
const LENGTH_S = 200;

const RULES: Reference = {
  fs: FS,
  spans: [
    { from: 0, to: 100 * FS, rhythm: 'N' },
    { from: 100 * FS, to: LENGTH_S * FS, rhythm: 'VF' },
  ],
  unusable: [],
  overrides: [{ fromS: 150, toS: 160, what: 'compressions', why: 'made up' }],
};

/** Scores 1 in VF and -1 outside, but where told; a gate closes at 20-24 s. */
function made(
  wrong: readonly [number, number][],
  reading: readonly Override[] = [],
): { v: Validated; r: RecordWindows } {
  const reference = { ...RULES, overrides: [...RULES.overrides, ...reading] };
  const rows = Array.from({ length: LENGTH_S - W + 1 }, (_, k): WindowRow => {
    const [from, to] = [k * FS, (k + W) * FS];
    const labels = Object.fromEntries(PROTOCOLS.map((p) => [p, labelOf(p, reference, from, to)]));
    const gate = k === 20 ? 'inconclusive' : 'open';
    const features = new Float32Array(FEATURES.length).fill(0.5);
    return {
      from,
      to,
      features,
      gate,
      alone: k === 20 ? 'noShock' : 'open',
      gateRhythm: k === 20 ? 'noise' : '',
      labels: labels as WindowRow['labels'],
    };
  });
  const r: RecordWindows = {
    record: 'cudb/made',
    database: 'cudb',
    windowS: W,
    reference,
    lengthS: LENGTH_S,
    rows,
  };
  const scores = Float64Array.from(rows, (row, k) => {
    if (row.gate !== 'open') return NaN;
    const right = (row.labels.P0?.shockable ?? false) ? 1 : -1;
    return wrong.some(([a, b]) => k >= a && k <= b) ? -right : right;
  });
  const terms = [
    { feature: 'leakage', edges: [0.4], pushes: [0, 1, -2] },
    { feature: 'count2', edges: [0.4], pushes: [0, -1, 0.5] },
  ];
  const model: ScoreModel = { windowS: W, bias: 0, terms };
  return { v: { scores: new Map([[r, scores]]), models: new Map([[r, model]]), shift: 0 }, r };
}

describe('the report', () => {
  test('every stretch that P0 calls wrong is there: place, gate or pushes, and what speaks against it', () => {
    const text = missesReport(
      made([
        [40, 42],
        [150, 152],
        [180, 180],
      ]).v,
      W,
    );
    expect(text).toMatch(/cudb\/made +40-46 s +3 false {2}N +score 1\.0: count2 0\.500 \(0\.5\)/);
    expect(text).toMatch(
      /cudb\/made +150-156 s +3 missed VF +score -1\.0: leakage 0\.500 \(-2\.0\).* \| compressions/,
    );
    expect(text).toMatch(
      /cudb\/made +180-184 s +1 missed VF +score -1\.0: leakage 0\.500 \(-2\.0\), count2 0\.500 \(0\.5\)$/m,
    );
    expect(text).toMatch(/^ +3 {2}missed VF +compressions$/m);
  });

  test('inconclusive is no miss outside VF, and no shock', () => {
    const { v } = made([]);
    expect(missesReport(v, W)).not.toMatch(/cudb\/made/);
    expect(singleTable(v, W, 'P0', 'all').confusion.get('N')).toMatchObject({ inconclusive: 1, shock: 0 });
  });

  test('without the watch for compressions the window alone answers', () => {
    const { v } = made([]);
    const { confusion } = singleTable(v, W, 'P0', 'all', 'without watch');
    expect(confusion.get('N')).toMatchObject({ inconclusive: 0, noShock: 99 });
    expect(trainingReport(v, W)).toMatch(/^P1 alone cudb\+vfdb +23 +\d+ +100\.0/m);
  });

  test('P2 does not count what an override took out, and says how much that is', () => {
    const { v } = made([[150, 159]]);
    expect(singleTable(v, W, 'P1', 'all').tally(true)).toEqual({ right: 21, all: 23 });
    expect(singleTable(v, W, 'P2', 'all').tally(true)).toEqual({ right: 20, all: 20 });
    expect(Object.fromEntries(leftOut(v, W, 'P2', 'all').shockable.reasons)).toEqual({
      transition: 2,
      compressions: 3,
    });
  });

  test('three windows vote: one wrong one is overruled', () => {
    const { v } = made([[60, 60]]);
    expect(singleTable(v, W, 'P1', 'all').tally(false).right).toBe(
      singleTable(v, W, 'P1', 'all').tally(false).all - 1,
    );
    expect(voteTable(v, W, 'P1', 'all').bac).toBe(1);
  });

  test('the episode is found where it is, and cudb is not asked for false alarms', () => {
    const { v } = made([]);
    const sums = episodeSums(v, 'cudb');
    expect(sums.sensitivity).toEqual({ of: 1, all: 1 });
    expect(sums.overlap / sums.referenceDuration).toBeGreaterThan(0.9);
    expect(falseAlarms(v, W)).toMatchObject({ hours: 0, episodes: 0 });
  });

  test('the whole report and the overview are text without holes', () => {
    const { v } = made([[40, 42]]);
    const text = trainingReport(v, W);
    expect(text).toMatch(/^coarse VF +Se>90/m);
    expect(text).toMatch(/^P2 all +shockable 20\.0 % \(compressions 12\.0, transition 8\.0\)/m);
    expect(`${text}${overviewLine(v, W)}`).not.toMatch(/NaN|undefined/);
    expect(`${text}${overviewLine(v, W)}`).not.toMatch(/P2R/);
  });

  test('with a reading P2 is told both ways: by rules only, and with what the readers left out', () => {
    const read: Override[] = [
      { fromS: 170, toS: 173, what: 'unreadable', why: 'made up' },
      { fromS: 41, toS: 42, what: 'disputed', why: 'made up' },
    ];
    const { v } = made([[172, 172]], read);
    expect(singleTable(v, W, 'P2', 'all').tally(true)).toEqual({ right: 19, all: 20 });
    expect(singleTable(v, W, 'P2R', 'all').tally(true)).toEqual({ right: 18, all: 18 });
    const text = trainingReport(v, W);
    expect(text).toMatch(/^P2 all +shockable 20\.0 % \(compressions 12\.0, transition 8\.0\); other/m);
    expect(text).toMatch(
      /^P2R all +shockable 28\.0 % \(compressions 12\.0, transition 8\.0, unreadable 8\.0\); other 12\.0 % \(transition 8\.0, disputed 4\.0\)/m,
    );
    for (const p of ['P2', 'P2R'])
      expect(text).toMatch(new RegExp(`^${p} single, cudb, vfdb and mitdb\nclass`, 'm'));
    const columns = (line: string): number => line.split('|').length;
    const [single] = overviewLine(v, W).split('\n');
    expect(columns(overviewHead(true).split('\n').at(-1) ?? '')).toBe(columns(single));
    expect(single.split('|').at(-1)).toMatch(/^ 100\.0/);
  });

  test('without a reading the overview is headed as the committed one', () => {
    const file = resolve(import.meta.dirname, '..', '..', 'docs', 'advice', 'windows.txt');
    const [title] = overviewHead(false).split('\n');
    expect(readFileSync(file, 'utf8').startsWith(title)).toBe(true);
    const { v } = made([]);
    const columns = (line: string): number => line.split('|').length;
    expect(columns(overviewHead(false).split('\n').at(-1) ?? '')).toBe(
      columns(overviewLine(v, W).split('\n')[0]),
    );
  });
});
