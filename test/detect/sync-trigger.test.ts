/** What a shock may wait for: a trigger that is sure. */
import { expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { emptyBeat, emptyRWave } from '../../src/core/beat.ts';
import { Rng } from '../../src/core/rng.ts';
import { QrsDetector } from '../../src/detect/index.ts';

const SECONDS = 30;

/** When triggers came, s, and whether they were sure; when beats were known. */
function listen(rhythm: string): { triggers: { atS: number; sure: boolean }[]; knownS: number[] } {
  const patient = new SimPatient({ rng: new Rng('sure'), rhythm });
  const { fs, leads } = patient;
  const out = leads.map(() => new Float64Array(SECONDS * fs));
  patient.render(out, SECONDS * fs);
  const detector = new QrsDetector({ fs });
  const beat = emptyBeat();
  const rWave = emptyRWave();
  const triggers: { atS: number; sure: boolean }[] = [];
  const knownS: number[] = [];
  for (let at = 0; at < SECONDS * fs; at += 100) {
    detector.process(out[0].subarray(at, at + 100), 100);
    while (detector.beats.take(beat)) knownS.push(beat.decidedAt / fs);
    while (detector.syncs.take(rWave)) triggers.push({ atS: rWave.decidedAt / fs, sure: rWave.sure });
  }
  return { triggers, knownS };
}

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
