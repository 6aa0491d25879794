/**
 * The registry of test waves: the set of IEC 60601-2-27 as far as it is disclosed, ready to be played to a monitor.
 * Others (heights, widths, rates, pulses of another size) are one call of `qrsTrain`.
 */
import { UsageError } from '../../../src/core/errors.ts';
import { wave3a, wave3b, wave3c, wave3d } from './irregular.ts';
import { qrsTrain } from './qrs-train.ts';
import { tachycardiaWaves } from './tachycardia.ts';
import type { TestWave } from './wave.ts';

/** 20 s at the first rate, then the other. */
const CHANGE_AT_S = 20;

export const TEST_WAVES: readonly TestWave[] = [
  wave3a,
  wave3b,
  wave3c,
  wave3d,
  ...tachycardiaWaves,
  ...[0, 0.2, 0.4, 0.6, 0.8, 1, 1.2].map((tMv) =>
    qrsTrain(`tall-t-${Math.round(tMv * 1000)}`, `Tall T wave of ${tMv} mV, 80/min`, { tMv }),
  ),
  ...[120, 40].map((to) =>
    qrsTrain(`80-to-${to}`, `Rate change from 80 to ${to}/min after ${CHANGE_AT_S} s`, {
      toRatePerMin: to,
      changeAtS: CHANGE_AT_S,
    }),
  ),
  ...[0.5, 5].flatMap((mv) =>
    [40, 120].map((widthMs) =>
      qrsTrain(`qrs-${mv}-${widthMs}`, `QRS of ${mv} mV and ${widthMs} ms, 80/min`, { mv, widthMs }),
    ),
  ),
  ...[2, -2, 700, -700].flatMap((mv) =>
    [0.1, 2].flatMap((widthMs) => {
      const pacing = { mv, widthMs, beforeQrsMs: 150 };
      const size = `${mv} mV, ${widthMs} ms`;
      return [
        qrsTrain(`pace-${mv}-${widthMs}`, `Pacing pulses of ${size} before each QRS`, { pacing }),
        qrsTrain(`pace-only-${mv}-${widthMs}`, `Pacing pulses of ${size} alone`, { pacing, qrs: false }),
      ];
    }),
  ),
];

export const TEST_WAVE_NAMES: readonly string[] = TEST_WAVES.map((w) => w.name);

export function testWaveByName(name: string): TestWave {
  const wave = TEST_WAVES.find((w) => w.name === name);
  if (!wave)
    throw new UsageError(`unknown test wave "${name}": expected one of ${TEST_WAVE_NAMES.join(', ')}`);
  return wave;
}
