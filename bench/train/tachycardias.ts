/**
 * What the databases have too little of and cardioversion is for: fast rhythms. Two sources, neither of them a test:
 *
 *   a recording whose samples are taken to be 1.4 to 2.2 times as fast as they were: a heart of 75/min beats 150/min
 *   the simulated patient in VT, SVT, flutter, AF and fast sinus rhythm, each as a mixture of its leads, with noise on it
 */
import { RHYTHMS } from '../../signals/rhythms/index.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import { type Annotation, CODE } from '../../src/core/annotations.ts';
import type { Rng } from '../../src/core/rng.ts';
import type { Recording } from './corpus.ts';

const FASTER = [1.4, 2.2] as const;
const FASTER_WEIGHT = 0.5;
const NAMES = ['vt', 'pulseless-vt', 'svt', 'flutter', 'af', 'tachycardia'];
const EACH = 8;
const SECONDS = 120;
const SIM_WEIGHT = 1;

/** The recording as if the heart were faster. */
export function faster({ record, x, fs, marks }: Recording, rng: Rng): Recording {
  return { record, x, fs: Math.round(fs * rng.between(...FASTER)), marks, weight: FASTER_WEIGHT };
}

export function* tachycardias(rng: Rng): Generator<Recording> {
  for (const name of NAMES)
    for (let k = 0; k < EACH; k++) yield simulated(name, `${name} ${k}`, rng.fork(`${name} ${k}`));
}

function simulated(name: string, record: string, rng: Rng): Recording {
  const { rate } = RHYTHMS.find((r) => r.name === name) ?? {};
  const ratePerMin = rate && Math.round(rng.between(Math.max(rate.min, 120), Math.min(rate.max, 240)));
  const patient = new SimPatient({
    rng: rng.fork('patient'),
    rhythm: name,
    ...(ratePerMin ? { ratePerMin } : {}),
  });
  const { fs, leads } = patient;
  const marks: Annotation[] = [];
  patient.onBeat = ({ tS }) => {
    marks.push({ sample: Math.round(tS * fs), code: CODE.NORMAL, subtype: 0, chan: 0, num: 0, aux: '' });
  };
  const out = leads.map(() => new Float64Array(SECONDS * fs));
  patient.render(out, SECONDS * fs);
  const share = leads.map(() => rng.gaussian());
  const noise = rng.between(0, 0.04);
  const x = out[0].map((_, i) =>
    out.reduce((sum, lead, k) => sum + share[k] * lead[i], noise * rng.gaussian()),
  );
  return { record, x, fs, marks, weight: SIM_WEIGHT };
}
