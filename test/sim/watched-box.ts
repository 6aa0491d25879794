/**
 * The judge of the box: sees every byte in and out and the truth of the bench, and throws when a safety rule is broken.
 *
 * It shares no code with the interlock: it keeps its own books of what was announced, asked and delivered.
 *   1. energy reaches the pads only after READY{armId} and one valid FIRE of this session with that id, energy and SYNC, in time
 *   2. each arm id and each FIRE is good for one shock at most
 *   3. never more than the selected energy + max(3 J, 15 %)
 *   4. a synchronized shock comes after FIRE and -20..60 ms around a true R; while the bench has the trigger take T for R:
 *      or 0..60 ms after a marker of the box itself, which stands where that fault puts it behind a true R
 *   5. the dump relay is on 1.05 s after the last valid packet
 *   6. relay on without a break for the profile's dump time: less than 1 J is left, or the box says `dumpFailed`
 *   7. energy without a dump relay only in a state that may hold some, and only after a CHARGE
 *   8. nothing goes to pads that are off, or while a fault forbids energy
 *   9. no charge is held while pads are off or a fault forbids energy
 */
import { SafetyError } from '../../src/core/errors.ts';
import type { Microseconds } from '../../src/core/units.ts';
import { PacketDecoder } from '../../src/protocol/codec.ts';
import type { Packet } from '../../src/protocol/codec.ts';
import type { MessageOf } from '../../src/protocol/messages.ts';
import { EVENTS } from '../../src/protocol/messages.ts';
import type { Box } from '../../firmware-sim/box.ts';
import { FAULT_RULES } from '../../firmware-sim/fault-board.ts';
import type { Profile } from '../../firmware-sim/profiles/index.ts';

const NOTHING = new Uint8Array(0);
/** Where the fault `tAsR` finds its T, and how far from there a marker may be. */
const T_AFTER_R_US = 280_000;
const WINDOW_US = { before: 20_000, after: 60_000 };

interface Permission {
  fire: MessageOf<'fire'>;
  atUs: Microseconds;
  session: number;
}

export class WatchedBox {
  readonly box: Box;
  /** Of the packets that the box sent. */
  onPacket: (packet: Packet) => void = () => undefined;
  shocks = 0;
  syncShocks = 0;
  /** Those of them that fell on a T because the bench wanted it so. */
  shocksOnT = 0;
  private readonly profile: Profile;
  /** Microseconds of the true R nearest to a time; NaN when there is none. */
  private readonly nearestR: (us: Microseconds) => Microseconds;
  private readonly toBox = new PacketDecoder({ from: 'host' });
  private readonly toHost = new PacketDecoder({ from: 'device' });
  private session = 0;
  private lastValidUs = -Infinity;
  private readonly announced = new Map<number, { energyDj: number; session: number }>();
  /** Every FIRE of the open session, and of the one that this step may have ended. */
  private permissions: Permission[] = [];
  private readonly spent = new Set<number>();
  /** R of the newest marker that may carry a shock, on the box's clock. */
  private markerUs: Microseconds = NaN;
  private chargesAsked = 0;
  private chargesAtEmpty = 0;
  private dumpingSinceUs: Microseconds = -Infinity;
  private wasDumping = true;
  private wakeUs: Microseconds = 0;

  constructor(box: Box, profile: Profile, nearestR: (us: Microseconds) => Microseconds) {
    this.box = box;
    this.profile = profile;
    this.nearestR = nearestR;
  }

  /** As Box.step, but every wake-up in between is made and judged. */
  step(nowUs: Microseconds, bytesIn: Uint8Array): void {
    while (this.wakeUs < nowUs) this.one(this.wakeUs, NOTHING);
    this.one(nowUs, bytesIn);
  }

  private one(us: Microseconds, bytesIn: Uint8Array): void {
    const { bench } = this.box;
    const shocksBefore = bench.shocks;
    const syncBefore = bench.syncOn;
    const receivedBefore = bench.receivedJ;
    // The books are written before the box acts: what it does now must be covered by what it was told up to now.
    this.toBox.push(bytesIn, (packet) => this.hearHost(packet, us));
    const { bytesOut, nextWakeUs } = this.box.step(us, bytesIn);
    this.wakeUs = nextWakeUs;
    this.toHost.push(bytesOut, (packet) => this.hearBox(packet));
    if (bench.shocks > shocksBefore) {
      this.judgeShock(us, bench.shocks - shocksBefore, bench.receivedJ - receivedBefore, syncBefore);
    } else if (bench.receivedJ !== receivedBefore) {
      throw new SafetyError(
        `${us} us: ${bench.receivedJ - receivedBefore} J left through the pads without a shock`,
      );
    }
    this.judgeEnergy(us);
  }

  private hearHost({ message, session }: Packet, us: Microseconds): void {
    if (session === 0 || session !== this.session) return;
    this.lastValidUs = us;
    if (message.type === 'charge' || message.type === 'selectEnergy') this.chargesAsked++;
    if (message.type === 'fire') this.permissions.push({ fire: message, atUs: us, session });
  }

  private hearBox(packet: Packet): void {
    const { message } = packet;
    if (message.type === 'welcome') {
      if (message.session !== this.session) {
        this.lastValidUs = this.box.bench.nowUs;
        // One step may hold a FIRE and the HELLO that ends its session: that session still counts in this step.
        this.permissions = this.permissions.filter((p) => p.session === this.session);
      }
      this.session = message.session;
    } else if (message.type === 'event' && EVENTS[message.code] === 'ready') {
      this.announced.set(message.armId, { energyDj: message.selectedDj, session: packet.session });
    } else if (message.type === 'event' && EVENTS[message.code] === 'rWave' && message.sync !== 0) {
      this.markerUs = message.tRUs;
    }
    this.onPacket(packet);
  }

  private judgeShock(us: Microseconds, count: number, deliveredJ: number, syncBefore: boolean): void {
    const { bench } = this.box;
    if (count !== 1) throw new SafetyError(`${us} us: ${count} shocks in one step`);
    const shot = bench.lastShot;
    if (shot === undefined) throw new SafetyError(`${us} us: a shock without a report`);
    const covering = this.permissions.filter((p) => this.covers(p, us, Math.round(shot.selectedJ * 10)));
    // Two FIREs may carry the same id when the first was not carried out; the one that acts at once explains this shock.
    const permission = covering.find(({ fire }) => fire.sync === 0) ?? covering.at(0);
    if (permission === undefined) throw new SafetyError(`${us} us: a shock that no FIRE permitted`);
    this.spent.add(permission.fire.armId);
    this.shocks++;
    const most = shot.selectedJ + Math.max(3, 0.15 * shot.selectedJ);
    if (deliveredJ > most)
      throw new SafetyError(`${us} us: ${deliveredJ} J delivered, ${shot.selectedJ} J selected`);
    if (bench.loadOhm === Infinity) throw new SafetyError(`${us} us: a shock into pads that are off`);
    const forbidding = bench.faults.filter((fault) => FAULT_RULES[fault].stopsEnergy);
    if (forbidding.length > 0)
      throw new SafetyError(`${us} us: a shock in spite of ${forbidding.join(', ')}`);
    if (permission.fire.sync !== 0) this.judgeSync(us, permission);
    else if (syncBefore && bench.syncOn)
      throw new SafetyError(`${us} us: an asynchronous shock while SYNC was on`);
  }

  private covers({ fire, atUs, session }: Permission, us: Microseconds, selectedDj: number): boolean {
    const armed = this.announced.get(fire.armId);
    const isArmed =
      armed?.energyDj === fire.energyDj && armed.session === session && !this.spent.has(fire.armId);
    const isInTime = us <= fire.validUntilUs && us - atUs <= (fire.sync === 0 ? 0 : fire.waitRMs * 1000);
    return isArmed && isInTime && fire.energyDj === selectedDj;
  }

  private judgeSync(us: Microseconds, { atUs }: Permission): void {
    this.syncShocks++;
    const rUs = this.nearestR(us);
    if (!isAround(us, rUs)) {
      if (this.box.bench.defects.includes('tAsR')) return this.judgeTakenT(us, atUs);
      throw new SafetyError(`${us} us: synchronized shock ${(us - rUs) / 1000} ms after R, expected -20..60`);
    }
    if (rUs + WINDOW_US.before < atUs)
      throw new SafetyError(`${us} us: synchronized shock on an R before FIRE`);
  }

  /** That a T passes for an R is the fault's doing; everything else is still the box's. */
  private judgeTakenT(us: Microseconds, firedUs: Microseconds): void {
    this.shocksOnT++;
    const { markerUs } = this;
    const afterUs = us - markerUs;
    if (!(afterUs >= 0 && afterUs <= WINDOW_US.after))
      throw new SafetyError(
        `${us} us: synchronized shock ${afterUs / 1000} ms after its marker, expected 0..60`,
      );
    if (markerUs <= firedUs) throw new SafetyError(`${us} us: synchronized shock on a marker before FIRE`);
    const wasR = markerUs - T_AFTER_R_US;
    // A marker names the foot of a steep R as well as its top.
    if (!(Math.abs(wasR - this.nearestR(wasR)) <= WINDOW_US.after))
      throw new SafetyError(
        `${us} us: synchronized shock on a marker that is neither R nor the T of the fault`,
      );
  }

  private judgeEnergy(us: Microseconds): void {
    const { bench } = this.box;
    const { dumpRelayOn, capacitorJ, state } = bench;
    // On the way to a lower charge the relay conducts, too; the dump time counts from the dump.
    const isDumping = dumpRelayOn && state !== 'charging';
    if (isDumping && !this.wasDumping) this.dumpingSinceUs = us;
    this.wasDumping = isDumping;
    if (!dumpRelayOn && us - this.lastValidUs > 1_050_000) {
      throw new SafetyError(
        `${us} us: relay off ${(us - this.lastValidUs) / 1000} ms after the last valid packet`,
      );
    }
    const isDumped = isDumping && us - this.dumpingSinceUs >= this.profile.dumpMs * 1000;
    if (isDumped && capacitorJ >= 1 && !bench.faults.includes('dumpFailed'))
      throw new SafetyError(`${us} us: ${capacitorJ} J left after the dump time`);
    const mayHold = ['charging', 'ready', 'awaitingR', 'delivering'].includes(state);
    if (!dumpRelayOn && !mayHold) throw new SafetyError(`${us} us: relay off in ${state}`);
    const forbidden = bench.faults.some((fault) => FAULT_RULES[fault].stopsEnergy);
    if (mayHold && state !== 'delivering' && forbidden) {
      throw new SafetyError(`${us} us: ${state} in spite of ${bench.faults.join(', ')}`);
    }
    if (mayHold && state !== 'delivering' && bench.loadOhm === Infinity)
      throw new SafetyError(`${us} us: ${state} with pads off`);
    if (capacitorJ < 1 && dumpRelayOn) this.chargesAtEmpty = this.chargesAsked;
    else if (this.chargesAsked === this.chargesAtEmpty && state !== 'dumping') {
      throw new SafetyError(`${us} us: ${capacitorJ} J in ${state}, and nobody asked for a charge`);
    }
  }
}

function isAround(us: Microseconds, rUs: Microseconds): boolean {
  return us - rUs >= -WINDOW_US.before && us - rUs <= WINDOW_US.after;
}
