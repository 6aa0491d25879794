/**
 * What became of a FIRE. It is sent once; its end comes as an event, or is asked for with GET_RESULT until it is known. A
 * shock is told once, whichever of the two came first.
 */
import type { TherapyEvent } from '../control/therapy.ts';
import type { Microseconds, SampleIndex } from '../core/units.ts';
import type { MessageOf } from '../protocol/messages.ts';
import { resultEvent } from './box-news.ts';
import type { Ground } from './ground.ts';

/** After FIRE, and between two questions. */
const ASK_RESULT_MS = 300;

export class FiredShock {
  private readonly ground: Ground;
  private readonly toOurs: (sample: SampleIndex) => SampleIndex | undefined;
  /** When to ask what became of the fired arm id. */
  private askAt: Microseconds = Infinity;
  private openArmId = 0;
  private toldArmId = 0;

  constructor(ground: Ground, toOurs: (sample: SampleIndex) => SampleIndex | undefined) {
    this.ground = ground;
    this.toOurs = toOurs;
  }

  get deadline(): Microseconds {
    return this.askAt;
  }

  /** A FIRE leaves; it is good for so long. */
  fired(armId: number, goodMs: number, now: Microseconds): void {
    this.openArmId = armId;
    this.askAt = now + (goodMs + ASK_RESULT_MS) * 1000;
  }

  /** Nobody answered, or a new session has begun: ask at once. */
  askSoon(): void {
    if (this.openArmId !== 0) this.askAt = this.ground.now();
  }

  linkLost(): void {
    this.askAt = Infinity;
  }

  poll(now: Microseconds, linkIsThere: boolean): void {
    if (now < this.askAt) return;
    this.askAt = Infinity;
    if (this.openArmId === 0 || !linkIsThere) return;
    this.askAt = now + ASK_RESULT_MS * 1000;
    this.ground.commands.push({ type: 'getResult', armId: this.openArmId }, now);
  }

  result(result: MessageOf<'result'>): void {
    this.ground.commands.answered('getResult', this.ground.now());
    if (result.armId !== this.openArmId) return;
    const heard = resultEvent(result);
    if (heard !== undefined) this.resolve(heard, result.armId, result.sample || undefined);
  }

  /** News about energy, of this arm id or of none. `sample` is the box's. */
  resolve(heard: TherapyEvent, armId: number, sample?: SampleIndex): void {
    if (heard.type === 'delivered') {
      if (armId === this.toldArmId) return;
      this.toldArmId = armId;
    }
    const isEnd = heard.type === 'delivered' || heard.type === 'aborted' || heard.type === 'withdrawn';
    if (isEnd && armId === this.openArmId) {
      this.openArmId = 0;
      this.askAt = Infinity;
    }
    const { treatment, during, now } = this.ground;
    during(sample === undefined ? undefined : this.toOurs(sample), () => treatment.hear(heard, now()));
  }
}
