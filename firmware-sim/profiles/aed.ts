/** A public-access AED: few energies, no SYNC, no pacer, no hurry; capacitor and charge time as in the Open AED firmware. */
import { biphasicExponential } from '../waveforms/biphasic-exponential.ts';
import type { Profile } from './profile.ts';

export const aed: Profile = {
  name: 'aed',
  model: 'rwave AED',
  firmware: 'sim 1.0',
  ladderJ: [50, 75, 150, 175, 200],
  startJ: 150,
  // Attenuated pads: one energy for every child.
  paediatric: { leastJPerKg: 0, mostJPerKg: Infinity, firstJPerKg: 0, mostJ: 50, mostUnweighedJ: 50 },

  capacitorF: 150e-6,
  leakOhm: 2e6,
  dumpOhm: 5000,
  seriesOhm: 3,
  storeRatio: 1.2,
  chargeW: 40,
  battery: {
    capacityJ: 150_000,
    fullV: 16.8,
    emptyV: 12,
    brownOutV: 10,
    internalOhm: 0.8,
    efficiency: 0.8,
    idleW: 3,
  },
  thermal: { degreesPerJ: 0.006, coolingS: 300, stopDegrees: 45, resumeDegrees: 35 },
  chargeTimeoutMs: 20_000,
  dumpMs: 3000,
  waveform: biphasicExponential(0.6),
  minOhm: 25,
  maxOhm: 180,

  selfTestMs: 500,
  autoDisarmMs: 30_000,
  energyChange: 'dump',
  hasSync: false,
  syncOffAfterShock: true,
  maxRToShockMs: 60,
  maxWaitRMs: 10_000,
  hasPacer: false,

  adcGain: 200,
  rangeMv: 10,
};
