import { describe, expect, test } from 'vitest';
import { type Annotation, CODE } from '../../src/core/annotations.ts';
import { labelOf, type Protocol, type Reference } from '../../src/score/advice-protocol.ts';
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
  const reference: Reference = {
    fs: 1,
    spans: [
      { from: 0, to: 100, rhythm: 'N' },
      { from: 100, to: 200, rhythm: 'VF' },
      { from: 200, to: 300, rhythm: 'ASYS' },
      { from: 300, to: 400, rhythm: 'NOISE' },
      { from: 400, to: 500, rhythm: 'VT' },
    ],
    unusable: [{ from: 150, to: 158 }],
  };
  const measured = { peakToPeakMv: 1, vtRate: 160, vfBandShare: 0.9 };
  const row = (p: Protocol, from: number, more = {}): string => {
    const label = labelOf(p, reference, from, from + 4, { ...measured, ...more });
    return label === undefined ? 'out' : `${label.shockable ? '+' : '-'}${label.row}`;
  };

  test('P0 leaves nothing out', () => {
    expect([0, 97, 99, 250, 350].map((t) => row('P0', t))).toEqual(['-N', '-N', '+VF', '-ASYS', '-NOISE']);
  });

  test('P1 leaves out noise, asystole and 5 s around a change', () => {
    expect([0, 90, 92, 104, 105, 250, 350].map((t) => row('P1', t))).toEqual([
      '-N',
      '-N',
      'out',
      'out',
      '+VF',
      'out',
      'out',
    ]);
  });

  test('P1X leaves out what independent readers called unusable', () => {
    expect([row('P1', 152), row('P1X', 152), row('P1X', 160)]).toEqual(['+VF', 'out', '+VF']);
  });

  test('P2 has the classes of the AHA', () => {
    expect(row('P2', 120)).toBe('+coarse VF');
    expect(row('P2', 120, { peakToPeakMv: 0.19 })).toBe('+fine VF');
    expect(row('P2', 120, { vfBandShare: 0.4 })).toBe('out');
    expect(row('P2', 450)).toBe('+rapid VT');
    expect(row('P2', 450, { vtRate: 149 })).toBe('+slow VT');
    expect([row('P2', 10), row('P2', 250), row('P2', 350)]).toEqual(['-NSR', '-asystole', 'out']);
  });
});

describe('the table', () => {
  test('inconclusive is told to the table as not advised: BAC of 3 of 4 and 1 of 2', () => {
    const table = new AdviceTable();
    for (const advised of [true, true, true, false]) table.add('a', 'VF', true, advised);
    for (const advised of [true, false]) table.add('b', 'N', false, advised);
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
