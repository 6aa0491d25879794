/**
 * The therapy machine at work: the table says where an event leads, `enter` says what happens there.
 *
 * Time comes in with every call; `nextUs` says when something is due by itself. Commands answer with a reply code and
 * do nothing else when they refuse. Whatever goes wrong ends at the dump relay.
 */
import type { Microseconds } from '../src/core/units.ts';
import type { BoxState, Fault, MessageOf, Reply, Why } from '../src/protocol/messages.ts';
import type { Chest } from './chest.ts';
import type { FaultBoard } from './fault-board.ts';
import type { FrontEnd } from './front-end.ts';
import { LOW_BATTERY_PCT } from './battery.ts';
import { EMPTY_J, type HighVoltage, type Shot } from './high-voltage.ts';
import type { Circumstances, Interlock } from './interlock.ts';
import type { Ledger } from './ledger.ts';
import type { EventFields, News } from './news.ts';
import type { Profile } from './profiles/index.ts';
import type { Synchroniser } from './synchroniser.ts';
import { type BoxEvent, holdsCharge, nextState } from './therapy-table.ts';

export interface TherapyParts {
  profile: Profile;
  highVoltage: HighVoltage;
  interlock: Interlock;
  chest: Chest;
  frontEnd: FrontEnd;
  synchroniser: Synchroniser;
  faults: FaultBoard;
  ledger: Ledger;
  news: News;
  /** Pacing is on. */
  isPacing: () => boolean;
}

export class Therapy {
  state: BoxState = 'selfTest';
  selectedDj: number;
  /** What the capacitor is charged or being charged for. */
  chargeDj = 0;
  shocks = 0;
  lastShot: Shot | undefined;
  private readonly parts: TherapyParts;
  /** When the state ends by itself, and with what. */
  private dueUs: Microseconds = Infinity;
  private autoDisarmUs: Microseconds = Infinity;
  private chargeLimitUs: Microseconds = Infinity;
  /** The FIRE that waits for its R. */
  private waiting = { armId: 0, sinceUs: 0, untilUs: Infinity };
  private shot = { armId: 0, sync: 0, tRUs: 0, tShockUs: 0, sample: 0 };
  private dumpWhy: Why = 'none';
  private restartAfterDump = false;

  constructor(parts: TherapyParts) {
    this.parts = parts;
    this.selectedDj = parts.profile.startJ * 10;
  }

  /** Power on. */
  boot(us: Microseconds): void {
    this.dueUs = us + this.parts.profile.selfTestMs * 1000;
  }

  get nextUs(): Microseconds {
    return Math.min(this.dueUs, this.autoDisarmUs, this.chargeLimitUs);
  }

  get armId(): number {
    return this.parts.interlock.armId !== 0 ? this.parts.interlock.armId : this.waiting.armId;
  }

  /** Does what is due at `us`. */
  run(us: Microseconds): void {
    if (us >= this.dueUs) this.expire(us);
    if (us >= this.chargeLimitUs) {
      this.fault(us, this.parts.highVoltage.dumpRelayOn ? 'dumpFailed' : 'chargeFailed', 'chargeTimeout');
    }
    if (us >= this.autoDisarmUs) this.dump(us, 'timeout');
  }

  // Commands. Each answers; a refusal changes nothing.

  select(us: Microseconds, energyDj: number): Reply {
    const { profile } = this.parts;
    if (!profile.ladderJ.includes(energyDj / 10)) return 'badParam';
    if (this.state === 'failed') return 'badState';
    if (holdsCharge(this.state) && energyDj !== this.chargeDj) {
      if (profile.energyChange === 'dump') {
        this.dump(us, 'energyChanged');
      } else {
        if (this.state === 'awaitingR') return 'badState';
        this.selectedDj = energyDj;
        this.startCharge(us);
      }
    }
    this.selectedDj = energyDj;
    return 'ok';
  }

  charge(us: Microseconds, energyDj: number): Reply {
    const { profile, chest, faults } = this.parts;
    if (!profile.ladderJ.includes(energyDj / 10)) return 'badParam';
    if (this.state === 'charging' && energyDj === this.chargeDj) return 'inProgress';
    if (this.state === 'ready' && energyDj === this.chargeDj) {
      this.announceReady(us);
      return 'ok';
    }
    if (this.state === 'ready' || this.state === 'charging') return this.select(us, energyDj);
    if (nextState(this.state, 'charge') === undefined) return 'badState';
    if (!chest.padsOn) return 'leadsOff';
    this.checkHeat(us);
    if (!faults.permitsEnergy) return 'interlock';
    this.selectedDj = energyDj;
    this.startCharge(us);
    return 'ok';
  }

  fire(us: Microseconds, fire: MessageOf<'fire'>): Reply {
    const { interlock, ledger, profile } = this.parts;
    const judged = interlock.judge(fire, this.circumstances(us));
    if (judged !== 'ok') {
      // The id was named and is burnt; the charge stays, and whoever wants it needs a new id and a new press.
      if (this.state === 'ready' && interlock.armId === 0) {
        ledger.write(fire.armId, 'aborted', 'none');
        this.rearm(us);
      }
      return judged;
    }
    if (fire.sync === 0) {
      this.shoot(us, fire.armId, 0, 0);
      return 'ok';
    }
    const waitUs = Math.min(fire.waitRMs, profile.maxWaitRMs) * 1000;
    this.waiting = { armId: fire.armId, sinceUs: us, untilUs: Math.min(us + waitUs, fire.validUntilUs) };
    this.go(us, 'fireOnR');
    this.dueUs = this.waiting.untilUs;
    return 'ok';
  }

  cancelFire(us: Microseconds, armId: number): Reply {
    if (this.state !== 'awaitingR') return 'badState';
    if (armId !== this.waiting.armId) return 'unknownArmId';
    this.withdraw(us, 'cancelled');
    return 'ok';
  }

  setSync(on: boolean, lead: number): Reply {
    const { profile, synchroniser, frontEnd, isPacing } = this.parts;
    if (!profile.hasSync) return on ? 'unsupported' : 'ok';
    if (lead >= frontEnd.leadNames.length) return 'badParam';
    if (on === synchroniser.on && lead === synchroniser.lead) return 'ok';
    if (this.state === 'awaitingR' || this.state === 'delivering') return 'badState';
    if (on && isPacing()) return 'interlock';
    synchroniser.on = on;
    synchroniser.choose(lead, frontEnd.position);
    return 'ok';
  }

  restart(us: Microseconds): void {
    if (holdsCharge(this.state) || this.state === 'delivering' || this.state === 'dumping') {
      this.restartAfterDump = true;
      this.dump(us, 'powerDown');
    } else {
      this.go(us, 'restart');
    }
  }

  /** In service, with nothing in the capacitor that could hurt. */
  get isIdle(): boolean {
    return this.state === 'standby' || this.state === 'failed' || this.state === 'selfTest';
  }

  // Circumstances.

  /** The synchroniser's trigger: R at `tRUs`, decided at `us`. */
  rWave(us: Microseconds, tRUs: Microseconds): void {
    if (this.state !== 'awaitingR') return;
    const isNew = tRUs > this.waiting.sinceUs;
    const isInTime = us <= this.waiting.untilUs && us - tRUs <= this.parts.profile.maxRToShockMs * 1000;
    if (isNew && isInTime) this.shoot(us, this.waiting.armId, 1, tRUs);
  }

  /** Takes the energy away, from whatever state holds some. */
  dump(us: Microseconds, why: Why): void {
    if (!holdsCharge(this.state)) return;
    const { ledger, news } = this.parts;
    const armId = this.armId;
    ledger.write(armId, 'dumped', why);
    this.dumpWhy = why;
    this.go(us, 'dump');
    news.event('abort', why, { armId });
  }

  /** The box found something broken: shown, and made safe. */
  fault(us: Microseconds, fault: Fault, why: Why = 'fault'): void {
    this.parts.faults.raise(fault);
    this.dump(us, why);
    this.faultsChanged(us);
  }

  /** Whatever is on the board forbids is stopped. */
  faultsChanged(us: Microseconds): void {
    const { faults } = this.parts;
    if (!faults.permitsEnergy) this.dump(us, 'fault');
    // A dump that is under way is finished first, see endDump.
    if (!faults.permitsService && this.state !== 'dumping') this.go(us, 'broken');
  }

  padsChanged(us: Microseconds): void {
    if (!this.parts.chest.padsOn) this.dump(us, 'padsOff');
  }

  syncLeadOff(us: Microseconds): void {
    if (this.state === 'awaitingR') this.withdraw(us, 'padsOff');
  }

  private circumstances(nowUs: Microseconds): Circumstances {
    const { chest, synchroniser, frontEnd, profile, faults, isPacing } = this.parts;
    const ohm = chest.measuredOhm;
    return {
      nowUs,
      state: this.state,
      energyDj: this.chargeDj,
      syncOn: synchroniser.on,
      syncLeadOff: frontEnd.isOff(synchroniser.lead),
      padsOn: chest.padsOn,
      impedanceInRange: ohm >= profile.minOhm && ohm <= profile.maxOhm,
      pacing: isPacing(),
      faultFree: faults.permitsEnergy,
    };
  }

  /** The state's own time is over. */
  private expire(us: Microseconds): void {
    this.dueUs = Infinity;
    switch (this.state) {
      case 'selfTest':
        this.checkEmpty(us);
        this.go(us, this.parts.faults.permitsService ? 'passed' : 'failed');
        break;
      case 'charging':
        this.endCharge(us);
        break;
      case 'awaitingR':
        this.withdraw(us, 'noRWave');
        break;
      case 'delivering':
        this.reportShot();
        this.dumpWhy = 'delivered';
        this.go(us, 'delivered');
        break;
      case 'dumping':
        this.endDump(us);
        break;
      default:
    }
  }

  private endCharge(us: Microseconds): void {
    const { highVoltage, faults } = this.parts;
    if (highVoltage.isRunaway(us)) {
      this.fault(us, 'overVoltage');
      return;
    }
    if (highVoltage.battery.percentAt(us) < LOW_BATTERY_PCT) faults.raise('lowBattery');
    else faults.clear('lowBattery');
    faults.clear('chargeFailed');
    this.go(us, 'charged');
  }

  private endDump(us: Microseconds): void {
    const { highVoltage, news, faults } = this.parts;
    if (highVoltage.energyAt(us) >= EMPTY_J) {
      faults.raise('dumpFailed');
      this.go(us, 'broken');
      return;
    }
    news.event('dumped', this.dumpWhy);
    this.go(us, this.restartAfterDump ? 'restart' : faults.permitsService ? 'dumped' : 'broken');
    this.restartAfterDump = false;
  }

  private go(us: Microseconds, event: BoxEvent): void {
    const to = nextState(this.state, event);
    if (to === undefined) return;
    const from = this.state;
    this.state = to;
    this.enter(us, from);
    this.parts.news.stateChanged();
  }

  private enter(us: Microseconds, from: BoxState): void {
    const { highVoltage, interlock, profile } = this.parts;
    this.dueUs = Infinity;
    this.chargeLimitUs = Infinity;
    switch (this.state) {
      case 'selfTest':
        this.parts.faults.restart();
        this.checkEmpty(us);
        this.chargeDj = 0;
        this.dueUs = us + profile.selfTestMs * 1000;
        break;
      case 'ready':
        if (from !== 'charging') break;
        highVoltage.hold(us);
        this.autoDisarmUs = us + profile.autoDisarmMs * 1000;
        this.rearm(us);
        break;
      case 'delivering':
        this.autoDisarmUs = Infinity;
        break;
      case 'dumping':
        interlock.burn();
        this.waiting.armId = 0;
        this.autoDisarmUs = Infinity;
        // Looked at when it should be empty; never later than the profile allows.
        this.dueUs = Math.min(highVoltage.dump(us), us + profile.dumpMs * 1000);
        break;
      case 'standby':
      case 'failed':
        this.chargeDj = 0;
        break;
      default:
    }
  }

  /** The relay has been on for long: energy that is still there does not go away. */
  private checkEmpty(us: Microseconds): void {
    const { highVoltage, faults } = this.parts;
    if (highVoltage.energyAt(us) >= EMPTY_J) faults.raise('dumpFailed');
    else faults.clear('dumpFailed');
  }

  private checkHeat(us: Microseconds): void {
    const { highVoltage, faults } = this.parts;
    if (highVoltage.thermometer.isTooHot(us)) faults.raise('overTemperature');
    else if (highVoltage.thermometer.hasCooled(us)) faults.clear('overTemperature');
  }

  private startCharge(us: Microseconds): void {
    const { highVoltage, interlock, profile } = this.parts;
    interlock.burn();
    this.chargeDj = this.selectedDj;
    this.autoDisarmUs = Infinity;
    const readyUs = highVoltage.charge(us, this.chargeDj / 10);
    this.go(us, 'charge');
    this.dueUs = readyUs;
    // Down to a lower charge goes through the dump resistor, and may not take longer than a dump.
    this.chargeLimitUs = us + (highVoltage.dumpRelayOn ? profile.dumpMs : profile.chargeTimeoutMs) * 1000;
  }

  /** A fresh id for the charge that is there. */
  private rearm(us: Microseconds): void {
    const armId = this.parts.interlock.arm();
    this.waiting.armId = 0;
    this.parts.ledger.write(armId, 'pending', 'none', { selectedDj: this.chargeDj });
    this.announceReady(us);
  }

  private announceReady(us: Microseconds): void {
    const { highVoltage, interlock, news } = this.parts;
    news.event('ready', 'none', {
      armId: interlock.armId,
      selectedDj: this.chargeDj,
      storedDj: highVoltage.energyAt(us) * 10,
      expiryMs: (this.autoDisarmUs - us) / 1000,
    });
  }

  /** The waiting shock will not come; the charge stays under a new id. */
  private withdraw(us: Microseconds, why: Why): void {
    const { ledger, news } = this.parts;
    const { armId } = this.waiting;
    ledger.write(armId, 'aborted', why);
    this.go(us, 'withdraw');
    news.event('abort', why, { armId });
    this.rearm(us);
  }

  private shoot(us: Microseconds, armId: number, sync: number, tRUs: Microseconds): void {
    const { highVoltage, chest, frontEnd } = this.parts;
    this.go(us, sync === 0 ? 'fire' : 'rWave');
    const shot = highVoltage.shoot(us, this.chargeDj / 10, chest.measuredOhm, chest.trueOhm);
    this.shot = { armId, sync, tRUs, tShockUs: us, sample: frontEnd.position };
    this.lastShot = shot;
    this.shocks++;
    chest.receive(shot);
    frontEnd.overload();
    this.dueUs = us + Math.ceil(shot.durationMs * 1000);
  }

  private reportShot(): void {
    const { ledger, news, profile, synchroniser } = this.parts;
    const { lastShot } = this;
    if (lastShot === undefined) return;
    const { tShockUs, ...shot } = this.shot;
    const figures: Partial<EventFields> = {
      armId: shot.armId,
      sync: shot.sync,
      tRUs: shot.tRUs,
      selectedDj: lastShot.selectedJ * 10,
      storedDj: lastShot.storedJ * 10,
      deliveredDj: lastShot.deliveredJ * 10,
      peakV: lastShot.peakV,
      peakDa: lastShot.peakA * 10,
      impedanceDohm: lastShot.impedanceOhm * 10,
    };
    ledger.write(shot.armId, 'delivered', 'none', { ...figures, tShockUs, sample: shot.sample });
    news.event('shock', 'none', { ...figures, tUs: tShockUs, sample: shot.sample });
    if (profile.syncOffAfterShock) synchroniser.on = false;
  }
}
