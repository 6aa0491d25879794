/** Who is treated, with his weight: what the keys may choose for him, and where the plan of the energies begins. */
import { childPlan, doseRefusal, weightRefusal } from '../control/child-dose.ts';
import type { OperatorAction, PatientType } from '../core/session-events.ts';
import type { Joules } from '../core/units.ts';

type PatientKey = Extract<OperatorAction, { type: 'patient' }>;

export class PatientDose {
  /** NaN: an adult, or not known. */
  weightKg = NaN;
  private readonly ladder: () => readonly Joules[];

  constructor(ladder: () => readonly Joules[]) {
    this.ladder = ladder;
  }

  /** Of the key that was obeyed. A child keeps his weight until another one is given; an adult needs none. */
  choose({ patient, weightKg }: PatientKey): void {
    if (patient === 'adult') this.weightKg = NaN;
    else if (weightKg !== undefined) this.weightKg = weightKg;
  }

  refusalOf(action: OperatorAction, patient: PatientType): string | undefined {
    if (action.type === 'patient') return weightRefusal(action.patient, action.weightKg);
    if (action.type !== 'selectEnergy' || patient !== 'child') return undefined;
    return doseRefusal(this.weightKg, action.energyJ);
  }

  /** For the AED; undefined: nobody was weighed. */
  get planJ(): readonly Joules[] | undefined {
    return Number.isNaN(this.weightKg) ? undefined : childPlan(this.ladder(), this.weightKg);
  }

  /** Selected when the patient is chosen. */
  get startJ(): Joules | undefined {
    return this.planJ?.[0];
  }
}
