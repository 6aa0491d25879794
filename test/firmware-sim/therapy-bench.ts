/** The therapy of a box on the bench: its parts, without port, packets or patient. Time passes when a test says so. */
import { BeatFrontEnd, BeatSynchroniser } from '../../firmware-sim/beat-front-end.ts';
import { Chest } from '../../firmware-sim/chest.ts';
import { Dose } from '../../firmware-sim/dose.ts';
import { FaultBoard } from '../../firmware-sim/fault-board.ts';
import { HighVoltage } from '../../firmware-sim/high-voltage.ts';
import { Interlock } from '../../firmware-sim/interlock.ts';
import { Ledger } from '../../firmware-sim/ledger.ts';
import type { EventFields } from '../../firmware-sim/news.ts';
import { Orders } from '../../firmware-sim/orders.ts';
import { als } from '../../firmware-sim/profiles/als.ts';
import type { Profile } from '../../firmware-sim/profiles/index.ts';
import { Therapy } from '../../firmware-sim/therapy.ts';
import { Rng } from '../../src/core/rng.ts';
import type { EventCode, MessageOf, Reply, Why } from '../../src/protocol/messages.ts';
import { OUTCOMES, WHYS } from '../../src/protocol/messages.ts';

export interface Told {
  code: EventCode;
  why: Why;
  fields: Partial<EventFields>;
}

export class TherapyBench {
  readonly told: Told[] = [];
  readonly body = { impedanceOhm: 50, shock: () => this.shocks++ };
  readonly chest = new Chest(this.body);
  readonly faults = new FaultBoard();
  readonly ledger = new Ledger();
  readonly synchroniser = new BeatSynchroniser();
  readonly frontEnd = new BeatFrontEnd();
  readonly highVoltage: HighVoltage;
  readonly therapy: Therapy;
  readonly orders: Orders;
  shocks = 0;
  now = 0;
  pacing = false;

  constructor(profile: Partial<Profile> = {}) {
    const model = { ...als, ...profile };
    this.highVoltage = new HighVoltage(model);
    const parts = {
      profile: model,
      highVoltage: this.highVoltage,
      interlock: new Interlock(new Rng('bench')),
      chest: this.chest,
      frontEnd: this.frontEnd,
      synchroniser: this.synchroniser,
      faults: this.faults,
      dose: new Dose(model),
      ledger: this.ledger,
      isPacing: () => this.pacing,
      news: {
        event: (code: EventCode, why: Why, fields: Partial<EventFields> = {}) =>
          void this.told.push({ code, why, fields }),
        stateChanged: () => undefined,
      },
    };
    this.therapy = new Therapy(parts);
    this.orders = new Orders(this.therapy, parts);
    this.therapy.boot(0);
  }

  /** Lets everything happen that is due by `us`. */
  runTo(us: number): this {
    for (let k = 0; this.therapy.nextUs <= us; k++) {
      if (k > 100) throw new Error(`time stands still in ${this.therapy.state} at ${this.now} us`);
      this.now = this.frontEnd.nowUs = Math.max(this.now, this.therapy.nextUs);
      this.therapy.run(this.now);
    }
    this.now = this.frontEnd.nowUs = us;
    return this;
  }

  wait(ms: number): this {
    return this.runTo(this.now + ms * 1000);
  }

  /** Runs until the next thing has happened. */
  next(): this {
    return this.runTo(this.therapy.nextUs);
  }

  standby(): this {
    return this.wait(500);
  }

  ready(energyJ = 200): this {
    this.standby();
    this.orders.charge(this.now, energyJ * 10);
    return this.next();
  }

  fire(fields: Partial<MessageOf<'fire'>> = {}): Reply {
    const { armId, chargeDj } = this.therapy;
    const validUntilUs = this.now + 60_000_000;
    const sync = this.synchroniser.on ? 1 : 0;
    const wish = { type: 'fire', armId, energyDj: chargeDj, sync, validUntilUs, waitRMs: 4000 } as const;
    return this.orders.fire(this.now, { ...wish, ...fields });
  }

  /** Charged, SYNC on, and a FIRE that waits for its R for 4 s. */
  waiting(): this {
    this.ready();
    this.orders.setSync(true, 0);
    this.fire();
    return this;
  }

  /** `aborted noRWave`: what GET_RESULT would say. */
  result(armId: number): string {
    const { outcome, why } = this.ledger.of(armId);
    return `${OUTCOMES[outcome]} ${WHYS[why]}`;
  }

  get news(): string[] {
    return this.told.map(({ code, why }) => `${code} ${why}`);
  }
}
