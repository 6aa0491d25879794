/**
 * What a black box holds, in the order in which it was told: a header, events, and pieces of waveform around the events that matter.
 *
 * Everything stands on one clock: `sample` counts the samples of the stream, `t` is the same in seconds.
 */
import type { SessionEvent } from '../core/session-events.ts';
import type { Hertz, SampleIndex } from '../core/units.ts';

/** Begins a run. A file that is used again holds several. */
export interface RunHeader {
  type: 'run';
  /** Version of the format. */
  blackBox: 1;
  version: string;
  /** Same seed, same run. */
  seed: string;
  source: string;
  /** Wall clock at the start (ISO 8601); left out where time is simulated. */
  startedAt?: string;
}

/** A piece of the signal as the box sent it. */
export interface WavePiece {
  type: 'wave';
  sample: SampleIndex;
  fs: Hertz;
  leads: readonly { name: string; mv: Float32Array }[];
}

/** The writer stopped in good order. Without it the run was cut: a kill, no power. */
export interface RunEnd {
  type: 'end';
  t: number;
  sample: SampleIndex;
}

export type LogRecord = RunHeader | SessionEvent | WavePiece | RunEnd;

/** Kept of the signal around an event (LIFEPAK 15: shock 3 s before, 5 s after; facts 3a [S]). */
export const STRIP_BEFORE_S = 3;
export const STRIP_AFTER_S = 5;

/** Events with a strip. */
export class StripChooser {
  private verdict = '';

  /** Asked once for each event, in order. */
  wants(event: SessionEvent): boolean {
    switch (event.type) {
      case 'shock':
      case 'aborted':
      case 'pacing':
        return true;
      case 'alarm':
        return event.state === 'on' && event.priority === 'high';
      case 'advice':
        return this.isNews(event.verdict);
      default:
        return false;
    }
  }

  /** The first decision (the initial rhythm), then those that change the verdict. */
  private isNews(verdict: string): boolean {
    if (verdict === 'inconclusive' || verdict === this.verdict) return false;
    this.verdict = verdict;
    return true;
  }
}
