import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { RHYTHM_NAMES } from '../../signals/rhythms/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import type { ShockAtPatient } from '../../signals/patient/patient.ts';

const LEADS = 4;
const buffers = (n: number): Float64Array[] => Array.from({ length: LEADS }, () => new Float64Array(n));

/** Renders seconds in blocks whose sizes the function says. */
function play(patient: SimPatient, seconds: number, blockOf: () => number = () => 250): Float64Array[] {
  const total = Math.round(seconds * patient.fs);
  const all = buffers(total);
  let at = 0;
  while (at < total) {
    const n = Math.min(blockOf(), total - at);
    const block = buffers(n);
    expect(patient.render(block, n)).toBe(n);
    block.forEach((b, k) => all[k].set(b, at));
    at += n;
  }
  return all;
}

const peakToPeak = (x: Float64Array): number => Math.max(...x) - Math.min(...x);
const STRONG: ShockAtPatient = { deliveredJ: 200, peakA: 30, biphasic: true };
const rsOf = (patient: SimPatient): number[] => {
  const rs: number[] = [];
  patient.onBeat = (beat) => rs.push(beat.tS);
  return rs;
};

describe.each(RHYTHM_NAMES)('every rhythm: %s', (rhythm) => {
  test('does not depend on how the samples are asked for', () => {
    const whole = play(new SimPatient({ seed: 7, rhythm }), 6, () => 3000);
    const rng = new Rng('cuts');
    const cut = play(new SimPatient({ seed: 7, rhythm }), 6, () => rng.int(1, 97));
    for (let k = 0; k < LEADS; k++) expect(cut[k]).toEqual(whole[k]);
  });

  test('is the same heart at half the rate', () => {
    const fast = play(new SimPatient({ seed: 3, rhythm, fs: 1000 }), 5);
    const slow = play(new SimPatient({ seed: 3, rhythm, fs: 250 }), 5);
    let worst = 0;
    for (let i = 0; i < slow[0].length; i++) worst = Math.max(worst, Math.abs(slow[0][i] - fast[0][4 * i]));
    expect(worst).toBeLessThan(1e-9);
  });

  test('obeys Einthoven in every sample', () => {
    const [, one, two, three] = play(new SimPatient({ seed: 5, rhythm }), 3);
    expect(three.every((v, i) => v === two[i] - one[i])).toBe(true);
  });

  test('plays again with its seed and differs with another', () => {
    const a = play(new SimPatient({ seed: 1, rhythm }), 4);
    expect(play(new SimPatient({ seed: 1, rhythm }), 4)).toEqual(a);
    expect(play(new SimPatient({ seed: 2, rhythm }), 4)).not.toEqual(a);
  });

  test('is finite and of a size that a front end can take', () => {
    const [pads] = play(new SimPatient({ seed: 9, rhythm, fs: 250 }), 30);
    expect(pads.every((v) => Number.isFinite(v) && Math.abs(v) < 5)).toBe(true);
  });
});

describe('the patient', () => {
  test.each([
    ['sinus', undefined, 75],
    ['sinus', 140, 140],
    ['bradycardia', undefined, 40],
    ['vt', undefined, 180],
    ['af', undefined, 110],
  ])('%s at %s/min beats %d times a minute', (rhythm, ratePerMin, expected) => {
    const patient = new SimPatient({ rhythm, ...(ratePerMin && { ratePerMin }) });
    const rs = rsOf(patient);
    play(patient, 120);
    expect(rs.length / 2).toBeGreaterThan(expected * 0.93);
    expect(rs.length / 2).toBeLessThan(expected * 1.07);
  });

  test('asystole stays under 0.1 mV apart from breathing, coarse VF is over 1 mV, fine VF under 0.2 mV', () => {
    const quiet = { noise: false };
    expect(peakToPeak(play(new SimPatient({ rhythm: 'asystole', ...quiet }), 5)[0])).toBe(0);
    expect(peakToPeak(play(new SimPatient({ rhythm: 'vf', ...quiet }), 5)[0])).toBeGreaterThan(1);
    expect(peakToPeak(play(new SimPatient({ rhythm: 'fine-vf', ...quiet }), 5)[0])).toBeLessThan(0.2);
  });

  test('VF that gets a strong shock stands still and then beats again', () => {
    const patient = new SimPatient({ rhythm: 'vf', seed: 11 });
    play(patient, 5);
    patient.shock(STRONG);
    expect([patient.lastOutcome, patient.rhythm]).toEqual(['ended', 'asystole']);
    play(patient, 5);
    expect(patient.rhythm).toBe('sinus');
  });

  test('more energy ends VF more often', () => {
    const ended = (deliveredJ: number): number => {
      let count = 0;
      for (let seed = 0; seed < 200; seed++) {
        const patient = new SimPatient({ rhythm: 'vf', seed });
        patient.shock({ deliveredJ, peakA: Math.sqrt(deliveredJ) * 2, biphasic: true });
        if (patient.lastOutcome === 'ended') count++;
      }
      return count / 200;
    };
    const shares = [1, 30, 70, 120, 200].map(ended);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares[0]).toBe(0);
    expect(shares[4]).toBeGreaterThan(0.9);
  });

  test('a shock on the T wave can start VF, a shock on the R does not', () => {
    const outcomes = { onT: 0, onR: 0 };
    for (let seed = 0; seed < 50; seed++) {
      for (const [when, afterS] of [
        ['onT', 0.23],
        ['onR', 0.03],
      ] as const) {
        const patient = new SimPatient({ rhythm: 'sinus', seed });
        let lastR = -1;
        patient.onBeat = (beat) => (lastR = beat.tS);
        const one = buffers(1);
        while (!(patient.position > 1500 && patient.position / 500 - lastR >= afterS && lastR > 2)) {
          patient.render(one, 1);
        }
        while (patient.position / 500 - lastR > afterS + 0.02) patient.render(one, 1);
        while (patient.position / 500 - lastR < afterS) patient.render(one, 1);
        patient.shock(STRONG);
        if (patient.rhythm === 'vf') outcomes[when]++;
      }
    }
    expect(outcomes.onR).toBe(0);
    expect(outcomes.onT).toBeGreaterThan(20);
  });

  test('asystole stays asystole however hard it is shocked', () => {
    const patient = new SimPatient({ rhythm: 'asystole' });
    for (let k = 0; k < 10; k++) patient.shock(STRONG);
    play(patient, 10);
    expect([patient.lastOutcome, patient.rhythm]).toEqual(['nothing', 'asystole']);
  });

  test('pacing captures above the threshold and not below it', () => {
    const beatsAt = (currentMa: number): number => {
      const patient = new SimPatient({ rhythm: 'asystole', captureMa: 60 });
      const rs = rsOf(patient);
      for (let k = 0; k < 10; k++) {
        patient.pace({ currentMa, widthUs: 40_000 });
        play(patient, 0.8);
      }
      return rs.length;
    };
    expect([beatsAt(50), beatsAt(60), beatsAt(100)]).toEqual([0, 10, 10]);
  });

  test('pacing faster than the heart takes over; VF cannot be paced', () => {
    const paced = (rhythm: string): string[] => {
      const patient = new SimPatient({ rhythm });
      const classes: string[] = [];
      patient.onBeat = (beat) => classes.push(beat.beatClass);
      for (let k = 0; k < 20; k++) {
        patient.pace({ currentMa: 90, widthUs: 20_000 });
        play(patient, 0.6);
      }
      return classes.slice(4);
    };
    expect(new Set(paced('bradycardia'))).toEqual(new Set(['Q']));
    expect(paced('vf')).toEqual([]);
  });

  test.each([
    [{ rhythm: 'sinuss' }, /unknown rhythm "sinuss": expected one of sinus, /],
    [{ fs: 50 }, /fs: expected 100 to 1000 Hz, found 50/],
    [{ rhythm: 'sinus', ratePerMin: 900 }, /rate of sinus: expected 20 to 220/],
    [{ impedanceOhm: NaN }, /impedance: expected 1 to 10000 ohm, found NaN/],
  ])('says what is wrong with %o', (options, message) => {
    expect(() => new SimPatient(options)).toThrow(message);
  });

  test('shocks, pulses, artifacts and other rhythms fall on their sample however it is cut', () => {
    const deeds: [at: number, deed: (patient: SimPatient) => void][] = [
      [317, (p) => p.setArtifact('cpr', 1)],
      [901, (p) => p.shock(STRONG)],
      [1203, (p) => p.pace({ currentMa: 90, widthUs: 20_000 })],
      [1777, (p) => p.setRhythm('bigeminy', 90)],
      [2203, (p) => p.setArtifact('post-shock')],
      [2417, (p) => p.shock({ ...STRONG, deliveredJ: 30 })],
      [3001, (p) => p.setRhythm('vf')],
      [3555, (p) => p.shock(STRONG)],
    ];
    const story = (blockOf: () => number): [Float64Array[], number[]] => {
      const patient = new SimPatient({ seed: 8, rhythm: 'vt' });
      const rs = rsOf(patient);
      const parts: Float64Array[][] = [];
      for (const [at, deed] of [...deeds, [6000, () => undefined] as const]) {
        parts.push(play(patient, (at - patient.position) / 500, blockOf));
        deed(patient);
      }
      return [parts.flat(), rs];
    };
    const rng = new Rng('cuts');
    const whole = story(() => 100_000);
    expect(story(() => rng.int(1, 40))).toEqual(whole);
    expect(story(() => 1)).toEqual(whole);
    expect(whole[1].length).toBeGreaterThan(10);
  });
});
