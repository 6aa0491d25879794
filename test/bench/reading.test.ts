/** The blind reading of protocol P2 (docs/advice/READING.md): what is asked about, the form, and where two readings agree. */
import { describe, expect, test } from 'vitest';
import { merge } from '../../bench/reading/agree.ts';
import { joined, parseReading, type Reading } from '../../bench/reading/form.ts';
import { type KeyRow, keyText, parseKey } from '../../bench/reading/key.ts';
import { NOT_READ, openStretches, rowStarts, within } from '../../bench/reading/open-time.ts';
import { pageSvg, WIDTH } from '../../bench/reading/page-svg.ts';
import { readable, scaleFor } from '../../bench/reading/trace.ts';
import { overrideLine } from '../../src/score/advice-override.ts';
import type { Reference } from '../../src/score/advice-protocol.ts';

const FS = 250;

describe('what is asked about', () => {
  const reference: Reference = {
    fs: FS,
    spans: [
      { from: 0, to: 40 * FS, rhythm: 'N' },
      { from: 40 * FS, to: 80 * FS, rhythm: 'VF' },
      { from: 80 * FS, to: 120 * FS, rhythm: 'NOISE' },
    ],
    unusable: [{ from: 8 * FS, to: 16 * FS }],
    overrides: [{ fromS: 60, toS: 62, what: 'compressions', why: 'made up' }],
  };
  const open = openStretches(reference, 121);

  test('is what P2 counts after its rules, on the grid of 4 s', () => {
    expect(open).toEqual([
      { from: 0, to: 8, rhythm: 'N' },
      { from: 16, to: 32, rhythm: 'N' },
      { from: 48, to: 60, rhythm: 'VF' },
      { from: 64, to: 72, rhythm: 'VF' },
    ]);
  });

  test('makes rows of 15 s where there is any of it, and none of the records whose failures are known', () => {
    expect(rowStarts(open, 121)).toEqual([0, 15, 30, 45, 60]);
    expect(within(open, 15, 30)).toEqual([{ from: 1, to: 15, rhythm: 'N' }]);
    expect([...NOT_READ].sort().join(' ')).toBe(
      'cudb/cu12 cudb/cu20 cudb/cu30 vfdb/418 vfdb/419 vfdb/611 vfdb/612',
    );
  });
});

describe('a page', () => {
  const pulse = Float64Array.from({ length: 15 * FS }, (_, i) =>
    Math.exp((((i / FS) % 1) - 0.5) ** 2 / -0.0008),
  );

  test('shows waves where they are: the filter shifts nothing, and a hole holds its value', () => {
    const y = readable(pulse, FS);
    const peak = y.indexOf(Math.max(...y.subarray(7 * FS, 8 * FS)));
    expect(Math.abs(peak - 7.5 * FS)).toBeLessThanOrEqual(1);
    expect(
      readable(
        pulse.map((v, i) => (i === 1000 ? NaN : v)),
        FS,
      ).every(Number.isFinite),
    ).toBe(true);
  });

  test('has a scale that holds the signal, with zero on a line', () => {
    const { mvPerDivision, lowMv } = scaleFor([pulse.map((v) => 2.6 * v - 0.3)]);
    expect(mvPerDivision).toBe(0.5);
    expect(lowMv).toBeLessThanOrEqual(-0.3);
    expect(lowMv + 6 * mvPerDivision).toBeGreaterThanOrEqual(2.2);
    expect(Math.abs(lowMv / mvPerDivision) % 1).toBeCloseTo(0);
  });

  test('says labels and its number, full where it is asked about, and no record', () => {
    const labels = [
      { from: 0, to: 10, rhythm: 'VFL' },
      { from: 10, to: 15, rhythm: 'NOISE' },
    ];
    const rows = [{ samples: pulse, labels, open: [{ from: 0, to: 8, rhythm: 'VFL' }] }];
    const svg = pageSvg({ number: 17, fs: FS, scale: scaleFor([pulse]), rows });
    expect(svg).toMatch(/Page 17.*VFL \(flutter\).*noise/);
    expect(svg).toMatch(/width="799.0" height="12" fill="#c62828" \/>/);
    expect(svg).not.toMatch(/cudb|vfdb|NaN/);
    expect(WIDTH).toBeLessThanOrEqual(1540);
  });
});

const KEY: KeyRow[] = [
  { page: 1, row: 1, record: 'vfdb/made', from: 30, to: 45, open: [{ from: 0, to: 10, rhythm: 'N' }] },
  { page: 1, row: 2, record: 'vfdb/made', from: 45, to: 60, open: [{ from: 0, to: 15, rhythm: 'VF' }] },
  { page: 2, row: 1, record: 'cudb/made', from: 0, to: 7, open: [{ from: 0, to: 5, rhythm: 'VT' }] },
];
const HEAD = 'page\trow\tfrom\tto\twhat\twhy';
const reading = (...lines: string[]): Reading =>
  parseReading([HEAD, ...lines.map((l) => l.replaceAll(' | ', '\t'))].join('\n'), 'r.tsv', KEY);
const merged = (a: Reading, b: Reading): string[] =>
  merge(KEY, a, b).overrides.map(({ record, override }) =>
    overrideLine(record, override).replaceAll('\t', ' '),
  );

describe('the form', () => {
  test('the key is read as it was written', () => {
    expect(parseKey(keyText(KEY), 'key.tsv')).toEqual(KEY);
    expect(() => parseKey('1\t1\tvfdb/made\t30', 'key.tsv')).toThrow(/key\.tsv:1: expected page, row/);
  });

  test.each([
    ['1 | 1 | 0 | 2 | unreadable', 'expected page, row, from, to, what, why'],
    ['1 | 1 | 0 | 2 | unreadable | ', 'expected page, row, from, to, what, why'],
    ['1 | 3 | 0 | 2 | unreadable | hiss', 'expected a page and row of the key'],
    ['1 | 1 | 0 | 2 | ugly | hiss', 'expected one of unreadable, compressions, seenVF'],
    ['1 | 1 | 0 | 2.3 | unreadable | hiss', 'expected whole or half seconds'],
    ['1 | 1 | 2 | 2 | unreadable | hiss', 'expected whole or half seconds'],
    ['1 | 1 |  | 2 | unreadable | hiss', 'expected whole or half seconds'],
    ['2 | 1 | 0 | 9 | unreadable | hiss', 'within 0-7'],
    ['1 | 2 | 0 | 5 | seenVT | broad', 'differs in shockability from the label \\(VF\\)'],
  ])('refuses "%s" with file and line', (line, expected) => {
    expect(() => reading(line)).toThrow(new RegExp(`^r\\.tsv:2: .*${expected}.*found "`));
  });

  test('refuses two objections to one time, and pages that the file does not call read', () => {
    expect(() => reading('1 | 1 | 0 | 2 | unreadable | hiss', '1 | 1 | 1 | 4 | seenVF | waves')).toThrow(
      /r\.tsv:3: expected one objection at a time, found unreadable there in r\.tsv:2/,
    );
    expect(() => reading('# pages 1-1', '2 | 1 | 0 | 2 | unreadable | hiss')).toThrow(
      /r\.tsv:3: .*found page 2/,
    );
  });
});

describe('two readings', () => {
  test('leave out what both object to, and no more; compressions are as good as unreadable', () => {
    const a = reading('1 | 1 | 2 | 8 | unreadable | hiss', '1 | 2 | 0 | 3 | unreadable | hiss');
    const b = reading('1 | 1 | 5 | 11 | compressions | even waves');
    expect(merged(a, b)).toEqual(['vfdb/made 35 38 unreadable hiss / even waves']);
    expect(merged(a, reading())).toEqual([]);
  });

  test('dispute a label only where both saw the same rhythm', () => {
    const a = reading('1 | 1 | 0 | 6 | seenVF | waves', '1 | 2 | 0 | 15 | seenOrganised | narrow');
    const b = reading('1 | 1 | 0 | 6 | seenVT | broad', '1 | 2 | 3 | 15 | seenOrganised | narrow');
    expect(merged(a, b)).toEqual(['vfdb/made 48 60 disputed seen organised: narrow']);
  });

  test('half a second counts for the second that it fills by half', () => {
    const a = reading('1 | 1 | 0.5 | 2.5 | unreadable | hiss');
    expect(merged(a, a)).toEqual(['vfdb/made 30 33 unreadable hiss']);
    expect(merged(a, reading('1 | 1 | 1 | 2 | unreadable | hiss'))).toEqual([
      'vfdb/made 31 32 unreadable hiss',
    ]);
  });

  test('a stretch goes on in the next row; records come in order', () => {
    const a = reading(
      '2 | 1 | 0 | 5 | seenFlat | flat',
      '1 | 1 | 13 | 15 | unreadable | hiss',
      '1 | 2 | 0 | 2 | unreadable | hiss',
    );
    expect(merged(a, a)).toEqual([
      'cudb/made 0 5 disputed seen flat: flat',
      'vfdb/made 43 47 unreadable hiss',
    ]);
  });

  test('agree by Cohen: 30 s, both 4, one alone 2 and 3, once unlike', () => {
    const a = reading(
      '1 | 2 | 0 | 4 | unreadable | a',
      '1 | 2 | 6 | 8 | unreadable | a',
      '1 | 1 | 0 | 1 | seenVF | a',
    );
    const b = reading(
      '1 | 2 | 0 | 4 | unreadable | b',
      '1 | 1 | 2 | 5 | unreadable | b',
      '1 | 1 | 0 | 1 | seenVT | b',
    );
    const { agreement } = merge(KEY, a, b);
    // nothing: 23 and 22 of 30, unreadable 6 and 7; alike in 20 + 4
    const pe = (23 * 22 + 6 * 7) / 900;
    expect(agreement).toEqual({
      pages: 2,
      seconds: 30,
      first: 7,
      second: 8,
      both: 4,
      unlike: 1,
      kappa: expect.closeTo((24 / 30 - pe) / (1 - pe), 9) as number,
    });
    expect(merge(KEY, reading(), reading()).agreement.kappa).toBeNaN();
  });

  test('count only pages that both have read, and seconds that P2 counts', () => {
    const part = reading('# pages 1-1', '1 | 1 | 9 | 15 | unreadable | hiss');
    expect(merge(KEY, part, reading()).agreement).toMatchObject({ pages: 1, seconds: 25, first: 1 });
    const whole = joined([part, reading('# pages 2-2', '2 | 1 | 0 | 5 | seenFlat | flat')]);
    expect(merge(KEY, whole, reading()).agreement).toMatchObject({ pages: 2, seconds: 30, first: 6 });
  });
});
