/**
 * The stage without samples and bytes: BeatPatient, BeatBox, packets by reference, Session without analysis. It jumps from
 * deadline to deadline (STYLE 6). Level `event`: what is proved is the machines, the interlock, the port and the session;
 * front end, detector, analysis and codec are level `signal`'s.
 *
 * In AED mode an analysis is played: once a second a decision about the last seconds of the rhythm, sometimes wrong.
 */
import { BeatBox } from '../../../firmware-sim/beat-box.ts';
import { profileByName } from '../../../firmware-sim/profiles/index.ts';
import { BeatPatient } from '../../../signals/patient/beat-patient.ts';
import type { Advice, Verdict } from '../../core/advice.ts';
import { firstDueFrom } from '../../core/periodic.ts';
import type { Rng } from '../../core/rng.ts';
import type { Microseconds } from '../../core/units.ts';
import type { FaultSpec } from '../../link/fault-spec.ts';
import { Session } from '../../session/session.ts';
import { PacketCable } from './packet-cable.ts';
import { quietEnd } from './quiet.ts';
import type { Play, Stage, StageOptions } from './stage.ts';
import { CPR_MS } from './stage.ts';
import { ROUND_TRIP_US } from './quiet.ts';

/** Decisions come so often, and each looks back so far. */
const ADVICE_US = 1_000_000;
const LOOKS_BACK_S = 4;
const SHOCKABLE = ['vf', 'vt'];

export class EventStage implements Stage {
  now: Microseconds = 0;
  readonly session: Session;
  private readonly box: BeatBox;
  private readonly patient: BeatPatient;
  private readonly rng: Rng;
  private readonly dice: Rng;
  private faults: FaultSpec = {};
  private readonly play: Play;
  private cable: PacketCable;
  private readonly leavesOut: boolean;
  /** The bench did something that the host may not know yet. */
  private newsAt: Microseconds | undefined;
  private plugs = 0;
  private actsAt: Microseconds = 0;
  private advisesAt: Microseconds = ADVICE_US;

  constructor({ rng, play, everyHeartbeat = false }: StageOptions) {
    this.leavesOut = !everyHeartbeat;
    this.rng = rng;
    this.play = play;
    this.dice = rng.fork('analysis');
    this.patient = new BeatPatient({ rng: rng.fork('patient') });
    this.cable = this.newCable();
    this.box = new BeatBox({
      profile: profileByName('als'),
      patient: this.patient,
      rng: rng.fork('box'),
      sink: (packet) => this.cable.fromBox(packet, this.now),
    });
    this.session = new Session({
      rng: rng.fork('session'),
      cprMs: CPR_MS,
      analyse: false,
      sendPacket: (packet) => this.cable.fromHost(packet, this.now),
    });
    this.session.onEvent = (event) => play.onEvent(event);
    this.session.opened(0);
  }

  get bench(): BeatBox['bench'] {
    return this.box.bench;
  }
  get linked(): boolean {
    return this.cable.open;
  }

  setRhythm(name: string): void {
    this.patient.advanceTo(this.now);
    this.patient.setRhythm(name);
  }

  setCable(faults: FaultSpec): void {
    this.faults = this.cable.faults = faults;
  }

  unplug(): void {
    if (!this.cable.open) return;
    this.cable.close();
    this.session.closed('closed here', this.now);
  }

  plug(): void {
    this.unplug();
    this.cable = this.newCable();
    this.session.opened(this.now);
  }

  run(endUs: Microseconds): void {
    const { box, session, play } = this;
    box.run(this.now);
    box.touched();
    this.newsAt = this.now;
    for (;;) {
      if (this.leavesOut) this.leaveOut(endUs);
      const sessionAt = session.deadline ?? Infinity;
      const next = Math.min(this.cable.nextUs, box.nextUs, sessionAt, this.actsAt, this.advisesAt);
      if (next > endUs) break;
      this.now = Math.max(next, this.now);
      this.happen(sessionAt);
      play.step(this.now);
    }
    this.now = endUs;
  }

  /** Everything that is due now, in the order of the other stage. */
  private happen(sessionAt: Microseconds): void {
    const { now, box, session } = this;
    if (this.cable.nextUs <= now) this.deliver();
    if (box.nextUs <= now) box.run(now);
    if (sessionAt <= now) session.poll(now);
    if (this.actsAt <= now) this.act();
    if (this.advisesAt <= now) this.advise();
  }

  private act(): void {
    const { now, box, play } = this;
    box.run(now);
    this.actsAt = play.act(now);
    box.touched();
    // What the bench did is known to the host with the next STATUS.
    this.newsAt = now;
  }

  /** Rounds of heartbeats that change nothing are not played. */
  private leaveOut(endUs: Microseconds): void {
    const { box, session, cable, now } = this;
    if (this.newsAt !== undefined || cable.nextUs !== Infinity || !cable.isGood || !cable.open) return;
    const adviceAt = session.panel.mode === 'aed' ? this.advisesAt : Infinity;
    const until = Math.min(endUs, this.actsAt, adviceAt, session.quietUntil(box.bench.state), box.quietUntil);
    const quiet = quietEnd(now, until, session, box);
    if (quiet === undefined) return;
    session.leaveOut(quiet.endUs, quiet.hostHeardAt);
    box.leaveOut(quiet.endUs, quiet.boxHeardAt);
    this.advisesAt = firstDueFrom(this.advisesAt, ADVICE_US, quiet.endUs);
    this.play.onQuiet(quiet.boxHeardAt);
    this.now = quiet.endUs;
  }

  private deliver(): void {
    const { now, box, session, play } = this;
    this.cable.deliver(
      now,
      (packet) => {
        play.onMessage(packet.message, now);
        box.hear(packet, now);
      },
      (packet) => {
        if (packet.message.type === 'status' && now - (this.newsAt ?? now) > ROUND_TRIP_US)
          this.newsAt = undefined;
        session.hear(packet, now);
      },
    );
  }

  private advise(): void {
    this.advisesAt = this.now + ADVICE_US;
    if (this.session.panel.mode !== 'aed') return;
    const to = Math.floor((this.now * (this.session.device?.fs ?? 0)) / 1e6);
    const from = to - LOOKS_BACK_S * (this.session.device?.fs ?? 0);
    this.session.advise(this.decision(from, to), this.now);
  }

  private decision(from: number, to: number): Advice {
    const truth: Verdict = SHOCKABLE.includes(this.patient.rhythm) ? 'shock' : 'noShock';
    const wrong: Verdict = this.dice.chance(1, 2) ? 'inconclusive' : truth === 'shock' ? 'noShock' : 'shock';
    const verdict = this.dice.chance(1, 10) ? wrong : truth;
    return { from, to, decidedAt: to, verdict, rhythm: 'unknown', score: NaN, evidence: [] };
  }

  private newCable(): PacketCable {
    return new PacketCable(this.faults, this.rng.fork(`cable ${this.plugs++}`));
  }
}
