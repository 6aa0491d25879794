import { describe, expect, test } from 'vitest';
import { type Annotation, CODE } from '../../src/core/annotations.ts';
import { type DecisionLine, scoreDecisions, usualSpan } from '../../src/score/advice-decisions.ts';
import { countLeftOut, leftOutText, noneLeftOut } from '../../src/score/advice-left-out.ts';
import {
  type Override,
  type OverrideKind,
  overrideLine,
  parseOverrides,
  parseReading,
  withReading,
} from '../../src/score/advice-override.ts';
import { judge, type Protocol, type Reference } from '../../src/score/advice-protocol.ts';
import { ahaLines } from '../../src/score/advice-report.ts';
import { rhythmIn, rhythmSpans } from '../../src/score/advice-reference.ts';
import { AdviceTable, effectiveCount, lowerBound } from '../../src/score/advice-table.ts';

const mark = (sample: number, code: number, aux = ''): Annotation => {
  return { sample, code, aux, subtype: 0, chan: 0, num: 0 };
};

describe('the reference', () => {
  test('a rhythm lasts to the next one; synonyms become one word', () => {
    const spans = rhythmSpans([mark(0, CODE.RHYTHM, '(NSR'), mark(100, CODE.RHYTHM, '(VFIB')], 300);
    expect(spans).toEqual([
      { from: 0, to: 100, rhythm: 'N' },
      { from: 100, to: 300, rhythm: 'VF' },
    ]);
  });

  test('a fibrillation that is never closed runs to the end; outside brackets cudb has no label', () => {
    const spans = rhythmSpans(
      [mark(50, CODE.NORMAL), mark(200, CODE.VFON), mark(200, CODE.RHYTHM, '(VF')],
      300,
    );
    expect(spans.map((s) => `${s.from}-${s.to} ${s.rhythm}`)).toEqual(['0-200 unlabelled', '200-300 VF']);
  });

  test('after the closing bracket the rhythm from before goes on', () => {
    const marks = [mark(0, CODE.RHYTHM, '(AF'), mark(10, CODE.VFON), mark(20, CODE.VFOFF)];
    expect(rhythmSpans(marks, 30).map((s) => s.rhythm)).toEqual(['AFIB', 'VF', 'AFIB']);
    expect(rhythmIn(rhythmSpans(marks, 30), 8, 30)).toEqual({ rhythm: 'AFIB', share: 12 / 22 });
  });
});

describe('the protocols', () => {
  const spans = [
    { from: 0, to: 100, rhythm: 'N' },
    { from: 100, to: 200, rhythm: 'VF' },
    { from: 200, to: 300, rhythm: 'ASYS' },
    { from: 300, to: 400, rhythm: 'NOISE' },
    { from: 400, to: 500, rhythm: 'VT' },
  ];
  const over = (fromS: number, toS: number, what: OverrideKind): Override => ({ fromS, toS, what, why: '' });
  const reference: Reference = { fs: 1, spans, unusable: [{ from: 150, to: 158 }], overrides: [] };
  const row = (p: Protocol, from: number, ...overrides: Override[]): string => {
    const label = judge(p, { ...reference, overrides }, from, from + 4);
    return typeof label === 'string' ? label : `${label.shockable ? '+' : '-'}${label.row}`;
  };

  test('P0 leaves nothing out', () => {
    expect([0, 97, 99, 250, 350].map((t) => row('P0', t))).toEqual(['-N', '-N', '+VF', '-ASYS', '-NOISE']);
  });

  test('P1 leaves out noise, asystole and 5 s around a change, and says which', () => {
    expect([0, 90, 92, 104, 105, 250, 350, 98].map((t) => row('P1', t))).toEqual([
      '-N',
      '-N',
      'transition',
      'transition',
      '+VF',
      'asystole',
      'noise',
      'mixed',
    ]);
  });

  test('P1X leaves out what independent readers called unusable', () => {
    expect([row('P1', 152), row('P1X', 152), row('P1X', 160)]).toEqual(['+VF', 'unusable', '+VF']);
  });

  test('P2 has the classes of the AHA', () => {
    expect(row('P2', 120)).toBe('+coarse VF');
    expect(row('P2', 120, over(121, 124, 'fineVF'))).toBe('+fine VF');
    expect(row('P2', 120, over(122, 124, 'fineVF'))).toBe('+coarse VF');
    expect(row('P2', 450)).toBe('+rapid VT');
    expect(row('P2', 450, over(400, 500, 'slowVT'))).toBe('+slow VT');
    expect([row('P2', 10), row('P2', 250), row('P2', 350)]).toEqual(['-NSR', '-asystole', 'noise']);
    expect(row('P2', 250, over(240, 260, 'notFlat'))).toBe('-asystole*');
  });

  test('P2 leaves out what an override of it touches, and P1X does not look at them', () => {
    const touched = over(123, 130, 'compressions');
    expect([row('P2', 120, touched), row('P2', 119, touched)]).toEqual(['compressions', '+coarse VF']);
    expect(row('P1X', 120, touched)).toBe('+VF');
    expect(row('P2', 10, over(13, 14, 'saturation'))).toBe('saturation');
  });

  test('P2R leaves out what readers found as well, but names the rule where there is one', () => {
    const unreadable = over(123, 124, 'unreadable');
    const disputed = over(10, 14, 'disputed');
    expect([row('P2', 120, unreadable), row('P2R', 120, unreadable)]).toEqual(['+coarse VF', 'unreadable']);
    expect([row('P2', 10, disputed), row('P2R', 10, disputed)]).toEqual(['-NSR', 'disputed']);
    expect(row('P2R', 120, unreadable, over(120, 121, 'compressions'))).toBe('compressions');
    expect([row('P2R', 119, unreadable), row('P2R', 350, over(350, 360, 'unreadable'))]).toEqual([
      '+coarse VF',
      'noise',
    ]);
  });

  test('what is left out is told by side and reason, as a share of all windows', () => {
    const counts = noneLeftOut();
    countLeftOut(counts, 'P2', { ...reference, overrides: [over(120, 130, 'compressions')] }, 4, 500);
    // VF 100-200: 25 windows, 2 + 2 near its ends, 3 of 120-130, 2 of the unusable; VT 400-500: 25, 2 near its start
    expect(Object.fromEntries(counts.shockable.reasons)).toEqual({
      transition: 6,
      compressions: 3,
      unusable: 3,
    });
    expect(counts.shockable.windows).toBe(50);
    expect(leftOutText(counts.shockable)).toBe('24.0 % (transition 12.0, compressions 6.0, unusable 6.0)');
  });
});

describe('the overrides', () => {
  test('a line is read as it was written', () => {
    const o: Override = { fromS: 1.5, toS: 4, what: 'slowVT', why: '140/min < 150' };
    expect(parseOverrides(`# remark\n${overrideLine('vfdb/611', o)}\n`, 'f')).toEqual(
      new Map([['vfdb/611', [o]]]),
    );
  });

  test('rules and readers have files of their own; together they are what P2R looks at', () => {
    const read = parseReading(
      'vfdb/611\t1\t2\tunreadable\thiss\ncudb/cu01\t3\t4\tdisputed\tseen VT: broad',
      'r',
    );
    const rules = parseOverrides('vfdb/611\t5\t6\tsaturation\trail', 'f');
    const both = withReading(rules, read);
    expect(both.get('vfdb/611')?.map((o) => o.what)).toEqual(['saturation', 'unreadable']);
    expect(both.get('cudb/cu01')?.map((o) => o.what)).toEqual(['disputed']);
    expect(() => parseReading('vfdb/611\t5\t6\tsaturation\trail', 'r')).toThrow(
      /r:1: .*unreadable, disputed/,
    );
    expect(() => parseOverrides('vfdb/611\t5\t6\tdisputed\twhy', 'f')).toThrow(/f:1: expected/);
  });

  test('a line that is none says which and what was expected', () => {
    expect(() => parseOverrides('vfdb/611\t4\t2\tslowVT\twhy', 'f.tsv')).toThrow(
      /f\.tsv:1: expected record, from, to/,
    );
    expect(() => parseOverrides('\nvfdb/611\t1\t2\tugly\twhy', 'f.tsv')).toThrow(
      /f\.tsv:2: .*found "vfdb\/611/,
    );
  });
});

describe('decisions of any program', () => {
  const reference: Reference = {
    fs: 250,
    spans: [
      { from: 0, to: 25_000, rhythm: 'AFIB' },
      { from: 25_000, to: 50_000, rhythm: 'VF' },
    ],
    unusable: [],
    overrides: [],
  };
  const decisions = Array.from({ length: 49 }, (_, k): DecisionLine => {
    return {
      record: 'r',
      from: 4 * k,
      to: 4 * k + 4,
      verdict: k === 3 ? 'inconclusive' : k > 25 ? 'shock' : 'noShock',
    };
  });

  test('P2 counts them in the classes of the AHA, and what was said of each rhythm', () => {
    const table = new AdviceTable();
    scoreDecisions(table, 'r', decisions, reference, 'P2');
    // VF from 100 s, judged from 105 s: windows 27..48; AF up to 95 s: windows 0..22, one of them inconclusive
    expect(table.byRecord(true, 'coarse VF').get('r')).toEqual({ right: 22, all: 22 });
    expect(table.byRecord(false, 'other').get('r')).toEqual({ right: 23, all: 23 });
    expect(table.confusion.get('AFIB')).toEqual({ shock: 0, noShock: 22, inconclusive: 1 });
    const text = ahaLines(table).join('\n');
    expect(text).toMatch(/coarse VF +Se>90 +87 +22 +1 +200 +100\.0 +\d+\.\d  bound missed, few/);
  });

  test('overlapping decisions are counted once, by all but P0', () => {
    const twice = decisions.flatMap((d) => [d, { ...d, from: d.from + 1, to: d.to + 1 }]);
    const counted = (p: Protocol): number => scoreDecisions(new AdviceTable(), 'r', twice, reference, p);
    expect([counted('P0'), counted('P1')]).toEqual([98, 46]);
    expect(usualSpan(twice)).toBe(4);
  });
});

describe('the table', () => {
  test('inconclusive is told to the table as not advised: BAC of 3 of 4 and 1 of 2', () => {
    const vf = { row: 'VF', shockable: true, rhythm: 'VF' };
    const normal = { row: 'N', shockable: false, rhythm: 'N' };
    const table = new AdviceTable();
    for (const advised of [true, true, true, false]) table.add('a', vf, advised ? 'shock' : 'inconclusive');
    for (const advised of [true, false]) table.add('b', normal, advised ? 'shock' : 'noShock');
    expect(table.bac).toBeCloseTo((0.75 + 0.5) / 2);
    expect(table.byRecord(true).get('a')).toEqual({ right: 3, all: 4 });
    expect(table.rowNames(false)).toEqual(['N']);
  });

  test('windows that fail together count for less than windows that fail alone', () => {
    const spread = Array.from({ length: 10 }, () => ({ right: 9, all: 10 }));
    const together = [...Array.from({ length: 9 }, () => ({ right: 10, all: 10 })), { right: 0, all: 10 }];
    expect(lowerBound(spread)).toBeGreaterThan(lowerBound(together));
    expect(effectiveCount(together)).toBeLessThan(20);
  });

  test('the bound of independent windows is that of Wilson', () => {
    // 90 of 100, z = 1.2816: (0.9 + 0.00821 - 1.2816 sqrt(0.0009 + 0.0000411)) / 1.01642
    const records = Array.from({ length: 100 }, (_, k) => ({ right: k < 90 ? 1 : 0, all: 1 }));
    expect(lowerBound(records)).toBeCloseTo(0.855, 2);
  });

  test('no error is no proof: 50 right windows of one record bound less than those of fifty', () => {
    const fifty = Array.from({ length: 50 }, () => ({ right: 1, all: 1 }));
    expect(lowerBound([{ right: 50, all: 50 }])).toBeLessThan(lowerBound(fifty));
    expect(lowerBound(fifty)).toBeCloseTo(50 / (50 + 1.2816 ** 2), 3);
  });
});
