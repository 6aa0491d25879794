/** A manual monitor/defibrillator of the LIFEPAK 15 kind: energy change and anything that loosens a lead dump the charge. */
import type { Profile } from './profile.ts';

export const als: Profile = {
  name: 'als',
  model: 'rwave ALS',
  firmware: 'sim 1.0',
  ladderJ: [
    1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 120, 125, 150, 170, 175, 200, 225, 250, 275, 300, 325, 360,
  ],
  startJ: 200,

  capacitorF: 200e-6,
  leakOhm: 2e6,
  dumpOhm: 4000,
  seriesOhm: 3,
  storeRatio: 1.2,
  chargeW: 62,
  chargeTimeoutMs: 20_000,
  dumpMs: 3000,
  firstPhaseShare: 0.6,
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
