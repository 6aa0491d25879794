/**
 * What the host may ask of the therapy machine. Each order answers with a reply code; a refusal changes nothing.
 */
import type { Microseconds } from '../src/core/units.ts';
import type { MessageOf, Reply } from '../src/protocol/messages.ts';
import type { Circumstances } from './interlock.ts';
import type { Therapy, TherapyParts } from './therapy.ts';
import { holdsCharge, nextState } from './therapy-table.ts';

export class Orders {
  private readonly therapy: Therapy;
  private readonly parts: TherapyParts;

  constructor(therapy: Therapy, parts: TherapyParts) {
    this.therapy = therapy;
    this.parts = parts;
  }

  select(us: Microseconds, energyDj: number): Reply {
    const { therapy } = this;
    const { profile, dose } = this.parts;
    if (!dose.permits(energyDj / 10)) return 'badParam';
    if (therapy.state === 'failed') return 'badState';
    if (holdsCharge(therapy.state) && energyDj !== therapy.chargeDj) {
      if (profile.energyChange === 'dump') {
        therapy.dump(us, 'energyChanged');
      } else {
        if (therapy.state === 'awaitingR') return 'badState';
        therapy.selectedDj = energyDj;
        therapy.startCharge(us);
      }
    }
    therapy.selectedDj = energyDj;
    return 'ok';
  }

  charge(us: Microseconds, energyDj: number): Reply {
    const { therapy } = this;
    const { chest, faults, dose } = this.parts;
    const { state } = therapy;
    if (!dose.permits(energyDj / 10)) return 'badParam';
    if (state === 'charging' && energyDj === therapy.chargeDj) return 'inProgress';
    if (state === 'ready' && energyDj === therapy.chargeDj) {
      therapy.announceReady(us);
      return 'ok';
    }
    if (state === 'ready' || state === 'charging') return this.select(us, energyDj);
    if (nextState(state, 'charge') === undefined) return 'badState';
    if (!chest.padsOn) return 'leadsOff';
    therapy.checks.heat(us);
    therapy.checks.relay();
    therapy.faultsChanged(us);
    if (!faults.permitsEnergy) return 'interlock';
    therapy.selectedDj = energyDj;
    therapy.startCharge(us);
    return 'ok';
  }

  fire(us: Microseconds, fire: MessageOf<'fire'>): Reply {
    const { therapy } = this;
    const { interlock, ledger } = this.parts;
    const judged = interlock.judge(fire, this.circumstances(us));
    if (judged !== 'ok') {
      // The id was named and is burnt; the charge stays, and whoever wants it needs a new id and a new press.
      if (therapy.state === 'ready' && interlock.armId === 0) {
        ledger.write(fire.armId, 'aborted', 'none');
        therapy.rearm(us);
      }
      return judged;
    }
    if (fire.sync === 0) therapy.shoot(us, fire.armId, 0, 0);
    else therapy.waitForR(us, fire);
    return 'ok';
  }

  cancelFire(us: Microseconds, armId: number): Reply {
    const { therapy } = this;
    if (therapy.state !== 'awaitingR') return 'badState';
    if (armId !== therapy.armId) return 'unknownArmId';
    therapy.withdraw(us, 'cancelled');
    return 'ok';
  }

  setSync(on: boolean, lead: number): Reply {
    const { profile, synchroniser, frontEnd, isPacing } = this.parts;
    const { state } = this.therapy;
    if (!profile.hasSync) return on ? 'unsupported' : 'ok';
    if (lead >= frontEnd.leadNames.length) return 'badParam';
    if (on === synchroniser.on && lead === synchroniser.lead) return 'ok';
    if (state === 'awaitingR' || state === 'delivering') return 'badState';
    if (on && isPacing()) return 'interlock';
    synchroniser.on = on;
    synchroniser.choose(lead, frontEnd.position);
    return 'ok';
  }

  /** The pacer's pulses hid parts of the beats: what the trigger has learnt from halves is no measure. */
  pacingStopped(): void {
    const { synchroniser, frontEnd } = this.parts;
    synchroniser.forget(frontEnd.position);
  }

  /** Another patient: his first energy is selected; a charge that is not for him goes. */
  setPatient(us: Microseconds, kind: number, weightKg: number): Reply {
    const { therapy } = this;
    const { dose } = this.parts;
    if (therapy.state === 'delivering') return 'badState';
    const reply = dose.choose(kind, weightKg);
    if (reply !== 'ok') return reply;
    if (holdsCharge(therapy.state) && !dose.permits(therapy.chargeDj / 10)) therapy.dump(us, 'modeChanged');
    // Somebody else's energy is not his, even where it would be allowed.
    if (!holdsCharge(therapy.state)) therapy.selectedDj = dose.firstJ * 10;
    return 'ok';
  }

  private circumstances(nowUs: Microseconds): Circumstances {
    const { chest, synchroniser, frontEnd, profile, faults, isPacing } = this.parts;
    const ohm = chest.measuredOhm;
    return {
      nowUs,
      state: this.therapy.state,
      energyDj: this.therapy.chargeDj,
      syncOn: synchroniser.on,
      syncLeadOff: frontEnd.isOff(synchroniser.lead),
      padsOn: chest.padsOn,
      impedanceInRange: ohm >= profile.minOhm && ohm <= profile.maxOhm,
      pacing: isPacing(),
      faultFree: faults.permitsEnergy,
    };
  }
}
