/**
 * A defibrillator as it was until the nineties, for teaching: monophasic damped sine through an inductor, no impedance
 * compensation. What the patient gets is what the dial says at 50 ohm only.
 */
import { dampedSine } from '../waveforms/damped-sine.ts';
import { PALS, type Profile } from './profile.ts';

export const classic: Profile = {
  name: 'classic',
  model: 'rwave Classic',
  firmware: 'sim 1.0',
  ladderJ: [5, 10, 20, 50, 100, 200, 300, 360],
  startJ: 200,
  paediatric: { ...PALS, mostJ: 200, mostUnweighedJ: 50 },

  capacitorF: 35e-6,
  leakOhm: 5e6,
  dumpOhm: 20_000,
  seriesOhm: 10,
  storeRatio: 1.2,
  chargeW: 45,
  battery: {
    capacityJ: 200_000,
    fullV: 16.8,
    emptyV: 12,
    brownOutV: 10,
    internalOhm: 0.5,
    efficiency: 0.8,
    idleW: 10,
  },
  thermal: { degreesPerJ: 0.006, coolingS: 300, stopDegrees: 45, resumeDegrees: 35 },
  chargeTimeoutMs: 25_000,
  dumpMs: 3000,
  waveform: dampedSine(0.09),
  minOhm: 20,
  maxOhm: 200,

  selfTestMs: 500,
  autoDisarmMs: 60_000,
  energyChange: 'recharge',
  hasSync: true,
  syncOffAfterShock: true,
  maxRToShockMs: 60,
  maxWaitRMs: 10_000,
  hasPacer: false,

  adcGain: 200,
  rangeMv: 10,
};
