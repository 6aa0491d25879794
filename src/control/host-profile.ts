/**
 * What the host must know of a model of defibrillator to run its front panel: data, no code (STYLE 13).
 *
 * The box says its model in WELCOME. Numbers: LIFEPAK 15 manual (60 s disarm, energy change dumps), HeartStart XL+
 * (energy change recharges), one AED's escalation 150, 200 J. See docs/SAFETY.md for the marks.
 */
import type { Joules } from '../core/units.ts';

export interface HostProfile {
  /** As in WELCOME. */
  model: string;
  energiesJ: readonly Joules[];
  startJ: Joules;
  /** What another energy does to a charge. */
  energyChange: 'dump' | 'recharge';
  hasSync: boolean;
  syncOffAfterShock: boolean;
  hasPacer: boolean;
  /** Longer than the box may need: then the host gives up and disarms. */
  chargeTimeoutMs: number;
  /** The box waits so long for an R, then the shock is withdrawn. */
  waitRMs: number;
  /** A charge that is not used is taken away by the host too. */
  autoDisarmMs: number;
  /** What the maker recommends for the first, second, ... shock of an adult; the last one stays. */
  planJ: readonly Joules[];
  /** AED: chest compressions between a shock and the next analysis, where no guideline is chosen. */
  cprMs: number;
}

const als: HostProfile = {
  model: 'rwave ALS',
  energiesJ: [
    1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 120, 125, 150, 170, 175, 200, 225, 250, 275, 300, 325, 360,
  ],
  startJ: 200,
  energyChange: 'dump',
  hasSync: true,
  syncOffAfterShock: false,
  hasPacer: true,
  chargeTimeoutMs: 21_000,
  waitRMs: 10_000,
  autoDisarmMs: 60_000,
  planJ: [200, 300, 360],
  cprMs: 120_000,
};

const aed: HostProfile = {
  ...als,
  model: 'rwave AED',
  energiesJ: [50, 75, 150, 175, 200],
  startJ: 150,
  hasSync: false,
  syncOffAfterShock: true,
  hasPacer: false,
  autoDisarmMs: 30_000,
  planJ: [150, 200],
};

/** Rectilinear biphasic: 120, 150, 200 J as its maker recommends. */
const monitor: HostProfile = {
  ...als,
  model: 'rwave Monitor',
  energiesJ: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 50, 70, 100, 120, 150, 170, 200],
  startJ: 120,
  energyChange: 'recharge',
  syncOffAfterShock: true,
  planJ: [120, 150, 200],
};

/** Monophasic, without a pacer. */
const classic: HostProfile = {
  ...als,
  model: 'rwave Classic',
  energiesJ: [5, 10, 20, 50, 100, 200, 300, 360],
  energyChange: 'recharge',
  syncOffAfterShock: true,
  hasPacer: false,
};

export const HOST_PROFILES: readonly HostProfile[] = [als, aed, monitor, classic];

/** The profile of a model; of one that is not known, the manual one. */
export function profileOfModel(model: string): HostProfile {
  return HOST_PROFILES.find((p) => p.model === model) ?? als;
}
