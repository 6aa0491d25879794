/**
 * What differs between patients: how soon a heart can beat again, and how long a T wave may follow.
 *
 * Highest rates: adult 250, child 270, newborn 300/min (RR 240, 222, 200 ms; IEC 60601-2-27 asks 200 for adults and
 * 250 for newborns). The refractory time is below the shortest RR, for a premature beat may come sooner than the rate.
 */
export interface DetectorProfile {
  readonly name: 'adult' | 'child' | 'newborn';
  /** No second QRS within this time of the last. */
  readonly refractoryMs: number;
  /** Until here after an R, what triggers the synchroniser must leap more than a T wave does. */
  readonly tGuardMs: number;
}

export const adult: DetectorProfile = { name: 'adult', refractoryMs: 200, tGuardMs: 500 };
export const child: DetectorProfile = { name: 'child', refractoryMs: 180, tGuardMs: 420 };
export const newborn: DetectorProfile = { name: 'newborn', refractoryMs: 150, tGuardMs: 330 };
