/**
 * Rhythm analysis of the pads lead: beats, synchroniser triggers, and once a second an advice.
 *
 *   x --> WindowFeed --> beats, syncs (handed on)
 *              \-> window of the last 5 s --> CompressionWatch --\
 *              \-> window of the last `windowS` seconds ------> Decider --> advices
 *                                     last three windows --> vote ---> decisions
 *
 * `advices` are what single windows say; `decisions` are what several agree on, and what an AED acts on. Both come every
 * `hopS` seconds, counted from `reset`; they do not depend on how the input was cut. Between hops nothing is allocated.
 */
import type { Evidence } from '../core/advice.ts';
import type { Beat, Queue, RWave } from '../core/beat.ts';
import type { Hertz, SampleIndex } from '../core/units.ts';
import type { DetectorProfile, EcgInput } from '../detect/index.ts';
import { AdviceQueue } from './advice-queue.ts';
import { type CompressionState, COMPRESSIONS_S, CompressionWatch } from './compressions.ts';
import { DECIDE, Decider, type DecideOptions, type Decision } from './decide.ts';
import { emptyWave } from './compression-wave.ts';
import { ANALYSIS_FS } from './front.ts';
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
  /** Of the beats: an adult's where it is left out. */
  profile?: DetectorProfile;
  /** Other weights than the committed ones. */
  model?: ScoreModel;
}

/** The channel has no wave to tell of. */
const CHANNEL = { source: 'channel', rest: emptyWave() } as const;

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
  private slowVT: boolean[] = [];
  private start: SampleIndex = 0;
  private readonly span: number;
  private readonly watch = new CompressionWatch({ fs: ANALYSIS_FS, n: COMPRESSIONS_S * ANALYSIS_FS });
  /** What a channel that measures the chest says; undefined while nobody knows better than the ECG. */
  private told: boolean | undefined;
  /** First sample after the compressions that the channel told of. */
  private toldUntil: SampleIndex = -1;
  private next: SampleIndex = 0;

  constructor(options: RhythmAnalyserOptions) {
    const { fs, windowS = WINDOW_S, hopS = HOP_S, vote: voting = VOTE, decide = DECIDE } = options;
    this.fs = fs;
    this.voting = voting;
    this.stride = Math.max(1, Math.round(windowS / hopS));
    this.decider = new Decider(options.model ?? modelFor(windowS), decide);
    this.span = Math.round(windowS * fs);
    const profile = options.profile === undefined ? {} : { profile: options.profile };
    const lengths = [COMPRESSIONS_S, windowS];
    this.feed = new WindowFeed({ fs, windowS: lengths, hopS, ...profile }, (w, quality, from, to) => {
      if (w === this.feed.window) {
        this.watch.update(w);
        return;
      }
      const decision = this.decider.decide(w, quality, this.compressionsSince(from));
      this.advices.put({ from, to, decidedAt: to - 1, ...decision });
      this.castVote(decision, to);
    });
  }

  /** Confirmed beats. Take them, or the oldest are lost. */
  get beats(): Queue<Beat> {
    return this.feed.beats;
  }

  /** What the detector takes out of the signal first. */
  get input(): EcgInput {
    return this.feed.input;
  }

  get syncs(): Queue<RWave> {
    return this.feed.syncs;
  }

  /** Chest compressions, as they are known now. */
  get compressions(): CompressionState {
    return this.told === undefined ? this.watch : { ...CHANNEL, going: this.told };
  }

  /**
   * The word of a channel that measures the chest (accelerometer, depth), from the next sample on; it goes before what the ECG
   * seems to show. undefined: there is no such channel.
   */
  tellCompressions(going: boolean | undefined): void {
    if (this.told === true) this.toldUntil = this.next;
    this.told = going;
  }

  /** n samples of the pads lead in mV; NaN where nothing could be measured. */
  process(x: Float64Array, n: number): void {
    this.feed.process(x, n);
    this.next += n;
  }

  /** The signal ends here. Call `reset` before more samples. */
  flush(): void {
    this.feed.flush();
  }

  /** As new; the next sample gets index `nextSample`. After a gap in the stream. */
  reset(nextSample: SampleIndex = 0): void {
    this.start = this.next = nextSample;
    this.watch.reset();
    this.told = undefined;
    this.toldUntil = -1;
    this.feed.reset(nextSample);
    this.advices.clear();
    this.decisions.clear();
    this.ballots = [];
    this.slowVT = [];
  }

  /** For a window that begins at `from`: a channel knows to the sample whether the chest was touched in it. */
  private compressionsSince(from: SampleIndex): CompressionState {
    if (this.told === undefined) return this.watch;
    return { ...CHANNEL, going: this.told || this.toldUntil > from };
  }

  private castVote(decision: Decision, to: SampleIndex): void {
    const { voting, stride } = this;
    this.ballots.unshift(ballot(decision.verdict, decision.score, voting));
    this.slowVT.unshift(decision.rhythm === 'slowVT');
    this.ballots.length = Math.min(this.ballots.length, (voting.windows - 1) * stride + 1);
    this.slowVT.length = this.ballots.length;
    const cast = this.ballots.filter((_, i) => i % stride === 0);
    const slow = this.slowVT.filter((_, i) => i % stride === 0);
    const { verdict, score, voters } = vote(cast, voting, slow);
    const evidence: Evidence[] = cast.map((value, i) => ({ name: `vote.${i + 1}`, value, unit: '' }));
    const overruled = verdict !== decision.verdict && verdict !== 'inconclusive';
    this.decisions.put({
      from: Math.max(this.start, to - this.span * Math.max(1, voters)),
      to,
      decidedAt: to - 1,
      verdict,
      rhythm: overruled ? 'unknown' : decision.rhythm,
      score,
      evidence: [...evidence, ...decision.evidence],
    });
  }
}
