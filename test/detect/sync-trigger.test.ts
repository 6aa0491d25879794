/** When the trigger comes, and what a shock may wait for: one that is sure. */
import { expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { emptyBeat, emptyRWave } from '../../src/core/beat.ts';
import { Rng } from '../../src/core/rng.ts';
import { RING } from '../../src/detect/front-end.ts';
import { QrsDetector } from '../../src/detect/index.ts';
import { SyncHold } from '../../src/detect/sync-hold.ts';
import { SYNC_WEIGHTS } from '../../src/detect/sync-weights.ts';

const SECONDS = 30;

interface Trigger {
  atS: number;
  sure: boolean;
}

/** When triggers came, s, and whether they were sure; when beats were known. */
function hear(
  x: Float64Array,
  fs: number,
  syncWeights = SYNC_WEIGHTS,
): { triggers: Trigger[]; knownS: number[] } {
  const detector = new QrsDetector({ fs, syncWeights });
  const beat = emptyBeat();
  const rWave = emptyRWave();
  const triggers: Trigger[] = [];
  const knownS: number[] = [];
  for (let at = 0; at < x.length; at += 100) {
    detector.process(x.subarray(at, at + 100), Math.min(100, x.length - at));
    while (detector.beats.take(beat)) knownS.push(beat.decidedAt / fs);
    while (detector.syncs.take(rWave)) triggers.push({ atS: rWave.decidedAt / fs, sure: rWave.sure });
  }
  return { triggers, knownS };
}

function listen(rhythm: string): ReturnType<typeof hear> {
  const patient = new SimPatient({ rng: new Rng('sure'), rhythm });
  const { fs, leads } = patient;
  const out = leads.map(() => new Float64Array(SECONDS * fs));
  patient.render(out, SECONDS * fs);
  return hear(out[0], fs);
}

const FS = 360;
const RR_S = 0.8;
const rTimes = Array.from({ length: Math.floor(SECONDS / RR_S) - 1 }, (_, k) => 0.5 + RR_S * k);

/** A wave of 1 mV each: half of it within `sigmaMs` of its time. */
function waves(...sets: readonly { times: readonly number[]; mv: number; sigmaMs: number }[]): Float64Array {
  const x = new Float64Array(SECONDS * FS);
  for (const { times, mv, sigmaMs } of sets)
    for (const t of times)
      for (let i = Math.round((t - 0.2) * FS); i < (t + 0.2) * FS; i++)
        x[i] += mv * Math.exp(-0.5 * ((i / FS - t) / (sigmaMs / 1000)) ** 2);
  return x;
}

/** Trigger minus the nearest time, ms, in the middle of the row. */
function medianDelayMs(triggers: readonly Trigger[], times: readonly number[]): number {
  const delays = triggers.map(({ atS }) => {
    const nearest = times.reduce((best, t) => (Math.abs(t - atS) < Math.abs(best - atS) ? t : best));
    return (atS - nearest) * 1000;
  });
  return delays.sort((a, b) => a - b)[delays.length >> 1];
}

test('it comes with the R, not on the way up to it', () => {
  const { triggers } = hear(waves({ times: rTimes, mv: 1.2, sigmaMs: 12 }), FS);
  expect(triggers.length).toBeGreaterThan(30);
  expect(medianDelayMs(triggers, rTimes)).toBeGreaterThanOrEqual(-6);
  expect(medianDelayMs(triggers, rTimes)).toBeLessThanOrEqual(12);
});

test('after what is too short for a ventricle it waits: the QRS that a pacing pulse called forth follows', () => {
  const pulse = { times: rTimes, mv: 1.3, sigmaMs: 4 };
  const answer = { times: rTimes.map((t) => t + 0.07), mv: 1.1, sigmaMs: 18 };
  const { triggers } = hear(waves(pulse, answer), FS);
  expect(triggers.length).toBeGreaterThan(30);
  expect(medianDelayMs(triggers, rTimes)).toBeGreaterThanOrEqual(12);
  expect(medianDelayMs(triggers, rTimes)).toBeLessThanOrEqual(30);
});

test('where the R usually comes late after the edge, it learns to wait, but not for ever', () => {
  const fd = 200;
  const hold = new SyncHold(fd);
  const x = new Float64Array(RING).fill(1); // stays up: no pulse
  const heldMs = (edge: number): number => {
    hold.start(x, edge, edge - 7);
    let i = edge + 1;
    while (!hold.isDue(x, i)) i++;
    return ((i - edge) * 1000) / fd;
  };
  const beat = (edge: number, rAfterMs: number): number => {
    const ms = heldMs(edge);
    hold.learn(edge + (rAfterMs * fd) / 1000);
    return ms;
  };
  expect([200, 400, 600].map((edge) => beat(edge, 23))).toEqual([10, 15, 15]);
  expect([800, 1000, 1200, 1400, 1600, 1800].map((edge) => beat(edge, 60)).at(-1)).toBe(20);
  hold.reset();
  expect(heldMs(2000)).toBe(10);
});

test('what comes 300 ms after an R may be its T wave: marked perhaps, never sure, not even when its judge is', () => {
  const extra = rTimes.filter((_, k) => k > 12 && k % 4 === 0).map((t) => t + 0.3);
  const { w } = SYNC_WEIGHTS;
  const credulous = { ...SYNC_WEIGHTS, w: w.map((_, k) => (k === w.length - 1 ? 9 : 0)) };
  const { triggers } = hear(waves({ times: [...rTimes, ...extra], mv: 1.2, sigmaMs: 12 }), FS, credulous);
  expect(triggers.filter(({ sure }) => sure).length).toBeGreaterThan(20);
  const near = triggers.filter(({ atS }) => extra.some((t) => Math.abs(t - atS) < 0.05));
  expect(near.length).toBeGreaterThan(3);
  expect(near.filter(({ sure }) => sure)).toEqual([]);
});

test('in VF hardly one is sure', () => {
  const { triggers } = listen('vf');
  expect(triggers.filter(({ sure }) => sure).length).toBeLessThanOrEqual(0.02 * triggers.length);
});

test('none is sure before eight beats are known', () => {
  const { triggers, knownS } = listen('sinus');
  const first = triggers.find((t) => t.sure)?.atS ?? Infinity;
  expect(triggers[0].atS).toBeLessThan(knownS[7]);
  expect(first).toBeGreaterThanOrEqual(knownS[7]);
  expect(first).toBeLessThan(knownS[7] + 2);
});

test.each(['vt', 'svt', 'af', 'flutter'])(
  'in %s a sure one comes within 3 s: what cardioversion is for',
  (rhythm) => {
    const sure = listen(rhythm).triggers.filter((t) => t.sure).map((t) => t.atS); // prettier-ignore
    const gaps = sure.slice(1).map((atS, k) => atS - sure[k]);
    expect(sure[0]).toBeLessThan(12);
    expect(Math.max(...gaps, SECONDS - sure[sure.length - 1])).toBeLessThan(3);
  },
);
