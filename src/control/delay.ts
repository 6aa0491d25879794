/**
 * Why the analysis cannot say anything yet, from its newest decision: the word for the operator, and the prompt that says what
 * to do about it.
 *
 *   compressions   hands on the chest             motion         the patient or the cable moves
 *   interference   muscles, mains, radio          electrodes     not measured: a lead off, lost packets
 *   undecided      the windows do not agree yet
 */
import type { Advice, Verdict } from '../core/advice.ts';
import type { DelayReason } from '../core/session-events.ts';
import type { PromptName } from './prompts/index.ts';

export const DELAY_PROMPTS: Readonly<Record<DelayReason, PromptName>> = {
  compressions: 'compressions',
  motion: 'motion',
  interference: 'interference',
  electrodes: 'electrodes',
  undecided: 'inconclusive',
};

/** So many decisions in a row, then it is said. The first after a start have too few windows. */
export const UNCLEAR_IN_A_ROW: Readonly<Record<DelayReason, number>> = {
  compressions: 2,
  motion: 2,
  interference: 2,
  electrodes: 2,
  undecided: 4,
};

/** Motion must not keep a shock away for ever: after so many decisions (one a second) the analysis is believed again. */
const MOST_HELD = 8;

/** A decision for a shock while the baseline swings does not count yet. */
export class MotionHold {
  private held = 0;

  verdict(verdict: Verdict, moves: boolean): Verdict {
    if (!moves) this.held = 0;
    if (!moves || verdict !== 'shock' || this.held >= MOST_HELD) return verdict;
    this.held++;
    return 'inconclusive';
  }
}

/** Of an inconclusive decision; `moves`: the lead's baseline swings as no heart makes it. */
export function delayReason(
  { rhythm, evidence }: Pick<Advice, 'rhythm' | 'evidence'>,
  moves: boolean,
): DelayReason {
  if (rhythm === 'compressions') return 'compressions';
  if (rhythm === 'leadsOff') return 'electrodes';
  if (moves) return 'motion';
  if (rhythm !== 'noise') return 'undecided';
  // The amplifier stands at its end: something pulls at the electrodes. Else the noise gate closed.
  return evidence.some((e) => e.name === 'gate.noise') ? 'interference' : 'motion';
}
