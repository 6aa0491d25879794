/** Who is treated, as far as his weight goes: what the keys may choose for him. */
import { doseRefusal, weightRefusal } from '../control/child-dose.ts';
import type { OperatorAction, PatientType } from '../core/session-events.ts';

type PatientKey = Extract<OperatorAction, { type: 'patient' }>;

export class PatientDose {
  /** NaN: an adult, or not known. */
  weightKg = NaN;

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
}
