/**
 * Rhythm analysis of the pads lead: beats, synchroniser triggers, and once a second an advice.
 *
 *   x --> WindowFeed --> beats, syncs (handed on)
 *              \-> window of the last `windowS` seconds --> Decider --> advices
 *                                     last three windows --> vote ---> decisions
 *
 * `advices` are what single windows say; `decisions` are what several agree on, and what an AED acts on. Both come every
 * `hopS` seconds, counted from `reset`; they do not depend on how the input was cut. Between hops nothing is allocated.
 */
import type { Evidence } from '../core/advice.ts';
import type { Beat, Queue, RWave } from '../core/beat.ts';
import type { Hertz, SampleIndex } from '../core/units.ts';
import { AdviceQueue } from './advice-queue.ts';
import { DECIDE, Decider, type DecideOptions, type Decision } from './decide.ts';
import { modelFor } from './models.ts';
import type { ScoreModel } from './score.ts';
import { ballot, vote, VOTE, type VoteOptions } from './vote.ts';
import { WindowFeed } from './window-feed.ts';

export interface RhythmAnalyserOptions {
  fs: Hertz;
  /** Seconds that one window looks at; one of MODEL_WINDOWS. */
  windowS?: number;
  hopS?: number;
  vote?: VoteOptions;
  decide?: DecideOptions;
  /** Other weights than the committed ones. */
  model?: ScoreModel;
}

/** Seconds of a window. Three windows of 3 s are the 9 s that a commercial AED takes (ZOLL AED Plus manual). */
export const WINDOW_S = 3;
export const HOP_S = 1;

export class RhythmAnalyser {
  readonly fs: Hertz;
  readonly advices = new AdviceQueue();
  readonly decisions = new AdviceQueue();
  private readonly feed: WindowFeed;
  private readonly decider: Decider;
  private readonly voting: VoteOptions;
  /** Hops from one ballot that is counted to the next: windows in a vote do not overlap. */
  private readonly stride: number;
  /** Newest first. */
  private ballots: number[] = [];
  private start: SampleIndex = 0;

  constructor(options: RhythmAnalyserOptions) {
    const { fs, windowS = WINDOW_S, hopS = HOP_S, vote: voting = VOTE, decide = DECIDE } = options;
    this.fs = fs;
    this.voting = voting;
    this.stride = Math.max(1, Math.round(windowS / hopS));
    this.decider = new Decider(options.model ?? modelFor(windowS), decide);
    this.feed = new WindowFeed({ fs, windowS, hopS }, (w, quality, from, to) => {
      const decision = this.decider.decide(w, quality);
      this.advices.put({ from, to, decidedAt: to - 1, ...decision });
      this.castVote(decision, to);
    });
  }

  /** Confirmed beats. Take them, or the oldest are lost. */
  get beats(): Queue<Beat> {
    return this.feed.beats;
  }

  get syncs(): Queue<RWave> {
    return this.feed.syncs;
  }

  /** n samples of the pads lead in mV; NaN where nothing could be measured. */
  process(x: Float64Array, n: number): void {
    this.feed.process(x, n);
  }

  /** The signal ends here. Call `reset` before more samples. */
  flush(): void {
    this.feed.flush();
  }

  /** As new; the next sample gets index `nextSample`. After a gap in the stream. */
  reset(nextSample: SampleIndex = 0): void {
    this.start = nextSample;
    this.feed.reset(nextSample);
    this.advices.clear();
    this.decisions.clear();
    this.ballots = [];
  }

  private castVote(decision: Decision, to: SampleIndex): void {
    const { voting, stride } = this;
    this.ballots.unshift(ballot(decision.verdict, decision.score, voting));
    this.ballots.length = Math.min(this.ballots.length, (voting.windows - 1) * stride + 1);
    const cast = this.ballots.filter((_, i) => i % stride === 0);
    const { verdict, score, voters } = vote(cast, voting);
    const evidence: Evidence[] = cast.map((value, i) => ({ name: `vote.${i + 1}`, value, unit: '' }));
    const overruled = verdict !== decision.verdict && verdict !== 'inconclusive';
    this.decisions.put({
      from: Math.max(this.start, to - this.feed.span * Math.max(1, voters)),
      to,
      decidedAt: to - 1,
      verdict,
      rhythm: overruled ? 'unknown' : decision.rhythm,
      score,
      evidence: [...evidence, ...decision.evidence],
    });
  }
}
