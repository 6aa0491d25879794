/**
 * The safety rules, judged from outside: by what was pressed, by the messages that reached the box, and by the truth inside
 * the box (its bench face), never by what either side says of itself.
 *
 *   shock        one accepted press of SHOCK, one delivery at most; with the energy and the SYNC of that press; while it is
 *                valid; not after the box was told to cancel or to disarm; through pads that are on
 *   charge       only after CHARGE was pressed and accepted, or in AED mode
 *   deadMan      energy, and no valid packet for 1.05 s: the dump relay is on
 *   dump         3 s after the dump relay closed less than 1 J is left
 *   disarm       a charge that is not used is gone after 60 s
 *   agreement    with a good cable the two sides agree on "charged or not" within 6 s
 *   refusal      a refused key changes nothing
 *   told         every shock is told once
 */
import { SafetyError } from '../../core/errors.ts';
import type { OperatorAction, SessionEvent } from '../../core/session-events.ts';
import type { Joules, Microseconds } from '../../core/units.ts';
import type { Message } from '../../protocol/messages.ts';
import type { BoxBench } from '../../../firmware-sim/bench.ts';
import type { Panel, Session } from '../../session/session.ts';

/** As long as a FIRE is valid, plus a millisecond for the pulse to begin. */
const FIRE_VALID_US = 501_000;
const DEAD_MAN_US = 1_050_000;
const DUMP_US = 3_050_000;
const UNUSED_US = 61_000_000;
const AGREE_US = 6_000_000;
/** Three tries of CHARGE and the worst stall of the cable. */
const CHARGE_LATE_US = 2_500_000;
const MOST_R_TO_SHOCK_MS = 60;

interface Press {
  at: Microseconds;
  energyJ: Joules;
  sync: boolean;
  waitUs: Microseconds;
  used: boolean;
}

export class Rules {
  /** How often each thing happened: a run in which nothing happens proves nothing. */
  readonly tally = { shocks: 0, syncShocks: 0, refused: 0, charges: 0, dumps: 0, lost: 0, aborted: 0 };
  private readonly session: Session;
  private readonly bench: BoxBench;
  private press: Press | undefined;
  private chargeAt: Microseconds = -Infinity;
  private aedAt: Microseconds = -Infinity;
  private stoppedAt: Microseconds = -Infinity;
  private firedArm = 0;
  private cancelled = { armId: NaN, at: -Infinity };
  private packetAt: Microseconds = 0;
  private relaySince: Microseconds | undefined;
  private readySince: Microseconds | undefined;
  private differSince: Microseconds | undefined;
  private disturbedAt: Microseconds = 0;
  private shocksSeen = 0;
  private toldShocks = 0;
  private boxWas = 'selfTest';
  private checkedAt: Microseconds = 0;
  private padsWereOff = false;

  constructor(session: Session, bench: BoxBench) {
    this.session = session;
    this.bench = bench;
  }

  /** The cable is not good now. */
  disturbed(now: Microseconds): void {
    this.disturbedAt = now;
  }

  /** Valid packets came up to then, and none of them was about energy. */
  heardAt(at: Microseconds): void {
    this.packetAt = at;
  }

  messageToBox(message: Message, now: Microseconds): void {
    if (message.type !== 'hello') this.packetAt = now;
    if (message.type === 'disarm') this.stoppedAt = now;
    if (message.type === 'fire') this.firedArm = message.armId;
    // The cancel of an earlier FIRE may come, again and late, after the next press.
    if (message.type === 'cancelFire') this.cancelled = { armId: message.armId, at: now };
  }

  /** Around a key: `operate` presses it. */
  pressed(action: OperatorAction, now: Microseconds, operate: () => void): void {
    const { session, tally } = this;
    const before = session.panel;
    const refusedBefore = tally.refused;
    operate();
    const after = session.panel;
    if (tally.refused > refusedBefore) {
      const same = before.therapy === after.therapy && before.energyJ === after.energyJ;
      if (!same || before.syncOn !== after.syncOn)
        this.broken('refusal', now, `${action.type} was refused and did something`);
      return;
    }
    if (action.type === 'charge') this.chargeAt = now;
    if (action.type === 'shock') {
      const waitUs = before.syncOn ? 10_000_000 : 0;
      this.press = { at: now, energyJ: before.energyJ, sync: before.syncOn, waitUs, used: false };
    }
  }

  hear(event: SessionEvent, now: Microseconds): void {
    const { tally } = this;
    switch (event.type) {
      case 'refused':
        if (event.by === 'host') tally.refused++;
        break;
      case 'charged':
        tally.charges++;
        break;
      case 'aborted':
        tally.aborted++;
        break;
      case 'link':
        if (event.link === 'lost') tally.lost++;
        break;
      case 'shock':
        this.toldShocks++;
        if (this.toldShocks > this.bench.shocks) this.broken('told', now, 'a shock was told that never was');
        if (event.synchronized && !(event.rToShockMs <= MOST_R_TO_SHOCK_MS)) {
          this.broken('shock', now, `${event.rToShockMs} ms after its R`);
        }
        if (event.synchronized) tally.syncShocks++;
        if (this.press !== undefined && event.synchronized !== this.press.sync) {
          this.broken(
            'shock',
            now,
            `SYNC was ${this.press.sync ? 'on' : 'off'}, the shock was not like that`,
          );
        }
        break;
      default:
    }
  }

  /** Everything that must hold at any time. */
  check(now: Microseconds): void {
    const { bench } = this;
    const { state, dumpRelayOn } = bench;
    const panel = this.session.panel;
    if (panel.mode === 'aed') this.aedAt = now;
    if (bench.shocks > this.shocksSeen) this.checkShock(now);
    this.checkCharge(now);
    const charged = state === 'charging' || state === 'ready' || state === 'awaitingR';
    if (charged && !dumpRelayOn && now - this.packetAt > DEAD_MAN_US) {
      this.broken('deadMan', now, `${state} with ${now - this.packetAt} us of silence`);
    }
    this.relaySince = dumpRelayOn ? (this.relaySince ?? now) : undefined;
    if (this.relaySince !== undefined && now - this.relaySince > DUMP_US && bench.capacitorJ >= 1) {
      this.broken('dump', now, `${bench.capacitorJ} J left after ${now - this.relaySince} us`);
    }
    const ready = state === 'ready' || state === 'awaitingR';
    this.readySince = ready ? (this.readySince ?? now) : undefined;
    // A wait for R that ends late adds its own time.
    if (this.readySince !== undefined && now - this.readySince > UNUSED_US) {
      this.broken('disarm', now, `charged for ${now - this.readySince} us`);
    }
    this.checkAgreement(panel, charged, now);
    this.checkedAt = now;
    this.padsWereOff = !Number.isFinite(bench.loadOhm);
  }

  /** At the end, with a healed cable, when everything had its time. */
  checkEnd(now: Microseconds): void {
    if (this.toldShocks !== this.bench.shocks) {
      this.broken('told', now, `${this.bench.shocks} shocks, ${this.toldShocks} told`);
    }
  }

  private checkShock(now: Microseconds): void {
    const { bench, press, tally } = this;
    const shots = bench.shocks - this.shocksSeen;
    this.shocksSeen = bench.shocks;
    tally.shocks += shots;
    if (shots > 1) this.broken('shock', now, `${shots} at once`);
    if (press === undefined) return this.broken('shock', now, 'SHOCK was never pressed');
    if (press.used) this.broken('shock', now, 'a second one for one press');
    press.used = true;
    const late = now - press.at - press.waitUs - FIRE_VALID_US;
    if (late > 0) this.broken('shock', now, `${late} us after its press had run out`);
    // FIRE and DISARM that arrive in one piece are obeyed in their order.
    const { cancelled } = this;
    const toldAt =
      cancelled.armId === this.firedArm ? Math.max(cancelled.at, this.stoppedAt) : this.stoppedAt;
    if (toldAt > press.at && toldAt < this.checkedAt) {
      this.broken('shock', now, 'the box had been told to stop');
    }
    const shot = bench.lastShot;
    if (shot?.selectedJ !== press.energyJ) {
      this.broken('shock', now, `${shot?.selectedJ} J, ${press.energyJ} J were selected`);
    }
    // Pads that come off at the very instant of the shock come off after it.
    if (this.padsWereOff && !Number.isFinite(bench.loadOhm)) this.broken('shock', now, 'the pads were off');
    const tolerance = Math.max(3, 0.15 * press.energyJ);
    if (shot !== undefined && Math.abs(shot.deliveredJ - press.energyJ) > tolerance) {
      this.broken('shock', now, `${shot.deliveredJ} J delivered, ${press.energyJ} J selected`);
    }
  }

  private checkCharge(now: Microseconds): void {
    const { state } = this.bench;
    if (state === 'charging' && this.boxWas !== 'charging') {
      const asked = Math.max(this.chargeAt, this.aedAt);
      if (now - asked > CHARGE_LATE_US) this.broken('charge', now, 'nobody asked for it');
    }
    if (state === 'dumping' && this.boxWas !== 'dumping') this.tally.dumps++;
    this.boxWas = state;
  }

  private checkAgreement({ therapy, link }: Panel, boxCharged: boolean, now: Microseconds): void {
    const hostCharged = therapy === 'charging' || therapy === 'ready' || therapy === 'awaitingR';
    const differ = link === 'up' && hostCharged !== boxCharged && this.disturbedAt < now - AGREE_US;
    this.differSince = differ ? (this.differSince ?? now) : undefined;
    if (this.differSince !== undefined && now - this.differSince > AGREE_US) {
      this.broken('agreement', now, `host ${therapy}, box ${this.bench.state}`);
    }
  }

  private broken(rule: string, now: Microseconds, what: string): void {
    throw new SafetyError(`${rule}: ${what}, at ${(now / 1e6).toFixed(3)} s`);
  }
}
