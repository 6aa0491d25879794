/**
 * Every limit of `rwave verify`, with where it comes from. The IEC texts could not be read: a clause number is given only
 * where the source that restates it gives one.
 */
import type { Joules } from '../../core/units.ts';
import type { Limit } from './finding.ts';

const NONE = -Infinity;

/** max(3 J, 15 %) of what is selected: not 15 % alone, which would be too strict below 20 J. */
export function energyLimit(selectedJ: Joules): Limit {
  const band = Math.max(3, 0.15 * selectedJ);
  return {
    low: Math.max(0, selectedJ - band),
    high: selectedJ + band,
    unit: 'J',
    source:
      'IEC 60601-2-4, 201.12.4.101 as restated by a functional-test template; same in WEINMANN Meducore2 p388 [S]',
    mark: '2',
  };
}

const REACTION = 'our rule for the simulated box, docs/SAFETY.md';

export const LIMITS = {
  energyOver: {
    low: NONE,
    high: 0,
    unit: 'shocks',
    source: 'more than the selected energy + max(3 J, 15 %) reached the load: docs/SAFETY.md',
    mark: 'D',
    safety: true,
  },
  ownReport: {
    low: NONE,
    high: 1,
    unit: 'J',
    source: 'device and load box measure the same pulse: our rule',
    mark: 'D',
  },
  ownPhases: {
    low: NONE,
    high: 0.1,
    unit: 'ms',
    source: 'the device reports the phases that the load box sees: our rule',
    mark: 'D',
  },
  ownTilt: {
    low: NONE,
    high: 1,
    unit: '%',
    source: 'the device reports the tilt that the load box sees: our rule',
    mark: 'D',
  },
  chargeFresh: {
    low: 0,
    high: 15,
    unit: 's',
    source:
      'IEC 60601-2-4, to maximum energy, as restated; vPad-XSC passes below 10 s [S], LIFEPAK 15 <= 8 s',
    mark: '2',
  },
  chargeUsed: {
    low: 0,
    high: 15,
    unit: 's',
    source: 'IEC 60601-2-4, frequent use; the split by battery and number of shocks is not confirmed',
    mark: 'K',
  },
  rToShock: {
    low: 0,
    high: 60,
    unit: 'ms',
    source: 'IEC 60601-2-4, synchronizer, as restated by device test sheets',
    mark: '2',
    safety: true,
  },
  rToShockReference: {
    low: NONE,
    high: 60,
    unit: 'ms',
    source: 'IEC 60601-2-4, synchronizer, as restated; here from the R of the reference, not of the device',
    mark: '2',
  },
  shockBeforeReference: {
    // A trigger may come before the peak that somebody marked: the standard says nothing of that.
    low: 0,
    high: 60,
    unit: 'ms',
    source: 'within 60 ms of the annotated R, either way: bar of this project',
    mark: 'D',
  },
  shocksOnT: {
    low: 0,
    high: 0,
    unit: 'shocks',
    source: 'no synchronized shock 160 to 360 ms after an R, where it can start VF: bar of this project',
    mark: 'D',
    safety: true,
  },
  markers: {
    low: 99.9,
    high: 100,
    unit: '%',
    source: 'bar of this project',
    mark: 'D',
  },
  dumpRelay: { low: 0, high: 100, unit: 'ms', source: REACTION, mark: 'D', safety: true },
  linkLoss: {
    low: 0,
    high: 1050,
    unit: 'ms',
    source: 'dump relay on after the last valid packet: docs/PROTOCOL.md',
    mark: 'D',
    safety: true,
  },
  rule: { source: REACTION, mark: 'D', safety: true },
  told: { source: 'the host must be told why: docs/PROTOCOL.md', mark: 'D' },
  ecgRecovery: {
    low: 0,
    high: 5,
    unit: 's',
    source: 'monitors: GE B20 p141, Gima K10 p155; the figure for defibrillators (10 s) is [K]',
    mark: 'S',
  },
  hrResponse: {
    low: 0,
    high: 11,
    unit: 's',
    source: 'IEC 60601-2-27; Mindray uMEC10 discloses < 11 s, GE B20 6.9 and 8.2 s',
    mark: 'S',
  },
  aedReady: {
    low: 0,
    high: 30,
    unit: 's',
    source: 'IEC 60601-2-4, from analysis to ready for shock; not confirmed by a page that could be read',
    mark: 'K',
  },
  aedNoShock: {
    source: 'no shock for a rhythm that needs none: AHA 1997 (Kerber), the goal per decision is 95 to 99 %',
    mark: 'S',
  },
  ascii: { source: 'the lines of docs/PROTOCOL.md', mark: 'D' },
} as const satisfies Record<string, Limit | Pick<Limit, 'source' | 'mark' | 'safety'>>;

export function emptyLimit(dumpMs: number): Limit {
  return {
    low: 0,
    high: dumpMs,
    unit: 'ms',
    source: 'below 1 J within the dump time of the profile, docs/SAFETY.md',
    mark: 'D',
    safety: true,
  };
}

/** A charge that nobody uses: the model's own time, give or take. */
export function unusedLimit(autoDisarmMs: number): Limit {
  const seconds = autoDisarmMs / 1000;
  return {
    low: seconds - 1,
    high: seconds + 1,
    unit: 's',
    source:
      'LIFEPAK 15 p144: 60 s; others are configurable; the most that the standard allows (2 min) is [K]',
    mark: 'S',
  };
}
