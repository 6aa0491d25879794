/**
 * What became of each arm id: the box's memory for GET_RESULT, so that a host that missed the answer need not guess.
 */
import type { MessageOf, Outcome, Why } from '../src/protocol/messages.ts';
import { OUTCOMES, WHYS } from '../src/protocol/messages.ts';

export type Result = MessageOf<'result'>;
const REMEMBERED = 16;

export function unknownResult(armId: number): Result {
  return {
    type: 'result',
    armId,
    outcome: OUTCOMES.indexOf('unknown'),
    why: 0,
    sync: 0,
    selectedDj: 0,
    storedDj: 0,
    deliveredDj: 0,
    peakV: 0,
    peakDa: 0,
    impedanceDohm: 0,
    tRUs: 0,
    tShockUs: 0,
    sample: 0,
    firstPhaseUs: 0,
    secondPhaseUs: 0,
    tiltPm: 0,
  };
}

export class Ledger {
  private readonly results = new Map<number, Result>();

  of(armId: number): Result {
    return this.results.get(armId) ?? unknownResult(armId);
  }

  /** An outcome that is final stays. */
  write(armId: number, outcome: Outcome, why: Why, figures: Partial<Result> = {}): void {
    if (armId === 0) return;
    const known = this.of(armId);
    const final = known.outcome > OUTCOMES.indexOf('pending');
    if (final) return;
    this.results.delete(armId);
    const entry: Result = {
      ...known,
      ...figures,
      outcome: OUTCOMES.indexOf(outcome),
      why: WHYS.indexOf(why),
    };
    this.results.set(armId, entry);
    const [oldest] = this.results.keys();
    if (this.results.size > REMEMBERED) this.results.delete(oldest);
  }
}
