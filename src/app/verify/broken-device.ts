/** A bench channel that breaks parts of the box first, and breaks them again whenever the box starts anew. */
import type { BenchAnswerOf, BenchRequest, BenchType } from '../../protocol/bench-messages.ts';
import type { BenchHands } from './stand.ts';

const NEW_BOX: readonly BenchType[] = ['setWave', 'loadRecord'];

export class BrokenDevice implements BenchHands {
  private readonly hands: BenchHands;
  private readonly faults: readonly string[];

  private constructor(hands: BenchHands, faults: readonly string[]) {
    this.hands = hands;
    this.faults = faults;
  }

  static async of(hands: BenchHands, faults: readonly string[]): Promise<BenchHands> {
    const device = new BrokenDevice(hands, faults);
    await device.breakAll();
    return device;
  }

  async ask<K extends BenchType>(request: Extract<BenchRequest, { do: K }>): Promise<BenchAnswerOf<K>> {
    const answer = await this.hands.ask<K>(request);
    if (NEW_BOX.includes(request.do)) await this.breakAll();
    return answer;
  }

  private async breakAll(): Promise<void> {
    for (const fault of this.faults) await this.hands.ask<'setFault'>({ do: 'setFault', fault, on: true });
  }
}
