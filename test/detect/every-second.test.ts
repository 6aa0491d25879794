/** A fast rhythm that begins in a slow one, or in VF: half of its waves must not stay unseen. */
import { expect, test } from 'vitest';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { emptyBeat, emptyRWave } from '../../src/core/beat.ts';
import { Rng } from '../../src/core/rng.ts';
import { QrsDetector } from '../../src/detect/index.ts';

const BEFORE_S = 20;
const VT_S = 50;

/** Beats of the last 20 s of a VT that began in `rhythm`, and the times of sure triggers, s after it began. */
function listen(rhythm: string, seed: string): { ratePerMin: number; sureS: number[] } {
  const patient = new SimPatient({ rng: new Rng(seed), rhythm });
  const { fs, leads } = patient;
  const detector = new QrsDetector({ fs });
  const out = leads.map(() => new Float64Array(fs));
  const [beat, rWave] = [emptyBeat(), emptyRWave()];
  const sureS: number[] = [];
  let beats = 0;
  for (let s = 0; s < BEFORE_S + VT_S; s++) {
    if (s === BEFORE_S) patient.setRhythm('vt');
    patient.render(out, fs);
    detector.process(out[0], fs);
    while (detector.beats.take(beat)) if (beat.sample > (BEFORE_S + VT_S - 20) * fs) beats++;
    while (detector.syncs.take(rWave))
      if (rWave.sure && s >= BEFORE_S) sureS.push(rWave.decidedAt / fs - BEFORE_S);
  }
  return { ratePerMin: 3 * beats, sureS };
}

test.each([
  ['sinus', 'a'],
  ['sinus', 'story'],
  ['af', 'a'],
  ['vf', 'b'],
])(
  'a VT of 170 to 180/min that begins in %s (seed %s) is counted beat by beat, and a shock finds its R',
  (rhythm, seed) => {
    const { ratePerMin, sureS } = listen(rhythm, seed);
    expect(ratePerMin).toBeGreaterThan(160);
    expect(ratePerMin).toBeLessThan(190);
    const gaps = sureS.filter((t) => t > 10).map((t, k, all) => t - (k > 0 ? all[k - 1] : 10));
    expect(Math.max(...gaps, VT_S - (sureS.at(-1) ?? 0))).toBeLessThan(8);
  },
);

test('tall T waves half way between beats are no beats: they are wider', () => {
  const fs = 360;
  const x = new Float64Array(60 * fs);
  for (let t = 0.5; t < 59; t += 0.7)
    for (let i = Math.round((t - 0.2) * fs); i < (t + 0.6) * fs && i < x.length; i++)
      x[i] +=
        Math.exp(-0.5 * ((i / fs - t) / 0.012) ** 2) +
        1.2 * Math.exp(-0.5 * ((i / fs - t - 0.35) / 0.05) ** 2);
  const detector = new QrsDetector({ fs });
  const beat = emptyBeat();
  let beats = 0;
  detector.process(x, x.length);
  while (detector.beats.take(beat)) if (beat.sample > 10 * fs) beats++;
  expect(beats).toBeGreaterThan(65);
  expect(beats).toBeLessThan(75);
});
