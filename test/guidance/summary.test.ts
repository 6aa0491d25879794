/** The code summary is a fold of the log: figures that a person can check by hand, in every form in which it is handed out. */
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { SessionEvent, VitalSigns } from '../../src/core/session-events.ts';
import type { LogRecord } from '../../src/guidance/log.ts';
import { summaryJson } from '../../src/app/black-box/summary-json.ts';
import { codeSummary } from '../../src/guidance/summary.ts';
import { summaryHtml } from '../../src/guidance/summary-html.ts';
import { summaryPdf } from '../../src/guidance/summary-pdf.ts';
import { summaryText } from '../../src/guidance/summary-text.ts';
import { clock } from '../../src/guidance/tables.ts';
import { FS, HEADER, STORY } from './story.ts';

const summary = codeSummary(HEADER, STORY);

test('shocks: energy, impedance, what the rhythm was before and what became of it', () => {
  expect(summary.shocks).toMatchObject([
    {
      n: 1,
      t: 41,
      selectedJ: 200,
      storedJ: 240,
      deliveredJ: 199,
      impedanceOhm: 75,
      before: 'VF',
      after: 'VF',
    },
    { n: 2, t: 84, selectedJ: 300, after: 'organised', outcome: 'ended: organised' },
  ]);
  expect(summary.shocks[0].outcome).toBe('goes on as VF');
  expect(summary.deliveredJ).toBe(498);
  expect([summary.firstShockableS, summary.firstShockS]).toEqual([36, 41]);
  expect(summary.shocks.map((s) => s.fromShockableS)).toEqual([5, 40]);
});

test('hands-off: what the AED asked for, and the pauses around the compressions that were seen', () => {
  const { asked, seen } = summary.handsOff;
  expect(asked.spans).toEqual([
    { fromS: 1, toS: 7 },
    { fromS: 37, toS: 41 },
    { fromS: 80, toS: 84 },
  ]);
  expect(asked).toMatchObject({ totalS: 14, longestS: 6 });
  // 50..57 and 64..70: 13 s of 20 s, a pause of 7 s
  expect(seen).toMatchObject({ fraction: 13 / 20, longestPauseS: 7 });
  expect(summary.shocks.map((s) => [s.pauseBeforeS, s.pauseAfterS])).toEqual([
    [NaN, 9],
    [14, NaN],
  ]);
});

test('where no compressions were seen there is no figure, not zero', () => {
  const without = STORY.filter((r) => r.type !== 'advice' || r.rhythm !== 'compressions');
  const text = summaryText(codeSummary(HEADER, without));
  expect(text).toMatch(/Compressions +none seen: no fraction can be given/);
  expect(text).not.toContain('Pause before');
  expect(summaryText(summary)).toContain('65 % of the time');
});

const NO_SIGNS: VitalSigns = {
  ...{
    spo2Pct: NaN,
    pulsePerMin: NaN,
    etco2MmHg: NaN,
    breathsPerMin: NaN,
    systolicMmHg: NaN,
    diastolicMmHg: NaN,
  },
  ...{
    meanMmHg: NaN,
    pressureAgeS: NaN,
    temperatureC: NaN,
    compressionMm: NaN,
    compressionsPerMin: NaN,
    states: [],
  },
};

test('a compression sensor wins over what was seen in the ECG; the signs of other sensors get their columns', () => {
  const sensed = Array.from({ length: 100 }, (_, t): SessionEvent => {
    const compressionsPerMin = (t > 50 && t <= 60) || (t > 70 && t <= 80) ? 110 : 0;
    return { t, sample: t * FS, type: 'vitals', ...NO_SIGNS, spo2Pct: 93, compressionsPerMin };
  });
  const records = [...STORY.filter((r) => r.type !== 'end'), ...sensed].sort((a, b) => order(a) - order(b));
  const withSensor = codeSummary(HEADER, records);
  expect(withSensor.handsOff.seen).toMatchObject({ by: 'sensor', fraction: 20 / 30, longestPauseS: 10 });
  expect(withSensor.shocks.map((s) => [s.pauseBeforeS, s.pauseAfterS])).toEqual([
    [NaN, 9],
    [4, NaN],
  ]);
  const text = summaryText(withSensor);
  expect(text).toContain('by the compression sensor');
  expect(text).toMatch(/SpO2 %.+NIBP mmHg/);
  expect(text).toMatch(/1:00\.0 .+ 93 /);
  expect(summaryText(summary)).not.toContain('SpO2');
});

const order = (r: LogRecord): number => ('t' in r ? r.t : 'sample' in r ? r.sample / FS : 0);

test('strips: 3 s before to 5 s after, around their median, the shock at its place; NaN where nothing was kept', () => {
  const strip = summary.strips.find((s) => s.t === 41)?.strip;
  const values = Array.from(strip?.leads[0].values ?? []);
  expect(values).toHaveLength(8 * FS);
  expect(strip).toMatchObject({ fs: FS, fromS: 38, toS: 46, mmPerMv: 10 });
  expect(strip?.marks).toContainEqual({ at: 3 * FS, kind: 'shock' });
  expect(Math.abs(values[10] - Math.sin(2))).toBeLessThan(0.1);
  // The shock at 84 s has no waveform in this log.
  expect(summary.strips.map((s) => s.t)).toEqual([36, 41]);
  expect(Number.isNaN(summary.strips[0].strip.leads[0].values[0])).toBe(true);
});

test('vital signs once a minute; the log that ends without an end says so', () => {
  expect(summary.vitals).toMatchObject([
    { t: 10, bpm: 72, rhythm: 'organised' },
    { t: 60, bpm: NaN, rhythm: 'compressions' },
    { t: 120, bpm: 64, rhythm: 'organised' },
  ]);
  expect(summary.ended).toBe(true);
  expect(summaryText(codeSummary(HEADER, STORY.slice(0, -1)))).toContain('the log was cut here');
});

test('an empty log is a summary, too', () => {
  const empty = codeSummary(HEADER, []);
  for (const write of [summaryText, summaryHtml, summaryPdf, summaryJson]) {
    expect(write(empty).length).toBeGreaterThan(100);
  }
  expect(summaryText(empty)).toContain('none answered');
});

test('the page loads nothing, runs nothing, and escapes what it is told', () => {
  const html = summaryHtml(codeSummary({ ...HEADER, source: '<img src=x onerror=alert(1)>' }, STORY));
  expect(html).not.toMatch(/<script|<link|<img|url\(|@import|src=["']/);
  expect(html).toContain('SIMULATED');
  expect(html).toContain('width="200mm"');
});

test('the PDF has its parts where its table says, the same bytes each time, and A4 pages at 25 mm/s', () => {
  const bytes = Buffer.from(summaryPdf(summary));
  expect(Buffer.from(summaryPdf(summary)).equals(bytes)).toBe(true);
  const text = bytes.toString('latin1');
  const start = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  const [, count] = /^xref\n0 (\d+)\n/.exec(text.slice(start)) ?? [];
  const offsets = [...text.slice(start).matchAll(/^(\d{10}) 00000 n/gm)].map((m) => Number(m[1]));
  expect(offsets).toHaveLength(Number(count) - 1);
  offsets.forEach((offset, k) => expect(text.slice(offset)).toMatch(new RegExp(`^${k + 1} 0 obj\n`)));
  expect(text).toContain('/MediaBox [0 0 841.89 595.28]');
  const pages = [...text.matchAll(/stream\n/g)].filter((m) => !text.slice(m.index - 3).startsWith('end'));
  const contents = pages.map((m) => inflateSync(bytes.subarray(m.index + 7)).toString('latin1')).join('\n');
  expect(contents).toContain('(SIMULATED');
  expect(contents).toContain('Shock: 199 J delivered of 200 J selected, 75 ohm) Tj');
  // 8 s are 200 mm: the last vertical line of the grid.
  expect(contents).toMatch(/200\.00 [\d.]+ m 200\.00 [\d.]+ l/);
});

test('JSON has every figure; NaN is null', () => {
  const json = JSON.parse(summaryJson(summary)) as Record<string, unknown>;
  expect(json).toMatchObject({ deliveredJ: 498, shocks: [{ rToShockMs: null }, { selectedJ: 300 }] });
});

test.each([
  [7.34, '0:07.3'],
  [59.96, '1:00.0'],
  [754, '12:34.0'],
  [3723.5, '1:02:03.5'],
  [NaN, '-'],
])('%d s reads %s', (seconds, text) => {
  expect(clock(seconds)).toBe(text);
});
