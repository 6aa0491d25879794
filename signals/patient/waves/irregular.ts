/**
 * The irregular rhythms of ANSI/AAMI EC13 and IEC 60601-2-27, figure 3 (often called A1 to A4).
 *
 * 3A and 3B: times and heights were measured on the PhysioNet recordings of these very figures (aami-ec13) and are made
 * here of Gaussians. 3C and 3D: from their names and rates only, with the beats of 3B.
 */
import { cycle, hump, rateLimit, shifted } from './wave.ts';
import type { Hump, TestWave } from './wave.ts';

const NORMAL_A: readonly Hump[] = [
  hump(-0.13, 0.04, 0.08),
  hump(0, 0.014, 0.34),
  hump(0.035, 0.022, 0.1),
  hump(0.26, 0.05, -0.1),
];
const VENTRICULAR_A: readonly Hump[] = [
  hump(-0.036, 0.012, 0.18),
  hump(0.002, 0.017, -0.76),
  hump(0.15, 0.05, 0.06),
  hump(0.235, 0.045, 0.25),
];

/** One ventricular, one normal: 2 QRS in 1.4961 s. */
const bigeminy = cycle([...shifted(NORMAL_A, 0.385), ...shifted(VENTRICULAR_A, 0.938)], 1.4961);

const NORMAL_B: readonly Hump[] = [
  hump(-0.16, 0.03, 0.04),
  hump(0, 0.011, 0.27),
  hump(0.03, 0.012, -0.12),
  hump(0.3, 0.04, 0.12),
];
const DOWN_B: readonly Hump[] = [
  hump(-0.05, 0.015, 0.08),
  hump(0, 0.018, -0.6),
  hump(0.05, 0.03, -0.18),
  hump(0.275, 0.045, 0.5),
  hump(0.2, 0.04, 0.1),
  hump(0.34, 0.03, 0.1),
];
const UP_B: readonly Hump[] = [
  hump(-0.02, 0.022, 0.45),
  hump(0.002, 0.014, 0.52),
  hump(0.12, 0.05, -0.08),
  hump(0.26, 0.05, -0.22),
];

/** Ventricular beats down and up in turn, a normal one between: 4 QRS in 3.995 s. */
const slow = cycle(
  [
    ...shifted(DOWN_B, 0.349),
    ...shifted(NORMAL_B, 1.56),
    ...shifted(UP_B, 2.139),
    ...shifted(NORMAL_B, 3.55),
  ],
  3.995,
);

/** T waves come nearer when the heart runs: times of everything but the QRS by this. */
const FAST = 0.75;
const fast = (beat: readonly Hump[]): Hump[] =>
  beat.map((h) => (Math.abs(h.atS) < 0.1 ? h : { ...h, atS: h.atS * FAST, sigmaS: h.sigmaS * FAST }));

const rapid = cycle(
  [
    ...shifted(fast(DOWN_B), 0.3),
    ...shifted(fast(NORMAL_B), 0.9),
    ...shifted(fast(UP_B), 1.3),
    ...shifted(fast(NORMAL_B), 1.92),
  ],
  2,
);

const bidirectional = cycle([...shifted(UP_B, 0.3), ...shifted(DOWN_B, 0.3 + 60 / 90)], 120 / 90);

const MEASURED = 'measured on the PhysioNet aami-ec13 recording of the figure';
const NAMED = 'from the name and rate of the figure, which could not be read (K)';

export const wave3a: TestWave = {
  name: '3a',
  title: '3A ventricular bigeminy, 80/min',
  source: MEASURED,
  limits: [rateLimit(80)],
  at: bigeminy,
};
export const wave3b: TestWave = {
  name: '3b',
  title: '3B slow alternating ventricular bigeminy, 60/min',
  source: MEASURED,
  limits: [rateLimit(60)],
  at: slow,
};
export const wave3c: TestWave = {
  name: '3c',
  title: '3C rapid alternating ventricular bigeminy, 120/min',
  source: NAMED,
  limits: [rateLimit(120)],
  at: rapid,
};
export const wave3d: TestWave = {
  name: '3d',
  title: '3D bidirectional systoles, 90/min',
  source: NAMED,
  limits: [rateLimit(90)],
  at: bidirectional,
};
