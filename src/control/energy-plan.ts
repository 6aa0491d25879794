/**
 * Which energy comes next. The plan is a list: first, second, ... shock, the last one stays; it comes from the guideline, the
 * maker of the model, and the patient. After a shock the next energy is proposed and never selected by itself: a person's hand
 * does that, or chooses another.
 */
import type { Guideline } from '../core/guideline.ts';
import type { PatientType } from '../core/session-events.ts';
import type { Joules } from '../core/units.ts';
import { childPlan } from './child-dose.ts';
import type { HostProfile } from './host-profile.ts';
import { PATIENTS } from './patients.ts';

export interface PlanFor {
  profile: Pick<HostProfile, 'energiesJ' | 'planJ'>;
  patient: PatientType;
  /** Of a child; NaN or left out: not known. */
  weightKg?: number;
  /** Undefined: as the maker recommends. */
  guideline?: Guideline | undefined;
}

/** Energies of unsynchronized shocks, all of them on the model's ladder. */
export function defibrillationPlan({ profile, patient, weightKg, guideline }: PlanFor): readonly Joules[] {
  const kg = weightKg ?? NaN;
  if (patient === 'child' && kg > 0) {
    return childPlan(profile.energiesJ, kg, guideline?.child.value.joulesPerKg);
  }
  const child = PATIENTS[patient].aedEnergiesJ;
  if (child !== undefined) return child.map((j) => stepFor(profile.energiesJ, j));
  const { firstJ, later } = guideline?.defibrillation.value ?? { firstJ: 'maker', later: 'equalOrHigher' };
  if (firstJ === 'maker') return profile.planJ;
  const first = stepFor(profile.energiesJ, firstJ);
  return later === 'same' ? [first] : [first, ...profile.planJ.filter((j) => j > first)];
}

/** Energies of cardioversion that the guideline names; where it names none, those of the plan. */
export function cardioversionPlan(plan: PlanFor): readonly Joules[] {
  const named = plan.guideline?.cardioversionJ.value ?? [];
  if (named.length === 0 || plan.patient === 'child') return defibrillationPlan(plan);
  return [...new Set(named.map((j) => stepFor(plan.profile.energiesJ, j)))];
}

/** After a shock of `lastJ`: the next higher of the plan; from its end on, what was given last. */
export function nextEnergy(plan: readonly Joules[], lastJ: Joules): Joules {
  return plan.find((j) => j > lastJ) ?? lastJ;
}

/** The lowest step that is not below; the highest where there is none. */
function stepFor(ladder: readonly Joules[], wantedJ: Joules): Joules {
  return ladder.find((j) => j >= wantedJ) ?? ladder[ladder.length - 1];
}
