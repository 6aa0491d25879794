/**
 * Is the simulated VF like the real one? 10th, 50th and 90th percentile of each descriptor over the VF of CUDB
 * (5 s, not overlapping, after a causal 1-30 Hz band-pass), measured with features.ts; CPR-corrupted cu12, cu20, cu30 left out.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { FEATURE_FS, bandPass, featuresOf, percentile } from './features.ts';
import type { Features } from './features.ts';

type Key = keyof Features;
const BANDS: Record<Key, readonly [number, number, number]> = {
  amp: [1.48, 2.21, 6.29],
  f: [1.5, 4.1, 5.5],
  bw: [1.48, 2.18, 4.16],
  p28: [0.55, 0.85, 0.95],
  leak: [0.29, 0.48, 0.68],
  c2: [0.37, 0.42, 0.45],
  a2: [0.23, 0.5, 0.72],
  kurt: [-0.98, -0.35, 1.71],
  acMin: [-0.85, -0.64, -0.31],
};
const KEYS = Object.keys(BANDS) as Key[];
const WINDOW = 5 * FEATURE_FS;

const windowsOf = (x: Float64Array, from = 0): Features[] => {
  const all: Features[] = [];
  for (let s = from; s + WINDOW <= x.length; s += WINDOW) all.push(featuresOf(x.subarray(s, s + WINDOW)));
  return all;
};

/** The pads of `patients` patients, 30 s each, the filter's first 3 s left out. */
function simulated(rhythm: string, patients: number): Features[] {
  return Array.from({ length: patients }, (_, seed) => {
    const patient = new SimPatient({ seed, rhythm, fs: FEATURE_FS });
    const n = 33 * FEATURE_FS;
    const out = [0, 1, 2, 3].map(() => new Float64Array(n));
    patient.render(out, n);
    return windowsOf(bandPass(out[0]), 3 * FEATURE_FS);
  }).flat();
}

const median = (all: readonly Features[], key: Key): number =>
  percentile(
    all.map((f) => f[key]),
    0.5,
  );
const shareInside = (all: readonly Features[], key: Key): number =>
  all.filter((f) => f[key] >= BANDS[key][0] && f[key] <= BANDS[key][2]).length / all.length;

describe('the descriptors, on signals whose values are known', () => {
  const tone = (v: (t: number) => number): Features => {
    const x = Float64Array.from({ length: 3 * WINDOW }, (_, i) => v(i / FEATURE_FS));
    return featuresOf(bandPass(x).subarray(2 * WINDOW));
  };
  test('a 4-Hz sine', () => {
    const f = tone((t) => Math.sin(2 * Math.PI * 4 * t));
    expect(f.f).toBeCloseTo(4, 1);
    expect(f.leak).toBeLessThan(0.03);
    expect(f.a2).toBeGreaterThan(0.98);
    expect(f.c2).toBeCloseTo(0.56, 1);
    expect(f.kurt).toBeCloseTo(-1.5, 2);
    expect(f.acMin).toBeCloseTo(-0.975, 1);
  });
  test('pulses of 20 ms at 60/min', () => {
    const f = tone((t) => Math.exp(-(((t % 1) - 0.5) ** 2) / (2 * 0.02 ** 2)));
    expect(f.leak).toBeCloseTo(0.84, 1);
    expect(f.c2).toBeCloseTo(0.176, 1);
    expect(f.kurt).toBeGreaterThan(5);
  });
});

describe('coarse VF of the patient', () => {
  const vf = simulated('vf', 16);
  test.each(KEYS)('%s: median inside the measured band, 80 of 100 windows too', (key) => {
    expect(median(vf, key)).toBeGreaterThan(BANDS[key][0]);
    expect(median(vf, key)).toBeLessThan(BANDS[key][2]);
    expect(shareInside(vf, key)).toBeGreaterThan(0.8);
  });

  test.each(['leak', 'a2', 'c2', 'kurt', 'bw', 'f'] as const)(
    '%s: median near the measured median',
    (key) => {
      const [low, mid, high] = BANDS[key];
      expect(Math.abs(median(vf, key) - mid)).toBeLessThan((high - low) / 6);
    },
  );

  test('differs from two sines, which leave the bands', () => {
    const sines = windowsOf(
      bandPass(
        Float64Array.from({ length: 3 * WINDOW }, (_, i) => {
          const t = i / FEATURE_FS;
          return 0.4 * Math.sin(2 * Math.PI * 5 * t) + 0.3 * Math.sin(2 * Math.PI * 7 * t);
        }),
      ),
      WINDOW,
    );
    const outside = KEYS.filter((key) => shareInside(sines, key) === 0);
    expect(outside).toEqual(expect.arrayContaining(['bw', 'p28', 'leak', 'a2']));
  });

  test('never repeats: no lag from 1 to 10 s correlates over 0.6', () => {
    const patient = new SimPatient({ seed: 4, rhythm: 'vf', fs: FEATURE_FS });
    const out = [0, 1, 2, 3].map(() => new Float64Array(20 * FEATURE_FS));
    patient.render(out, 20 * FEATURE_FS);
    const x = bandPass(out[0]);
    const at = (lag: number): number => {
      let s = 0;
      for (let i = 0; i < 10 * FEATURE_FS; i++) s += x[i] * x[i + lag];
      return s;
    };
    const zero = at(0);
    let highest = 0;
    for (let lag = FEATURE_FS; lag < 10 * FEATURE_FS; lag += 2) highest = Math.max(highest, at(lag) / zero);
    expect(highest).toBeLessThan(0.6);
  });
});

test('fine VF has the shape of VF and less than 0.2 mV', () => {
  const fine = simulated('fine-vf', 6);
  expect(percentile(fine.map((f) => f.amp), 0.9)).toBeLessThan(0.2); // prettier-ignore
  for (const key of ['leak', 'a2', 'c2', 'kurt'] as const)
    expect(shareInside(fine, key)).toBeGreaterThan(0.8);
});

/** Format 212, one signal: enough to read CUDB here without the reader that is under test elsewhere. */
function cudbRecord(folder: string, name: string): { x: Float64Array; vf: [number, number][] } {
  const [, signal] = readFileSync(`${folder}/${name}.hea`, 'utf8').split('\n');
  const [, , gain, , zero] = signal.split(/\s+/);
  const bytes = readFileSync(`${folder}/${name}.dat`);
  const x = new Float64Array(Math.floor(bytes.length / 3) * 2);
  for (let i = 0, j = 0; i + 2 < bytes.length; i += 3) {
    for (const raw of [bytes[i] | ((bytes[i + 1] & 15) << 8), bytes[i + 2] | ((bytes[i + 1] >> 4) << 8)]) {
      x[j++] = ((raw > 2047 ? raw - 4096 : raw) - Number(zero)) / Number.parseFloat(gain);
    }
  }
  return { x, vf: vfSpans(readFileSync(`${folder}/${name}.atr`), x.length) };
}

function vfSpans(bytes: Buffer, end: number): [number, number][] {
  const spans: [number, number][] = [];
  let t = 0;
  let on = -1;
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const word = bytes.readUInt16LE(i);
    const [code, value] = [word >> 10, word & 1023];
    if (word === 0) break;
    if (code === 59) {
      t += (bytes.readUInt16LE(i + 2) << 16) + bytes.readUInt16LE(i + 4);
      i += 4;
    } else if (code === 63) i += value + (value & 1);
    else if (code < 59) t += value;
    if (code === 32) on = t;
    if (code === 33 && on >= 0) {
      spans.push([on, t]);
      on = -1;
    }
  }
  if (on >= 0) spans.push([on, end]);
  return spans;
}

const data = process.env['RWAVE_DATA'];
test.skipIf(!data)(
  'the bands are those of CUDB (skipped: RWAVE_DATA is not set)',
  () => {
    const folder = `${data ?? ''}/cudb`;
    const names = readFileSync(`${folder}/RECORDS`, 'utf8').trim().split(/\s+/);
    const all = names
      .filter((name) => !['cu12', 'cu20', 'cu30'].includes(name))
      .flatMap((name) => {
        const { x, vf } = cudbRecord(folder, name);
        const y = bandPass(x);
        return vf.flatMap(([from, to]) => windowsOf(y.subarray(0, to), from + WINDOW));
      });
    for (const key of KEYS) {
      const found = [0.1, 0.5, 0.9].map((p) => percentile(all.map((f) => f[key]), p)); // prettier-ignore
      found.forEach((value, k) => expect(value, `${key} ${k}`).toBeCloseTo(BANDS[key][k], 1));
    }
  },
  30_000,
);
