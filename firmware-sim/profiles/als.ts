/** A manual monitor/defibrillator of the LIFEPAK 15 kind: energy change and anything that loosens a lead dump the charge. */
import { biphasicExponential } from '../waveforms/biphasic-exponential.ts';
import { PALS, type Profile } from './profile.ts';

export const als: Profile = {
  name: 'als',
  model: 'rwave ALS',
  firmware: 'sim 1.0',
  ladderJ: [
    1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 120, 125, 150, 170, 175, 200, 225, 250, 275, 300, 325, 360,
  ],
  startJ: 200,
  paediatric: { ...PALS, mostJ: 200, mostUnweighedJ: 50 },

  capacitorF: 200e-6,
  leakOhm: 2e6,
  dumpOhm: 4000,
  seriesOhm: 3,
  storeRatio: 1.2,
  chargeW: 62,
  battery: {
    capacityJ: 240_000,
    fullV: 16.8,
    emptyV: 12,
    brownOutV: 10,
    internalOhm: 0.5,
    efficiency: 0.8,
    idleW: 12,
  },
  thermal: { degreesPerJ: 0.006, coolingS: 300, stopDegrees: 45, resumeDegrees: 35 },
  chargeTimeoutMs: 20_000,
  dumpMs: 3000,
  waveform: biphasicExponential(0.6),
  minOhm: 20,
  maxOhm: 200,

  selfTestMs: 500,
  autoDisarmMs: 60_000,
  energyChange: 'dump',
  hasSync: true,
  syncOffAfterShock: false,
  maxRToShockMs: 60,
  maxWaitRMs: 10_000,
  hasPacer: true,

  adcGain: 200,
  rangeMv: 10,
};
