/**
 * Which energies may be selected: the ladder of the model, and for a child what his weight allows. The host is not asked.
 */
import { PATIENTS } from '../src/protocol/messages.ts';
import type { Reply } from '../src/protocol/messages.ts';
import type { Joules } from '../src/core/units.ts';
import type { Profile } from './profiles/index.ts';

/** A patient outside is a slip of the finger. */
const WEIGHT_KG = { least: 0.5, most: 80 } as const;

export class Dose {
  private readonly profile: Profile;
  private isChild = false;
  /** 0: not known. */
  private weightKg = 0;

  constructor(profile: Profile) {
    this.profile = profile;
  }

  choose(kind: number, weightKg: number): Reply {
    if (kind >= PATIENTS.length) return 'badParam';
    const isChild = PATIENTS[kind] === 'child';
    if (isChild && this.profile.paediatric === undefined) return 'unsupported';
    const known = weightKg >= WEIGHT_KG.least && weightKg <= WEIGHT_KG.most;
    if (isChild && weightKg !== 0 && !known) return 'badParam';
    this.isChild = isChild;
    this.weightKg = weightKg;
    return 'ok';
  }

  permits(energyJ: Joules): boolean {
    if (!this.profile.ladderJ.includes(energyJ)) return false;
    const { leastJ, mostJ } = this.limits;
    return energyJ >= leastJ && energyJ <= mostJ;
  }

  /** The step of the ladder for the first shock: at most so many J/kg, never outside the limits. */
  get firstJ(): Joules {
    const { paediatric, ladderJ, startJ } = this.profile;
    if (!this.isChild || paediatric === undefined) return startJ;
    const wanted = this.weightKg * paediatric.firstJPerKg || this.limits.mostJ;
    const allowed = ladderJ.filter((j) => this.permits(j));
    return allowed.findLast((j) => j <= wanted) ?? allowed[0];
  }

  private get limits(): { leastJ: Joules; mostJ: Joules } {
    const { paediatric } = this.profile;
    if (!this.isChild || paediatric === undefined) return { leastJ: 0, mostJ: Infinity };
    if (this.weightKg === 0) return { leastJ: 0, mostJ: paediatric.mostUnweighedJ };
    return {
      leastJ: paediatric.leastJPerKg * this.weightKg,
      mostJ: Math.min(paediatric.mostJPerKg * this.weightKg, paediatric.mostJ),
    };
  }
}
