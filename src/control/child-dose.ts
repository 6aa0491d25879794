/**
 * Energies for a child by his weight, as the host sees them: what may be selected, where to begin, and the AED's plan. The box
 * has limits of its own (firmware-sim/dose.ts), and the last word.
 *
 *   first shock 2 J/kg, then 4, never more than 10 J/kg or the adult dose; cardioversion from 0.5 J/kg (facts: PALS [S])
 */
import type { PatientType } from '../core/session-events.ts';
import type { Joules } from '../core/units.ts';

/** A patient outside is a slip of the finger. */
export const WEIGHT_KG = { least: 0.5, most: 80 } as const;
const J_PER_KG = { least: 0.5, most: 10 } as const;
/** First, second, ... shock, where no guideline says otherwise. */
const SHOCKS_J_PER_KG: readonly number[] = [2, 4];
const MOST_J = 200;
/** Where the weight is not known. */
const UNWEIGHED_MOST_J = 50;
/** A ladder that begins above is a public-access model's: attenuated pads, one energy for every child. */
const MANUAL_LEAST_J = 10;

/** Why this weight is none; undefined when it is one, or not given. */
export function weightRefusal(patient: PatientType, weightKg: number | undefined): string | undefined {
  if (weightKg === undefined) return undefined;
  if (patient !== 'child') return 'the weight sets the energies of a child: choose the child with it';
  if (weightKg >= WEIGHT_KG.least && weightKg <= WEIGHT_KG.most) return undefined;
  return `weight of the child: expected ${WEIGHT_KG.least} to ${WEIGHT_KG.most} kg, found ${weightKg}`;
}

/** Why a child must not get this energy; NaN: his weight is not known. */
export function doseRefusal(weightKg: number, energyJ: Joules): string | undefined {
  if (Number.isNaN(weightKg)) {
    if (energyJ <= UNWEIGHED_MOST_J) return undefined;
    return `the weight of the child is not known: no more than ${UNWEIGHED_MOST_J} J without it; choose the child with a weight`;
  }
  const least = J_PER_KG.least * weightKg;
  const most = Math.min(J_PER_KG.most * weightKg, MOST_J);
  if (energyJ >= least && energyJ <= most) return undefined;
  return `${energyJ} J is no energy for a child of ${weightKg} kg: choose ${round(least)} to ${round(most)} J (0.5 to 10 J/kg)`;
}

/** First, second, ... shock for a child of this weight: steps of the ladder, none above what was meant where there is one. */
export function childPlan(
  ladderJ: readonly Joules[],
  weightKg: number,
  joulesPerKg = SHOCKS_J_PER_KG,
): readonly Joules[] {
  if (ladderJ[0] > MANUAL_LEAST_J) return [ladderJ[0]];
  return joulesPerKg.map((perKg) => stepFor(ladderJ, weightKg, perKg * weightKg));
}

function stepFor(ladderJ: readonly Joules[], weightKg: number, wantedJ: Joules): Joules {
  const allowed = ladderJ.filter((j) => doseRefusal(weightKg, j) === undefined);
  return allowed.findLast((j) => j <= wantedJ) ?? [...allowed, ladderJ[0]][0];
}

function round(joules: Joules): number {
  return Math.round(joules * 10) / 10;
}
