/**
 * The front end and the synchroniser of a box that is told its R waves: the same faces, and no samples behind them.
 *
 * Leads come off and amplifiers hang as in the real front end; what cannot be seen then is an R.
 */
import type { Microseconds, SampleIndex } from '../src/core/units.ts';
import type { FrontEndFace } from './front-end.ts';
import type { SynchroniserFace } from './synchroniser.ts';

/** As many as SimPatient has. */
const LEADS = ['pads', 'I', 'II', 'III'] as const;
/** After a shock: at the rail, then on the way back (front-end.ts). */
const BLIND_US: Microseconds = 2_400_000;
const BLANK_AFTER_US: Microseconds = 40_000;

export class BeatFrontEnd implements FrontEndFace {
  readonly fs = 250;
  readonly adcGain = 200;
  readonly leadNames: readonly string[] = LEADS;
  readonly ended = false;
  leadsOff = 0;
  /** Set by the box before anybody asks. */
  nowUs: Microseconds = 0;
  private blindUntilUs: Microseconds = 0;

  get position(): SampleIndex {
    return Math.floor((this.nowUs * this.fs) / 1e6);
  }

  isOff(lead: number): boolean {
    return (this.leadsOff & (1 << lead)) !== 0;
  }

  setOff(lead: number, off: boolean): void {
    this.leadsOff = off ? this.leadsOff | (1 << lead) : this.leadsOff & ~(1 << lead);
  }

  overload(): void {
    this.blindUntilUs = this.nowUs + BLIND_US;
  }

  blank(widthUs: Microseconds): void {
    this.blindUntilUs = Math.max(this.blindUntilUs, this.nowUs + widthUs + BLANK_AFTER_US);
  }

  /** An R at this time reaches the trigger. */
  sees(rUs: Microseconds, lead: number): boolean {
    return rUs > this.blindUntilUs && !this.isOff(lead);
  }
}

export class BeatSynchroniser implements SynchroniserFace {
  on = false;
  lead = 0;

  forget(): void {
    // Nothing is learnt from a heart that is told.
  }

  choose(lead: number): void {
    this.lead = lead;
  }
}
