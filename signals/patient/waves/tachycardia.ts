/**
 * The ventricular tachycardias of figure 4: 4A 1 mV peak to peak at 206/min, 4B 2 mV at 195/min, each also at half and
 * double height. The monitor stands at 80/min first. Shapes from name, height and rate (the figure could not be read).
 */
import { cycle, hump } from './wave.ts';
import type { Hump, TestWave } from './wave.ts';

const A_PER_MIN = 206;
const B_PER_MIN = 195;

/** Humps scaled so that their cycle is `mv` peak to peak. */
function ofHeight(humps: readonly Hump[], periodS: number, mv: number): (tS: number) => number {
  const raw = cycle(humps, periodS);
  let [low, high] = [Infinity, -Infinity];
  for (let k = 0; k < 1000; k++) {
    const v = raw((k / 1000) * periodS);
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return (tS) => (raw(tS) * mv) / (high - low);
}

function tachycardia(
  name: string,
  title: string,
  humps: readonly Hump[],
  ratePerMin: number,
  mv: number,
): TestWave {
  return {
    name,
    title: `${title}, ${mv} mV, ${ratePerMin}/min`,
    source: 'height and rate as disclosed by Philips MP2 and LIFEPAK 15 (S); the shape is ours (K)',
    limits: [
      {
        what: 'timeToAlarmS',
        min: 0,
        max: 10,
        unit: 's',
        source: 'our bar; Mindray discloses under 11 s (S)',
      },
    ],
    at: ofHeight(humps, 60 / ratePerMin, mv),
  };
}

/** Wide, one slope steeper. */
const A_SHAPE: readonly Hump[] = [hump(0.1, 0.034, 1), hump(0.155, 0.04, 0.5), hump(0.235, 0.04, -0.55)];
/** Wider, deeper on the way back. */
const B_SHAPE: readonly Hump[] = [hump(0.1, 0.045, 1), hump(0.2, 0.05, -0.9), hump(0.25, 0.03, -0.2)];

const HEIGHTS = [
  ['h', 0.5],
  ['', 1],
  ['d', 2],
] as const;

export const tachycardiaWaves: readonly TestWave[] = HEIGHTS.flatMap(([suffix, factor]) => [
  tachycardia(`4a${suffix}`, '4A ventricular tachycardia', A_SHAPE, A_PER_MIN, factor),
  tachycardia(`4b${suffix}`, '4B ventricular tachycardia', B_SHAPE, B_PER_MIN, 2 * factor),
]);
