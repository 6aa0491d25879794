/** Pacing pulses of every size on a known baseline and on beats: taken out, told where, and nothing else is touched. */
import { describe, expect, test } from 'vitest';
import { Rng } from '../../src/core/rng.ts';
import { PacingSpikes } from '../../src/dsp/pacing-spikes.ts';
import { stageConforms } from '../conform/stage.ts';

stageConforms('Pacing spikes, 360 Hz', () => new PacingSpikes(360));
stageConforms('Pacing spikes, 1000 Hz', () => new PacingSpikes(1000));

interface Pulse {
  atS: number;
  mv: number;
  widthMs: number;
  tailMv?: number;
  tauMs?: number;
}

/** Pulses as an ADC sees them that averages over its sampling interval, on hiss. */
function pulses(fs: number, seconds: number, all: readonly Pulse[], hissMv = 0.01): Float64Array {
  const rng = new Rng('pulses');
  const fine = 20;
  return Float64Array.from({ length: seconds * fs }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < fine; k++) {
      const t = (i + (k + 0.5) / fine) / fs;
      for (const { atS, mv, widthMs, tailMv = 0, tauMs = 50 } of all) {
        const ms = (t - atS) * 1000;
        if (ms >= 0 && ms < widthMs) sum += mv;
        else if (ms >= widthMs) sum -= Math.sign(mv) * tailMv * Math.exp((widthMs - ms) / tauMs);
      }
    }
    return sum / fine + hissMv * rng.gaussian();
  });
}

function clean(
  fs: number,
  x: Float64Array,
): { y: Float64Array; found: { sample: number; sizeMv: number }[] } {
  const stage = new PacingSpikes(fs);
  const y = new Float64Array(x.length);
  const found: { sample: number; sizeMv: number }[] = [];
  const spike = { sample: 0, sizeMv: 0 };
  for (let at = 0; at < x.length; at += 100) {
    const n = Math.min(100, x.length - at);
    stage.process(x.subarray(at, at + n), y.subarray(at, at + n), n);
    while (stage.take(spike)) found.push({ ...spike });
  }
  return { y, found };
}

const spread = (y: Float64Array): number => Math.max(...y) - Math.min(...y);
const many = (of: Omit<Pulse, 'atS'>): Pulse[] =>
  Array.from({ length: 12 }, (_, k) => ({ atS: 0.51 + k * 0.7503, ...of }));

describe('takes out', () => {
  for (const fs of [250, 360, 500, 1000])
    for (const mv of [-700, -20, 4, 2])
      for (const widthMs of [2, 1, 0.5]) {
        // narrower than its sampling interval, a pulse shrinks: what is left of it must still be a step
        if (Math.abs(mv) * Math.min(1, (widthMs * fs) / 1000) < (fs < 500 ? 1.9 : 1)) continue;
        test(`12 of 12 pulses of ${mv} mV, ${widthMs} ms at ${fs} Hz, each within a sample or two`, () => {
          const all = many({ mv, widthMs });
          const { y, found } = clean(fs, pulses(fs, 10, all));
          expect(found).toHaveLength(12);
          found.forEach(({ sample, sizeMv }, k) => {
            expect(Math.abs(sample - all[k].atS * fs)).toBeLessThanOrEqual(2 + (widthMs * fs) / 1000);
            expect(Math.sign(sizeMv)).toBe(Math.sign(mv));
          });
          expect(spread(y)).toBeLessThan(0.3);
        });
      }

  for (const fs of [250, 500, 1000])
    for (const tauMs of [4, 10, 50, 100])
      test(`the tail of 2 mV and ${tauMs} ms at ${fs} Hz but for 0.3 mV`, () => {
        const { y, found } = clean(fs, pulses(fs, 10, many({ mv: 20, widthMs: 2, tailMv: 2, tauMs }), 0.005));
        expect(found).toHaveLength(12);
        expect(spread(y)).toBeLessThan(0.3);
      });

  test('both pulses of a pair 150 ms apart (atrium and ventricle), and of one 10 ms apart (both ventricles)', () => {
    const pair = (apartS: number): Pulse[] =>
      many({ mv: 8, widthMs: 1 }).flatMap((p) => [p, { ...p, atS: p.atS + apartS }]);
    for (const apartS of [0.15, 0.01]) {
      const { y, found } = clean(1000, pulses(1000, 10, pair(apartS)));
      expect(found).toHaveLength(24);
      expect(spread(y)).toBeLessThan(0.15);
    }
  });
});

describe('leaves alone, bit for bit,', () => {
  test('a signal without steps', () => {
    const x = pulses(500, 10, [], 0.03);
    expect(clean(500, x)).toEqual({ y: x, found: [] });
  });

  test('everything below 200 Hz, where a pulse is as wide as an R wave', () => {
    const x = pulses(128, 10, many({ mv: 5, widthMs: 2 }));
    expect(clean(128, x)).toEqual({ y: x, found: [] });
  });

  test('a step that stays, from 10 ms on: it is no pulse', () => {
    const x = pulses(500, 10, [{ atS: 2.001, mv: 3, widthMs: 20_000 }]);
    const { y, found } = clean(500, x);
    expect(found).toEqual([]);
    expect(y.subarray(1006)).toEqual(x.subarray(1006));
  });

  test('QRS complexes as steep as the steepest, but for the first', () => {
    // 5 mV, 20 ms wide at half height: 0.4 mV a ms
    const x = pulses(500, 10, []);
    for (let r = 400; r < x.length; r += 400)
      for (let i = -60; i < 60; i++) x[r + i] += 5 * Math.exp(-0.5 * (i / 4.2) ** 2);
    const { y, found } = clean(500, x);
    expect(found).toEqual([]);
    expect(y.subarray(500)).toEqual(x.subarray(500));
  });
});
