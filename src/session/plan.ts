/**
 * The energy plan at work: what it is for this model, patient and guideline, and what it proposes after each shock. It
 * selects nothing: a person takes the proposal or another energy.
 */
import { cardioversionPlan, defibrillationPlan, nextEnergy } from '../control/energy-plan.ts';
import type { HostProfile } from '../control/host-profile.ts';
import type { Told } from '../control/told.ts';
import type { Guideline } from '../core/guideline.ts';
import type { PatientType, ShockReport } from '../core/session-events.ts';
import type { Joules, Microseconds } from '../core/units.ts';

export interface LastShock {
  n: number;
  deliveredJ: Joules;
  at: Microseconds;
}

export class EnergyPlan {
  readonly guideline: Guideline | undefined;
  /** Undefined: nothing is proposed, or it has been taken or overridden. */
  proposedJ: Joules | undefined;
  last: LastShock | undefined;
  private readonly tell: (event: Told) => void;
  private profile: HostProfile;
  private patient: PatientType = 'adult';
  private weightKg = NaN;
  private told = '';

  constructor(profile: HostProfile, guideline: Guideline | undefined, tell: (event: Told) => void) {
    this.profile = profile;
    this.guideline = guideline;
    this.tell = tell;
  }

  get energiesJ(): readonly Joules[] {
    const { profile, patient, weightKg, guideline } = this;
    return defibrillationPlan({ profile, patient, weightKg, guideline });
  }

  /** Whose plan it is. */
  get name(): string {
    return this.guideline?.name ?? this.profile.model;
  }

  /** Another model, or another patient; NaN: his weight is not known. */
  use(profile: HostProfile, patient: PatientType, weightKg: number): void {
    if (patient !== this.patient || !Object.is(weightKg, this.weightKg)) this.proposedJ = undefined;
    this.weightKg = weightKg;
    this.profile = profile;
    this.patient = patient;
    const { energiesJ, name } = this;
    if (this.told === `${name} ${energiesJ.join()}`) return;
    this.told = `${name} ${energiesJ.join()}`;
    this.tell({ type: 'plan', guideline: name, energiesJ });
  }

  /** A person has chosen. */
  chosen(): void {
    this.proposedJ = undefined;
  }

  /** `propose` is false where somebody else plans (AED). */
  delivered({ synchronized, selectedJ, deliveredJ }: ShockReport, propose: boolean, now: Microseconds): void {
    const shocks = (this.last?.n ?? 0) + 1;
    this.last = { n: shocks, deliveredJ, at: now };
    if (!propose) return;
    const { profile, patient, weightKg, guideline } = this;
    const planOf = synchronized ? cardioversionPlan : defibrillationPlan;
    const energyJ = nextEnergy(planOf({ profile, patient, weightKg, guideline }), selectedJ);
    this.proposedJ = energyJ;
    this.tell({ type: 'proposal', shocks, energyJ });
  }
}
