/**
 * The therapy machine at work: the table says where an event leads, `enter` says what happens there.
 *
 * Time comes in with every call; `nextUs` says when something is due by itself. What the host may ask for is in orders.ts.
 * Whatever goes wrong ends at the dump relay.
 */
import type { Microseconds } from '../src/core/units.ts';
import type { BoxState, Fault, MessageOf, Why } from '../src/protocol/messages.ts';
import type { Chest } from './chest.ts';
import type { FaultBoard } from './fault-board.ts';
import type { FrontEndFace } from './front-end.ts';
import type { Dose } from './dose.ts';
import { Delivery } from './delivery.ts';
import { EnergyChecks } from './energy-checks.ts';
import type { HighVoltage } from './high-voltage.ts';
import type { Interlock } from './interlock.ts';
import type { Ledger } from './ledger.ts';
import type { News } from './news.ts';
import type { Profile } from './profiles/index.ts';
import type { SynchroniserFace } from './synchroniser.ts';
import { type BoxEvent, holdsCharge, nextState } from './therapy-table.ts';

export interface TherapyParts {
  profile: Profile;
  highVoltage: HighVoltage;
  interlock: Interlock;
  chest: Chest;
  frontEnd: FrontEndFace;
  synchroniser: SynchroniserFace;
  faults: FaultBoard;
  dose: Dose;
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
  readonly delivery: Delivery;
  readonly checks: EnergyChecks;
  private readonly parts: TherapyParts;
  /** When the state ends by itself, and with what. */
  private dueUs: Microseconds = Infinity;
  private autoDisarmUs: Microseconds = Infinity;
  private chargeLimitUs: Microseconds = Infinity;
  /** The FIRE that waits for its R. */
  private waiting = { armId: 0, sinceUs: 0, untilUs: Infinity };
  private dumpWhy: Why = 'none';
  private restartAfterDump = false;

  constructor(parts: TherapyParts) {
    this.parts = parts;
    this.selectedDj = parts.profile.startJ * 10;
    this.delivery = new Delivery(parts);
    this.checks = new EnergyChecks(parts.highVoltage, parts.faults);
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
    if (!isNew || !isInTime) return;
    // Measured again: the load may have changed since FIRE (campaign, seed 100445).
    const { chest, profile } = this.parts;
    const ohm = chest.measuredOhm;
    if (ohm < profile.minOhm || ohm > profile.maxOhm) this.withdraw(us, 'padsOff');
    else this.shoot(us, this.waiting.armId, 1, tRUs);
  }

  /** A permitted FIRE that asks for the next R. */
  waitForR(us: Microseconds, { armId, waitRMs, validUntilUs }: MessageOf<'fire'>): void {
    const waitUs = Math.min(waitRMs, this.parts.profile.maxWaitRMs) * 1000;
    this.waiting = { armId, sinceUs: us, untilUs: Math.min(us + waitUs, validUntilUs) };
    this.go(us, 'fireOnR');
    this.dueUs = this.waiting.untilUs;
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

  /** The state's own time is over. */
  private expire(us: Microseconds): void {
    this.dueUs = Infinity;
    switch (this.state) {
      case 'selfTest':
        this.checks.empty(us);
        this.checks.relay();
        this.go(us, this.parts.faults.permitsService ? 'passed' : 'failed');
        break;
      case 'charging':
        this.endCharge(us);
        break;
      case 'awaitingR':
        this.withdraw(us, 'noRWave');
        break;
      case 'delivering':
        if (!this.delivery.report()) this.parts.faults.raise('contactLost');
        this.checks.relay();
        if (this.parts.profile.syncOffAfterShock) this.parts.synchroniser.on = false;
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
    const { highVoltage } = this.parts;
    if (highVoltage.isRunaway(us)) {
      this.fault(us, 'overVoltage');
      return;
    }
    this.checks.charged(us);
    this.go(us, 'charged');
  }

  private endDump(us: Microseconds): void {
    const { news, faults } = this.parts;
    if (!this.checks.empty(us)) {
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
        this.checks.empty(us);
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

  startCharge(us: Microseconds): void {
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
  rearm(us: Microseconds): void {
    const armId = this.parts.interlock.arm();
    this.waiting.armId = 0;
    this.parts.ledger.write(armId, 'pending', 'none', { selectedDj: this.chargeDj });
    this.announceReady(us);
  }

  announceReady(us: Microseconds): void {
    const { highVoltage, interlock, news } = this.parts;
    news.event('ready', 'none', {
      armId: interlock.armId,
      selectedDj: this.chargeDj,
      storedDj: highVoltage.energyAt(us) * 10,
      expiryMs: (this.autoDisarmUs - us) / 1000,
    });
  }

  /** The waiting shock will not come; the charge stays under a new id. */
  withdraw(us: Microseconds, why: Why): void {
    const { ledger, news } = this.parts;
    const { armId } = this.waiting;
    ledger.write(armId, 'aborted', why);
    this.go(us, 'withdraw');
    news.event('abort', why, { armId });
    this.rearm(us);
  }

  /** Closes the bridge. */
  shoot(us: Microseconds, armId: number, sync: number, tRUs: Microseconds): void {
    this.go(us, sync === 0 ? 'fire' : 'rWave');
    this.dueUs = this.delivery.shoot(us, this.chargeDj, armId, sync, tRUs);
  }
}
