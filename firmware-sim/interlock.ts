/**
 * The box's own say about energy: the arm id and the check of a FIRE.
 *
 * An arm id is random, belongs to one charge and is good for one FIRE, right or wrong: the first FIRE that names it
 * burns it. Which FIREs pass is the list in `judge`, read from top to bottom; the host is not asked for its opinion.
 */
import type { Rng } from '../src/core/rng.ts';
import type { Microseconds } from '../src/core/units.ts';
import type { BoxState, MessageOf, Reply } from '../src/protocol/messages.ts';

/** What the box knows at the moment of a FIRE. */
export interface Circumstances {
  nowUs: Microseconds;
  state: BoxState;
  /** The energy that the capacitor was charged for. */
  energyDj: number;
  syncOn: boolean;
  syncLeadOff: boolean;
  padsOn: boolean;
  impedanceInRange: boolean;
  pacing: boolean;
  faultFree: boolean;
}

const REMEMBERED = 16;

export class Interlock {
  private readonly rng: Rng;
  private current = 0;
  private readonly used: number[] = [];

  constructor(rng: Rng) {
    this.rng = rng;
  }

  /** 0 when nothing is armed. */
  get armId(): number {
    return this.current;
  }

  /** A fresh id; the one before is burnt. */
  arm(): number {
    this.burn();
    let id = 0;
    while (id === 0 || this.used.includes(id)) id = this.rng.u32();
    this.current = id;
    return id;
  }

  burn(): void {
    if (this.current === 0) return;
    this.used.push(this.current);
    if (this.used.length > REMEMBERED) this.used.shift();
    this.current = 0;
  }

  /** 'ok' permits one delivery. Whatever the answer, an id that was named rightly is burnt now. */
  judge(fire: MessageOf<'fire'>, box: Circumstances): Reply {
    if (box.state !== 'ready') return 'badState';
    if (fire.armId === 0 || fire.armId !== this.current) {
      return this.used.includes(fire.armId) ? 'expired' : 'unknownArmId';
    }
    this.burn();
    if (fire.energyDj !== box.energyDj) return 'badParam';
    if (box.nowUs > fire.validUntilUs) return 'expired';
    if ((fire.sync !== 0) !== box.syncOn) return 'badParam';
    if (box.syncOn && fire.waitRMs === 0) return 'badParam';
    if (!box.padsOn || (box.syncOn && box.syncLeadOff)) return 'leadsOff';
    if (!box.impedanceInRange || box.pacing || !box.faultFree) return 'interlock';
    return 'ok';
  }
}
