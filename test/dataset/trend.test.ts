/** The trend of VF: numbers with a known value, only where there is VF, and the formula beside them. */
import { expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { amsa } from '../../src/advisory/index.ts';
import type { RecordReader } from '../../src/core/record.ts';
import { TREND_FORMULA, type TrendPoint, trendOf } from '../../src/dataset/trend.ts';
import { FS, windowOf } from '../advisory/known.ts';

const sine = (hz: number, mv: number) => (t: number) => mv * Math.sin(2 * Math.PI * hz * t);

test('AMSA of a sine of 1 mV and 4 Hz is 7.7 mV Hz, as the formula of Alonso gives; any length of window', () => {
  for (const seconds of [2, 4, 5]) {
    const found = amsa(windowOf(sine(4, 1), seconds));
    expect(found).toBeGreaterThan(7.5);
    expect(found).toBeLessThan(7.9);
  }
  expect(amsa(windowOf(sine(4, 0.5))) / amsa(windowOf(sine(4, 1)))).toBeCloseTo(0.5, 3);
  expect(amsa(windowOf(sine(6, 1))) / amsa(windowOf(sine(4, 1)))).toBeCloseTo(1.5, 1);
});

/** A minute of sinus rhythm, then VF that decays as nobody treats it. */
function recording(): RecordReader {
  const parts = ['sinus', 'arrest'].map((rhythm) => {
    const patient = new SimPatient({ fs: FS, rhythm, seed: 'trend' });
    const leads = patient.leads.map(() => new Float64Array(300 * FS));
    patient.render(leads, 300 * FS);
    return leads[0];
  });
  const x = Float64Array.from([...parts[0].subarray(0, 60 * FS), ...parts[1]]);
  let at = 0;
  return {
    header: { fs: FS, signals: [{ units: 'mV' }] },
    read: (_leads: number[], [out]: Float64Array[], n: number): number => {
      const size = Math.min(n, x.length - at);
      out.set(x.subarray(at, at + size));
      at += size;
      return size;
    },
  } as unknown as RecordReader;
}

test('sinus rhythm has no numbers; untreated VF loses AMSA, height and frequency', () => {
  const points: TrendPoint[] = [];
  trendOf(recording(), { lead: 0, windowS: 4, hopS: 4 }, (p) => points.push(p));
  expect(points.filter((p) => p.atS <= 60 && p.vf !== null)).toEqual([]);
  const vf = points.flatMap((p) => (p.vf === null ? [] : [{ atS: p.atS, ...p.vf }]));
  const mean = (from: number, to: number, of: (v: (typeof vf)[number]) => number): number => {
    const values = vf.filter((v) => v.atS > from && v.atS <= to).map(of);
    return values.reduce((a, b) => a + b, 0) / values.length;
  };
  expect(mean(260, 360, (v) => v.amsaMvHz)).toBeLessThan(0.8 * mean(60, 120, (v) => v.amsaMvHz));
  expect(mean(260, 360, (v) => v.peakToPeakMv)).toBeLessThan(0.8 * mean(60, 120, (v) => v.peakToPeakMv));
  expect(vf.every((v) => v.kind === (v.peakToPeakMv >= 0.2 ? 'coarse' : 'fine'))).toBe(true);
});

test('the formula says what it is not', () => {
  expect(TREND_FORMULA.join(' ')).toMatch(/2-48 Hz.*not advice/);
});
