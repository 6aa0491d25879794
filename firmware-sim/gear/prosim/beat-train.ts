/**
 * Beats at fixed places of a cycle, with pacing pulses where they belong: the arrhythmias of a patient simulator, the same
 * in every cycle. Shapes are Gaussians along lead II, 1 mV high; how premature, how many in a run: docstrings below [K].
 */
import type { Hump, TestWave } from '../../../signals/patient/waves/wave.ts';
import { cycle, hump, shifted } from '../../../signals/patient/waves/wave.ts';

const P: readonly Hump[] = [hump(-0.16, 0.025, 0.12)];
const QRS_T: readonly Hump[] = [
  hump(-0.025, 0.008, -0.08),
  hump(0, 0.011, 1),
  hump(0.03, 0.01, -0.2),
  hump(0.27, 0.045, 0.25),
];

/** What is seen at a beat, with R at 0. `left` and `right`: ventricular foci. */
const BEATS = {
  normal: [...P, ...QRS_T],
  /** P of another shape, nearer. */
  atrial: [hump(-0.13, 0.018, -0.1), ...QRS_T],
  nodal: QRS_T,
  left: [hump(0, 0.032, 1.2), hump(0.09, 0.03, -0.15), hump(0.3, 0.06, -0.35)],
  right: [hump(0, 0.034, -1.1), hump(0.3, 0.06, 0.35)],
  /** Nothing: a pulse that captures nothing, a beat that is left out. */
  none: [],
} as const satisfies Record<string, readonly Hump[]>;
export type BeatKind = keyof typeof BEATS;

export interface TrainBeat {
  atS: number;
  kind: BeatKind;
}

/** Times from the beginning of the cycle. */
export interface TrainPulse {
  atS: number;
  mv: number;
  widthMs: number;
}

const FIRST_S = 0.4;
const SOURCE = 'names of the ProSim command set; shapes and places are ours (K)';

export function beatTrain(
  name: string,
  title: string,
  beats: readonly TrainBeat[],
  periodS: number,
  pulses: readonly TrainPulse[] = [],
): TestWave {
  const shape = cycle(
    beats.flatMap(({ atS, kind }) => shifted(BEATS[kind], atS)),
    periodS,
  );
  const at = (tS: number, dtS: number): number =>
    pulses.reduce((mv, pulse) => mv + pulse.mv * covered(tS % periodS, dtS, pulse), shape(tS));
  return { name, title, source: SOURCE, limits: [], at };
}

/** Share of the sample that the pulse covers: an integrating converter loses none of a short one. */
function covered(tS: number, dtS: number, { atS, widthMs }: TrainPulse): number {
  return Math.max(0, Math.min(tS + dtS, atS + widthMs / 1000) - Math.max(tS, atS)) / dtS;
}

/** n beats at equal distance. */
function steady(n: number, rrS: number, kind: BeatKind = 'normal'): TrainBeat[] {
  return Array.from({ length: n }, (_, k) => ({ atS: FIRST_S + k * rrS, kind }));
}

const RR_S = 60 / 80;

/** Every eighth beat comes early by this share of the cycle, and the next one on its time. */
export function premature(name: string, title: string, kinds: readonly BeatKind[], share: number): TestWave {
  const cycles = kinds.map((kind, k) => {
    const beats = steady(8, RR_S);
    beats[7] = { atS: beats[6].atS + (1 - share) * RR_S, kind };
    return beats.map((beat) => ({ ...beat, atS: beat.atS + 8 * k * RR_S }));
  });
  return beatTrain(name, title, cycles.flat(), 8 * RR_S * kinds.length);
}

/** Of ten beats the last is missing. */
export function missed(name: string, title: string, ratePerMin: number): TestWave {
  return beatTrain(name, title, steady(9, 60 / ratePerMin), 600 / ratePerMin);
}

/** So many premature ventricular beats a minute, from these foci in turn, about 80 beats in all. */
export function perMinute(name: string, title: string, times: number, foci: readonly BeatKind[]): TestWave {
  const eachS = 60 / times;
  const n = Math.round(eachS / RR_S);
  const rrS = eachS / n;
  const beats = foci.flatMap((kind, k) => {
    const some = steady(n, rrS);
    some[n - 1] = { atS: some[n - 2].atS + 0.6 * rrS, kind };
    return some.map((beat) => ({ ...beat, atS: beat.atS + k * eachS }));
  });
  return beatTrain(name, title, beats, eachS * foci.length);
}

/** Eight sinus beats, then a run of n ventricular ones at 150/min and a pause. */
export function run(name: string, title: string, n: number): TestWave {
  const sinus = steady(8, RR_S);
  const fromS = sinus[7].atS + 0.6 * RR_S;
  const beats = Array.from({ length: n }, (_, k): TrainBeat => ({ atS: fromS + 0.4 * k, kind: 'left' }));
  return beatTrain(name, title, [...sinus, ...beats], fromS + 0.4 * n + 0.5);
}
