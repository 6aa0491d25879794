/** What makes each rhythm the one it is, told from the truth that the patient gives beside the signal. */
import { describe, expect, test } from 'vitest';
import { RHYTHMS, RHYTHM_NAMES, rhythmByName } from '../../signals/rhythms/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';

interface Told {
  tS: number;
  beatClass: string;
  ejection: number;
}

function beatsOf(rhythm: string, seconds: number, ratePerMin?: number): Told[] {
  const patient = new SimPatient({ rhythm, seed: 5, fs: 100, ...(ratePerMin && { ratePerMin }) });
  const told: Told[] = [];
  patient.onBeat = ({ tS, beatClass, ejection }) => told.push({ tS, beatClass, ejection });
  const block = [0, 1, 2, 3].map(() => new Float64Array(100));
  for (let s = 0; s < seconds; s++) patient.render(block, 100);
  return told;
}

const intervals = (beats: readonly Told[]): number[] => beats.slice(1).map((b, i) => b.tS - beats[i].tS);
const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
const cv = (x: readonly number[]): number => Math.sqrt(mean(x.map((v) => (v - mean(x)) ** 2))) / mean(x);
/** Serial correlation of neighbours. */
function lag1(x: readonly number[]): number {
  const d = x.map((v) => v - mean(x));
  return mean(d.slice(1).map((v, i) => v * d[i])) / mean(d.map((v) => v * v));
}

test('every rhythm has its own name and a title', () => {
  expect(new Set(RHYTHM_NAMES).size).toBe(RHYTHMS.length);
  expect(RHYTHMS.every((r) => /^[a-z0-9-]+$/.test(r.name) && r.title.length > 5)).toBe(true);
  expect(() => rhythmByName('nsr')).toThrow('unknown rhythm "nsr": expected one of sinus');
});

test('no rhythm that a shock must end is without a dose, and none that it cannot end has one', () => {
  for (const r of RHYTHMS) expect(r.halfDoseJ > 0).toBe(r.shock === 'fibrillation' || r.shock === 'reentry');
});

describe('beat to beat', () => {
  test('sinus varies by a few percent, with memory', () => {
    const rr = intervals(beatsOf('sinus', 300, 60));
    expect(cv(rr)).toBeGreaterThan(0.02);
    expect(cv(rr)).toBeLessThan(0.06);
    expect(lag1(rr)).toBeGreaterThan(0.2);
  });
  test('AF has a coefficient of variation of 0.2 to 0.25 and no memory', () => {
    const rr = intervals(beatsOf('af', 600));
    expect(cv(rr)).toBeGreaterThan(0.19);
    expect(cv(rr)).toBeLessThan(0.25);
    expect(Math.abs(lag1(rr))).toBeLessThan(0.08);
  });
  test('VT is almost regular and wide', () => {
    const beats = beatsOf('vt', 60);
    expect(cv(intervals(beats))).toBeLessThan(0.03);
    expect(beats.every((b) => b.beatClass === 'V')).toBe(true);
  });
  test('flutter follows the atria in whole numbers', () => {
    for (const [rate, rrS] of [
      [150, 0.4],
      [100, 0.6],
      [75, 0.8],
    ]) {
      expect(mean(intervals(beatsOf('flutter', 60, rate)))).toBeCloseTo(rrS, 1);
    }
  });
  test('an ectopic beat is early and its pause makes up for it', () => {
    const beats = beatsOf('pvcs', 300);
    const v = beats.flatMap((b, i) => (b.beatClass === 'V' && beats[i + 1] ? [i] : []));
    expect(v.length).toBeGreaterThan(20);
    for (const i of v) {
      expect(beats[i].tS - beats[i - 1].tS).toBeLessThan(0.6);
      expect(beats[i + 1].tS - beats[i - 1].tS).toBeCloseTo(1.6, 0);
    }
  });
  test.each([
    ['bigeminy', /^(NV)+N?$/],
    ['trigeminy', /^(NNV)+N{0,2}$/],
    ['couplets', /^(N+VV)+N*$/],
    ['vt-runs', /^(N+V{6})+N*V*$/],
    ['block-3', /^V+$/],
    ['paced', /^Q+$/],
    ['svt', /^N+$/],
  ])('%s has the order %s', (rhythm, order) => {
    const text = beatsOf(rhythm, 60)
      .map((b) => b.beatClass)
      .join('');
    expect(text.length).toBeGreaterThan(20);
    expect(text).toMatch(order);
  });
  test('Wenckebach: three beats closer and closer, then a gap', () => {
    const rr = intervals(beatsOf('block-2-1', 120));
    const gap = rr.map((v) => v > 1.2);
    const first = gap.indexOf(true);
    expect(gap.slice(first, first + 9)).toEqual([true, false, false, true, false, false, true, false, false]);
  });
  test('type II: dropped beats, never two in a row', () => {
    const rr = intervals(beatsOf('block-2-2', 120));
    expect(rr.filter((v) => v > 1.3).length).toBeGreaterThan(20);
    expect(Math.max(...rr)).toBeLessThan(2);
  });
  test.each(['pea', 'agonal'])('%s has beats and no pulse', (rhythm) => {
    const beats = beatsOf(rhythm, 60);
    expect(beats.length).toBeGreaterThan(8);
    expect(beats.every((b) => b.ejection === 0)).toBe(true);
  });
});

test('an untreated arrest fades from coarse VF over fine VF to asystole', () => {
  const patient = new SimPatient({ rhythm: 'arrest', seed: 2, fs: 100, noise: false });
  const block = [0, 1, 2, 3].map(() => new Float64Array(1000));
  const heights: number[] = [];
  for (let minute = 0; minute < 40; minute++) {
    for (let k = 0; k < 6; k++) patient.render(block, 1000);
    heights.push(Math.max(...block[0]) - Math.min(...block[0]));
  }
  expect(heights[0]).toBeGreaterThan(1);
  expect(heights[25]).toBeLessThan(0.2);
  expect(heights[25]).toBeGreaterThan(0);
  expect([heights[39], patient.rhythm]).toEqual([0, 'asystole']);
});

test('torsades swells in one lead while it fades in another', () => {
  const patient = new SimPatient({ rhythm: 'torsades', seed: 2, noise: false });
  const out = [0, 1, 2, 3].map(() => new Float64Array(10_000));
  patient.render(out, 10_000);
  const power = (k: number, s: number): number => mean([...out[k].subarray(s, s + 250)].map((v) => v * v));
  const one: number[] = [];
  const foot: number[] = [];
  for (let s = 0; s + 250 <= 10_000; s += 250) {
    one.push(power(1, s));
    foot.push(power(3, s) + power(2, s) - power(1, s) / 2);
  }
  const [mOne, mFoot] = [mean(one), mean(foot)];
  expect(mean(one.map((v, i) => (v - mOne) * (foot[i] - mFoot)))).toBeLessThan(0);
  expect(Math.max(...one) / Math.min(...one)).toBeGreaterThan(5);
});
