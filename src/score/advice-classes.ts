/**
 * The rhythm classes of the AHA and what is asked of each (Kerber et al., Circulation 95, 1997; IEC 60601-2-4 asks VF > 90,
 * VT > 75, non-shockable > 95 %), as counted by protocol P2.
 *
 * Asystole is counted as annotated. What of it lies under 0.15 mV, and what does not, stands below: a device that calls
 * everything under 0.15 mV asystole is right about the first by definition.
 */
export interface AhaClass {
  name: string;
  /** Rows of P2. */
  rows: readonly string[];
  shockable: boolean;
  /** Percent that must be exceeded; undefined: to be reported. */
  goal?: number;
  /** What the one-sided 90 % lower bound must reach, percent. */
  bound?: number;
  /** Windows that the AHA asks for. */
  least?: number;
}

export const AHA_CLASSES: readonly AhaClass[] = [
  { name: 'coarse VF', rows: ['coarse VF'], shockable: true, goal: 90, bound: 87, least: 200 },
  { name: 'rapid VT', rows: ['rapid VT'], shockable: true, goal: 75, bound: 67, least: 50 },
  { name: 'NSR', rows: ['NSR'], shockable: false, goal: 99, bound: 97, least: 100 },
  { name: 'other organised', rows: ['other'], shockable: false, goal: 95, bound: 88, least: 30 },
  { name: 'asystole', rows: ['asystole', 'asystole*'], shockable: false, goal: 95, bound: 92, least: 100 },
  { name: '  < 0.15 mV', rows: ['asystole'], shockable: false },
  { name: '  0.15 mV and more', rows: ['asystole*'], shockable: false },
  { name: 'fine VF', rows: ['fine VF'], shockable: true, least: 25 },
  { name: 'slow VT', rows: ['slow VT'], shockable: true, least: 25 },
];
