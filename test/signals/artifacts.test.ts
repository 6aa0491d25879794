import { describe, expect, test } from 'vitest';
import { ARTIFACTS, ARTIFACT_NAMES } from '../../signals/artifacts/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { Rng } from '../../src/core/rng.ts';
import { featuresOf, bandPass } from './features.ts';

const buffers = (n: number): Float64Array[] => [0, 1, 2, 3].map(() => new Float64Array(n));
const LINE = { rhythm: 'asystole', noise: false };

function play(patient: SimPatient, seconds: number, blockOf = (): number => 500): Float64Array[] {
  const total = Math.round(seconds * patient.fs);
  const all = buffers(total);
  for (let at = 0; at < total;) {
    const n = Math.min(blockOf(), total - at);
    const block = buffers(n);
    patient.render(block, n);
    block.forEach((b, k) => all[k].set(b, at));
    at += n;
  }
  return all;
}

/** The artifact alone, on a patient whose heart adds nothing. */
const alone = (name: string, fs = 500, levelMv?: number, seed = 1): SimPatient => {
  const patient = new SimPatient({ ...LINE, fs, seed });
  patient.setArtifact(name, levelMv);
  return patient;
};

const rms = (x: Float64Array): number => Math.sqrt(x.reduce((s, v) => s + v * v, 0) / x.length);

/** Power of x at hz against all its power, by projection on one line (5 s or more: 0.2 Hz wide). */
function shareAt(x: Float64Array, fs: number, hz: number, widthHz: number): number {
  let power = 0;
  const df = fs / x.length;
  for (let f = hz - widthHz; f <= hz + widthHz; f += df) {
    let [re, im] = [0, 0];
    for (let i = 0; i < x.length; i++) {
      re += x[i] * Math.cos((2 * Math.PI * f * i) / fs);
      im += x[i] * Math.sin((2 * Math.PI * f * i) / fs);
    }
    power += (2 * (re * re + im * im)) / (x.length * x.length);
  }
  return power / rms(x) ** 2;
}

describe.each(ARTIFACT_NAMES)('every artifact: %s', (name) => {
  test('does not depend on how the samples are asked for', () => {
    const whole = alone(name);
    const cut = alone(name);
    const rng = new Rng('cuts');
    const shocked = (patient: SimPatient, blockOf?: () => number): Float64Array[] => {
      const before = play(patient, 1, blockOf);
      patient.shock({ deliveredJ: 200, peakA: 30, biphasic: true });
      return [...before, ...play(patient, 3, blockOf)];
    };
    expect(shocked(cut, () => rng.int(1, 61))).toEqual(shocked(whole));
  });

  test('is the same at half the rate', () => {
    const [fast] = play(alone(name, 1000), 3);
    const [slow] = play(alone(name, 500), 3);
    let worst = 0;
    for (let i = 0; i < slow.length; i++) worst = Math.max(worst, Math.abs(slow[i] - fast[2 * i]));
    expect(worst).toBeLessThan(1e-6);
  });

  test('grows with its level, is another with another seed, and 0 takes it off', () => {
    const shock = { deliveredJ: 200, peakA: 30, biphasic: true };
    const size = (levelMv: number, seed = 1): number => {
      const patient = alone(name, 500, levelMv, seed);
      patient.shock(shock);
      return rms(play(patient, 20)[0]);
    };
    expect(size(2) / size(1)).toBeCloseTo(2, 6);
    const patient = alone(name);
    patient.setArtifact(name, 0);
    patient.shock(shock);
    expect(rms(play(patient, 2)[0])).toBe(0);
  });

  test('keeps III = II - I', () => {
    const [, one, two, three] = play(alone(name), 2);
    expect(three.every((v, i) => v === two[i] - one[i])).toBe(true);
  });
});

describe('what each one is', () => {
  test.each([50, 60])('mains %d: nearly all power at its frequency, as high as asked', (hz) => {
    const [pads] = play(alone(`mains-${hz}`, 500, 1), 10);
    expect(shareAt(pads, 500, hz, 0.7)).toBeGreaterThan(0.9);
    expect(rms(pads) * Math.SQRT2).toBeGreaterThan(0.7);
    expect(rms(pads) * Math.SQRT2).toBeLessThan(1.4);
  });
  test('wander stays under 1 Hz', () => {
    const [pads] = play(alone('wander', 250, 1), 60);
    expect(rms(bandPass(pads))).toBeLessThan(0.15 * rms(pads));
    expect(rms(pads)).toBeGreaterThan(0.4);
    expect(rms(pads)).toBeLessThan(1.8);
  });
  test('muscle noise is mostly over 20 Hz, about as large as asked', () => {
    const [pads] = play(alone('muscle', 1000, 1), 30);
    expect(rms(pads)).toBeGreaterThan(0.6);
    expect(rms(pads)).toBeLessThan(1.5);
    expect(shareAt(pads.subarray(0, 10_000), 1000, 10, 10)).toBeLessThan(0.12);
  });
  test.each(['cpr', 'cpr-machine'])('%s: 1.7 to 2 compressions a second, 2 mV, several harmonics', (name) => {
    const [pads] = play(alone(name, 250, 2), 10);
    const height = Math.max(...pads) - Math.min(...pads);
    expect(height).toBeGreaterThan(1);
    expect(height).toBeLessThan(5);
    const f = featuresOf(bandPass(pads).subarray(1250));
    expect(shareAt(pads, 250, 1.85, 0.25)).toBeGreaterThan(0.25);
    expect(shareAt(pads, 250, 1.85, 0.25)).toBeLessThan(0.9);
    expect(f.f).toBeLessThan(6.5);
  });
  test('a machine is exact, a hand is not', () => {
    // how much of the fundamental's power is in its strongest line, a minute long
    const sharpness = (name: string): number => {
      const [pads] = play(alone(name, 100, 2), 60);
      const lines = Array.from({ length: 43 }, (_, k) => shareAt(pads, 100, 1.5 + k / 60, 0));
      return Math.max(...lines) / lines.reduce((sum, v) => sum + v, 0);
    };
    expect(sharpness('cpr-machine')).toBeGreaterThan(0.9);
    expect(sharpness('cpr')).toBeLessThan(0.6);
  });
  test('a loose electrode loses the heart', () => {
    const make = (rhythm: string): SimPatient => new SimPatient({ rhythm, artifacts: { 'lead-off': 1 } });
    expect(play(make('sinus'), 2)).toEqual(play(make('vf'), 2));
  });
  test('after a shock the trace stands at the rail for 0.3 to 1 s and is back within 10 s', () => {
    const patient = alone('post-shock', 500, 10);
    expect(rms(play(patient, 1)[0])).toBe(0);
    patient.shock({ deliveredJ: 200, peakA: 30, biphasic: true });
    const after = play(patient, 20)[0].map(Math.abs);
    const atRail = after.findIndex((v) => v < 10) / 500;
    expect(atRail).toBeGreaterThanOrEqual(0.3);
    expect(atRail).toBeLessThanOrEqual(1.002);
    expect(after[500 * 10]).toBeLessThan(0.2);
  });
  test('pacing pulses come 70 times a minute and are seen at 250 Hz', () => {
    const [pads] = play(alone('pacer-spikes', 250), 60);
    let pulses = 0;
    for (let i = 1; i < pads.length; i++) if (pads[i] > 0.4 && pads[i - 1] <= 0.4) pulses++;
    expect(pulses).toBeGreaterThanOrEqual(69);
    expect(pulses).toBeLessThanOrEqual(71);
  });
});

test('the registry has a name, a title and a level for each', () => {
  expect(new Set(ARTIFACT_NAMES).size).toBe(ARTIFACTS.length);
  expect(ARTIFACTS.every((a) => a.usualMv > 0 && a.title.includes('('))).toBe(true);
});

test('says what is wrong', () => {
  const patient = alone('mains-50');
  expect(() => patient.setArtifact('hum')).toThrow('unknown artifact "hum": expected one of cpr, ');
  expect(() => patient.setArtifact('cpr', -1)).toThrow('level of cpr: expected 0 to 1000 mV, found -1');
});
