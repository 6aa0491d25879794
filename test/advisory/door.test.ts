/** What comes in by the door: any rate, any gain, clipped peaks. The decision must not turn on them. */
import { describe, expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { FEATURES, RhythmAnalyser, WindowFeed } from '../../src/advisory/index.ts';
import type { Advice } from '../../src/core/advice.ts';

const SECONDS = 16;

function signal(rhythm: string, fs = 250, seed = 3): Float64Array {
  const patient = new SimPatient({ fs, seed, rhythm });
  const leads = patient.leads.map(() => new Float64Array(SECONDS * fs));
  patient.render(leads, SECONDS * fs);
  return leads[0];
}

/** The last vote over a signal. */
function decisionOf(x: Float64Array, fs = 250): Advice | undefined {
  const analyser = new RhythmAnalyser({ fs });
  analyser.process(x, x.length);
  let last: Advice | undefined;
  for (let a = analyser.decisions.take(); a !== undefined; a = analyser.decisions.take()) last = a;
  return last;
}

function featuresOf(x: Float64Array, fs = 250): Map<string, number> {
  const feed = new WindowFeed({ fs, windowS: 4, hopS: 1 }, () => undefined);
  feed.process(x, x.length);
  return new Map(FEATURES.map((f) => [f.name, f.compute(feed.window)]));
}

const WANTED = [
  ['vf', 'shock'],
  ['sinus', 'noShock'],
  ['af', 'noShock'],
  ['asystole', 'noShock'],
] as const;

describe.each([128, 250, 360, 500, 720, 1000])('at %d Hz', (fs) => {
  test.each(WANTED)('%s: %s', (rhythm, verdict) => {
    expect(decisionOf(signal(rhythm, fs), fs)?.verdict).toBe(verdict);
  });

  test('the features of VF are those of 250 Hz', () => {
    const here = featuresOf(signal('vf', fs), fs);
    const there = featuresOf(signal('vf'));
    for (const [name, tolerance] of [
      ['leakage', 0.08],
      ['count2', 0.06],
      ['a2', 0.15],
      ['peakFrequency', 0.6],
      ['psr', 0.02],
    ] as const)
      expect(Math.abs((here.get(name) ?? NaN) - (there.get(name) ?? NaN)), name).toBeLessThan(tolerance);
  });
});

describe('a gain that is only nominal', () => {
  const scaled = (x: Float64Array, by: number): Float64Array => x.map((v) => v * by);

  // The beat detector has a floor in millivolts, and what it finds in VF turns on it.
  const ofBeats = new Set(['beatRate', 'rrSpread', 'beatWidth', 'likeness', 'explained', 'beatEnergy']);

  test.each(['vf', 'sinus', 'vt'])('%s: every feature but the amplitude is a ratio', (rhythm) => {
    const plain = featuresOf(signal(rhythm));
    // Powers of two: scaled without rounding, so that equal means equal.
    for (const by of [0.5, 4])
      for (const [name, value] of featuresOf(scaled(signal(rhythm), by)))
        if (name === 'amplitude') expect(value).toBeCloseTo(by * (plain.get(name) ?? NaN), 9);
        else if (rhythm !== 'vf' || !ofBeats.has(name))
          expect(value, name).toBeCloseTo(plain.get(name) ?? NaN, 6);
  });

  test.each([0.4, 1, 5, 10])('times %d: VF stays VF, sinus rhythm stays sinus rhythm', (by) => {
    expect(decisionOf(scaled(signal('vf'), by))?.verdict).toBe('shock');
    expect(decisionOf(scaled(signal('sinus'), by))?.verdict).toBe('noShock');
  });
});

describe('clipped VF stays VF', () => {
  const x = signal('vf');
  const peak = x.slice(1000).reduce((m, v) => Math.max(m, Math.abs(v)), 0);

  test.each([0.8, 0.5, 0.3])('at %d of its peak', (share) => {
    const limit = share * peak;
    const clipped = x.map((v) => Math.max(-limit, Math.min(limit, v)));
    expect(decisionOf(clipped)?.verdict).toBe('shock');
  });

  test('where a reader calls the clipped values invalid', () => {
    const limit = 0.4 * peak;
    const holed = x.map((v) => (Math.abs(v) >= limit ? NaN : v));
    const holes = holed.reduce((n, v) => n + (Number.isNaN(v) ? 1 : 0), 0);
    expect(holes / x.length).toBeGreaterThan(0.1);
    expect(decisionOf(holed)?.verdict).toBe('shock');
  });
});
