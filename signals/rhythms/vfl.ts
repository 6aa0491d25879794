/** Ventricular flutter: as VF, but almost a sine of 3.5 Hz (VFDB: dominant frequency 3.0 to 4.1 Hz, leakage 0.2 to 0.6). */
import type { Rhythm } from './rhythm.ts';
import { Fibrillation, ownFibrillation } from './vf.ts';

export const vfl: Rhythm = {
  name: 'vfl',
  title: 'Ventricular flutter',
  shock: 'fibrillation',
  halfDoseJ: 60,
  ejection: 0,
  start: (start) =>
    new Fibrillation(
      start,
      ownFibrillation(start.rng.fork('own'), { rmsMv: 0.55, centreHz: 3.6, envelopeS: 0.8, sideWeight: 0.2 }),
    ),
};
