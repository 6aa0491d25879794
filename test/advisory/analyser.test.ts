/** The analysis as its users see it: whatever the cut and the rate, and with every simulated rhythm. */
import { describe, expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { RhythmAnalyser } from '../../src/advisory/index.ts';
import type { Advice } from '../../src/core/advice.ts';
import { emptyBeat } from '../../src/core/beat.ts';
import { Rng } from '../../src/core/rng.ts';

function recording(rhythm: string, seconds: number, fs = 250): Float64Array {
  const patient = new SimPatient({ fs, rhythm, seed: 'advice' });
  const out = patient.leads.map(() => new Float64Array(seconds * fs));
  patient.render(out, seconds * fs);
  return out[0];
}

interface Heard {
  advices: Advice[];
  decisions: Advice[];
  beats: number[];
}

function analyse(x: Float64Array, fs = 250, cut: () => number = () => 1000, start = 0): Heard {
  const analyser = new RhythmAnalyser({ fs });
  if (start > 0) analyser.reset(start);
  const heard: Heard = { advices: [], decisions: [], beats: [] };
  const beat = emptyBeat();
  for (let from = 0; from < x.length;) {
    const n = Math.min(cut(), x.length - from);
    analyser.process(x.slice(from, from + n), n);
    from += n;
    while (analyser.beats.take(beat)) heard.beats.push(beat.sample);
    for (let a = analyser.advices.take(); a; a = analyser.advices.take()) heard.advices.push(a);
    for (let a = analyser.decisions.take(); a; a = analyser.decisions.take()) heard.decisions.push(a);
  }
  return heard;
}

const verdicts = (list: readonly Advice[]): string[] => [...new Set(list.map((a) => a.verdict))];

test('the answer does not depend on how the input was cut', () => {
  const x = recording('vf', 20);
  const rng = new Rng('cuts');
  const whole = analyse(x, 250, () => x.length);
  expect(analyse(x, 250, () => rng.int(1, 700))).toEqual(whole);
  expect(analyse(x, 250, () => 1)).toEqual(whole);
});

test('one advice and one decision a second; windows of three seconds; indices count from reset', () => {
  const { advices, decisions } = analyse(recording('sinus', 10), 250, () => 97, 5000);
  expect(advices.map((a) => a.to)).toEqual([3, 4, 5, 6, 7, 8, 9, 10].map((s) => 5000 + 250 * s));
  expect(decisions.map((a) => a.to)).toEqual(advices.map((a) => a.to));
  expect(advices.every((a) => a.to - a.from === 750)).toBe(true);
});

describe.each([250, 360, 500])('at %i Hz', (fs) => {
  test.each(['vf', 'vfl'])('%s: a shock is advised', (rhythm) => {
    const { decisions } = analyse(recording(rhythm, 20, fs), fs);
    expect(verdicts(decisions.slice(5))).toEqual(['shock']);
  });

  test.each(['sinus', 'bradycardia', 'tachycardia', 'af', 'asystole'])(
    '%s: no shock is advised',
    (rhythm) => {
      const { decisions } = analyse(recording(rhythm, 30, fs), fs);
      expect(verdicts(decisions.slice(5))).toEqual(['noShock']);
    },
  );
});

test('beats are handed on', () => {
  expect(analyse(recording('sinus', 20)).beats.length).toBeGreaterThan(15);
});

test('leads off and a rail are inconclusive, not asystole', () => {
  const off = analyse(new Float64Array(2500).fill(NaN));
  expect(verdicts(off.decisions)).toEqual(['inconclusive']);
  expect(off.advices[0].rhythm).toBe('leadsOff');
  const x = recording('sinus', 15);
  x.fill(10, 5 * 250);
  const rail = analyse(x).advices.at(-1);
  expect(rail).toMatchObject({ verdict: 'inconclusive', rhythm: 'noise' });
});

test('clipped VF stays VF, also where a reader calls the clipped samples invalid', () => {
  const x = recording('vf', 20);
  const limit = 0.5 * Math.max(...x.map(Math.abs));
  const clipped = x.map((v) => Math.max(-limit, Math.min(limit, v)));
  const holes = x.map((v) => (Math.abs(v) > limit ? NaN : v));
  for (const signal of [clipped, holes])
    expect(verdicts(analyse(signal).decisions.slice(5))).toEqual(['shock']);
});

test('every number of the score is told: the pushes add up to it', () => {
  const scored = analyse(recording('vf', 12)).advices.find((a) => !Number.isNaN(a.score));
  const sum = (scored?.evidence ?? []).reduce((s, e) => s + (e.push ?? 0), 0);
  expect(sum).toBeCloseTo(scored?.score ?? NaN, 9);
});

test('after reset nothing is left of what was heard', () => {
  const x = recording('sinus', 12);
  const analyser = new RhythmAnalyser({ fs: 250 });
  analyser.process(recording('vf', 12), 3000);
  analyser.reset();
  analyser.process(x, x.length);
  const list: Advice[] = [];
  for (let a = analyser.advices.take(); a; a = analyser.advices.take()) list.push(a);
  expect(list).toEqual(analyse(x).advices);
});
