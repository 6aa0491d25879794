/**
 * The discharge and what is told of it: closes the bridge once, keeps the figures, reports when the pulse is over.
 *
 * Judges nothing; the therapy machine calls it in `delivering` only.
 */
import type { Microseconds } from '../src/core/units.ts';
import type { Chest } from './chest.ts';
import type { FrontEndFace } from './front-end.ts';
import type { HighVoltage, Shot } from './high-voltage.ts';
import type { Ledger } from './ledger.ts';
import type { EventFields, News } from './news.ts';

/** Peak voltage over peak current, against the impedance before: more than this is an arc [D]. */
const MOST_RISE = 1.5;

export interface DeliveryParts {
  highVoltage: HighVoltage;
  chest: Chest;
  frontEnd: FrontEndFace;
  ledger: Ledger;
  news: News;
}

export class Delivery {
  shocks = 0;
  lastShot: Shot | undefined;
  private readonly parts: DeliveryParts;
  private about = { armId: 0, sync: 0, tRUs: 0, tShockUs: 0, sample: 0 };

  constructor(parts: DeliveryParts) {
    this.parts = parts;
  }

  /** Through the chest, now; returns when the pulse is over. */
  shoot(us: Microseconds, selectedDj: number, armId: number, sync: number, tRUs: Microseconds): Microseconds {
    const { highVoltage, chest, frontEnd } = this.parts;
    const shot = highVoltage.shoot(us, selectedDj / 10, chest.measuredOhm, chest.pulseOhm);
    this.about = { armId, sync, tRUs, tShockUs: us, sample: frontEnd.position };
    this.lastShot = shot;
    this.shocks++;
    chest.receive(shot);
    frontEnd.overload();
    return us + Math.ceil(shot.durationMs * 1000);
  }

  /** False: the current met another resistance than the one that was measured before. */
  report(): boolean {
    const { ledger, news } = this.parts;
    const { lastShot } = this;
    if (lastShot === undefined) return true;
    const asMeasured = lastShot.peakV / lastShot.peakA < MOST_RISE * lastShot.impedanceOhm;
    const why = asMeasured ? 'none' : 'impedance';
    const { tShockUs, ...about } = this.about;
    const figures: Partial<EventFields> = {
      armId: about.armId,
      sync: about.sync,
      tRUs: about.tRUs,
      selectedDj: lastShot.selectedJ * 10,
      storedDj: lastShot.storedJ * 10,
      deliveredDj: lastShot.deliveredJ * 10,
      peakV: lastShot.peakV,
      peakDa: lastShot.peakA * 10,
      impedanceDohm: lastShot.impedanceOhm * 10,
      firstPhaseUs: lastShot.firstPhaseMs * 1000,
      secondPhaseUs: lastShot.secondPhaseMs * 1000,
      tiltPm: lastShot.tilt * 1000,
    };
    ledger.write(about.armId, 'delivered', why, { ...figures, tShockUs, sample: about.sample });
    news.event('shock', why, { ...figures, tUs: tShockUs, sample: about.sample });
    return asMeasured;
  }
}
