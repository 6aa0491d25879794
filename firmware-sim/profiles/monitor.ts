/**
 * A manual monitor/defibrillator of the HeartStart XL+ kind: the energy may be changed while it is charged, it charges
 * itself on to the new one; rectilinear waveform; SYNC goes off after each shock.
 */
import { rectilinear } from '../waveforms/rectilinear.ts';
import { PALS, type Profile } from './profile.ts';

export const monitor: Profile = {
  name: 'monitor',
  model: 'rwave Monitor',
  firmware: 'sim 1.0',
  ladderJ: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 50, 70, 100, 120, 150, 170, 200],
  startJ: 150,
  paediatric: { ...PALS, mostJ: 200, mostUnweighedJ: 50 },

  capacitorF: 120e-6,
  leakOhm: 2e6,
  dumpOhm: 6000,
  seriesOhm: 3,
  storeRatio: 2,
  chargeW: 80,
  battery: {
    capacityJ: 200_000,
    fullV: 16.8,
    emptyV: 12,
    brownOutV: 10,
    internalOhm: 0.4,
    efficiency: 0.8,
    idleW: 10,
  },
  thermal: { degreesPerJ: 0.006, coolingS: 300, stopDegrees: 45, resumeDegrees: 35 },
  chargeTimeoutMs: 20_000,
  dumpMs: 3000,
  waveform: rectilinear,
  minOhm: 20,
  maxOhm: 200,

  selfTestMs: 800,
  autoDisarmMs: 30_000,
  energyChange: 'recharge',
  hasSync: true,
  syncOffAfterShock: true,
  maxRToShockMs: 60,
  maxWaitRMs: 10_000,
  hasPacer: true,

  adcGain: 200,
  rangeMv: 10,
};
