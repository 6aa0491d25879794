/**
 * Rhythm analysis of the pads lead: beats, synchroniser triggers, and once a second an advice.
 *
 *   x --> QrsDetector --> beats, syncs (handed on)
 *     \-> AnalysisFront (250 Hz, 1-30 Hz) --> window of the last `windowS` seconds --> Decider --> advices
 *                                                             last three windows --> vote ------> decisions
 *
 * `advices` are what single windows say; `decisions` are what several agree on, and what an AED acts on. Both come every
 * `hopS` seconds, counted from `reset`; they do not depend on how the input was cut. Between hops nothing is allocated.
 * Cost: features of a window about 100 us, at 1-s hops 0.4 us a sample; filters and detector 0.06 us a sample.
 */
import type { Advice, Evidence } from '../core/advice.ts';
import type { Beat, Queue, RWave } from '../core/beat.ts';
import { assert } from '../core/errors.ts';
import type { Hertz, SampleIndex } from '../core/units.ts';
import { QrsDetector } from '../detect/index.ts';
import { AdviceQueue } from './advice-queue.ts';
import { BeatLog } from './beat-log.ts';
import { DECIDE, Decider, type DecideOptions, type Decision } from './decide.ts';
import { ANALYSIS_FS, AnalysisFront, emptyQuality, type Quality } from './front.ts';
import { modelFor } from './models.ts';
import type { ScoreModel } from './score.ts';
import { ballot, vote, VOTE, type VoteOptions } from './vote.ts';
import { AnalysisWindow } from './window.ts';

export interface RhythmAnalyserOptions {
  fs: Hertz;
  /** Seconds that one window looks at; one that a model was trained for. */
  windowS?: number;
  hopS?: number;
  vote?: VoteOptions;
  decide?: DecideOptions;
  /** For training: the weights under test. */
  model?: ScoreModel;
}

/** Seconds of a window. Three windows of 3 s are the 9 s that a commercial AED takes (ZOLL AED Plus manual). */
const WINDOW_S = 3;
/** Filters' delay between the beat's place and the window's, in 250-Hz samples: 1-30 Hz band-pass. */
const FRONT_DELAY = 5;

export class RhythmAnalyser {
  readonly fs: Hertz;
  readonly advices = new AdviceQueue();
  readonly decisions = new AdviceQueue();
  readonly window: AnalysisWindow;
  private readonly hop: number;
  private readonly span: number;
  private readonly windowS: number;
  private readonly hopS: number;
  private readonly detector: QrsDetector;
  private readonly front: AnalysisFront;
  private readonly log = new BeatLog();
  private readonly decider: Decider;
  private readonly voting: VoteOptions;
  private readonly piece: Float64Array;
  /** Quality of the last hops, newest last, and their sum. */
  private readonly hops: Quality[];
  private readonly total = emptyQuality();
  private ballots: number[] = [];
  private next: SampleIndex = 0;
  private start: SampleIndex = 0;
  private due: SampleIndex = 0;

  constructor(options: RhythmAnalyserOptions) {
    const { fs, windowS = WINDOW_S, hopS = 1, vote: voting = VOTE, decide = DECIDE } = options;
    assert(fs >= 100 && fs <= 5000, `fs: expected 100..5000 Hz, found ${fs}`);
    assert(hopS > 0 && windowS >= 1 && windowS <= 10, 'expected hopS > 0 and windowS 1..10');
    this.fs = fs;
    this.windowS = windowS;
    this.hopS = hopS;
    this.hop = Math.round(hopS * fs);
    this.span = Math.round(windowS * fs);
    this.voting = voting;
    this.window = new AnalysisWindow(ANALYSIS_FS, windowS);
    this.detector = new QrsDetector({ fs });
    this.front = new AnalysisFront(fs);
    this.decider = new Decider(options.model ?? modelFor(windowS), decide);
    this.piece = new Float64Array(this.hop);
    this.hops = Array.from({ length: Math.max(1, Math.round(windowS / hopS)) }, emptyQuality);
    this.reset();
  }

  /** Confirmed beats. Take them, or the oldest are lost. */
  get beats(): Queue<Beat> {
    return this.log;
  }

  get syncs(): Queue<RWave> {
    return this.detector.syncs;
  }

  /** n samples of the pads lead in mV; NaN where nothing could be measured. */
  process(x: Float64Array, n: number): void {
    for (let from = 0; from < n;) {
      const to = Math.min(n, from + this.due - this.next);
      const size = to - from;
      for (let i = 0; i < size; i++) this.piece[i] = x[from + i];
      this.detector.process(this.piece, size);
      this.front.process(this.piece, 0, size);
      this.log.drain(this.detector.beats);
      this.next += size;
      from = to;
      if (this.next === this.due) this.onHop();
    }
  }

  /** The signal ends here. Call `reset` before more samples. */
  flush(): void {
    this.detector.flush();
    this.log.drain(this.detector.beats);
  }

  /** As new; the next sample gets index `nextSample`. After a gap in the stream. */
  reset(nextSample: SampleIndex = 0): void {
    this.start = this.next = nextSample;
    this.due = nextSample + this.hop;
    this.detector.reset(nextSample);
    this.front.reset();
    this.log.reset();
    this.advices.clear();
    this.decisions.clear();
    this.ballots = [];
    for (const quality of this.hops) Object.assign(quality, emptyQuality());
  }

  private onHop(): void {
    this.due += this.hop;
    const oldest = this.hops.shift() ?? emptyQuality();
    this.front.takeQuality(oldest);
    this.hops.push(oldest);
    if (this.next - this.start < this.span) return;
    this.fillWindow();
    const decision = this.decider.decide(this.window, this.total);
    this.advices.put(this.adviceOf(decision, this.next - this.span));
    this.castVote(decision);
  }

  private fillWindow(): void {
    const { window, front, total } = this;
    const from = front.filtered.end - window.n;
    front.filtered.read(from, window.n, window.x);
    front.resonator.read(from, window.n, window.resonator);
    this.log.fill(window.beats, this.next - this.span, this.next, this.fs, FRONT_DELAY);
    window.refresh();
    Object.assign(total, emptyQuality());
    for (const q of this.hops) {
      total.samples += q.samples;
      total.holes += q.holes;
      total.still += q.still;
      total.stillLevel = Math.max(total.stillLevel, q.stillLevel);
      total.highEnergy += q.highEnergy;
      total.keptEnergy += q.keptEnergy;
    }
  }

  private castVote(decision: Decision): void {
    const { voting, windowS, hopS } = this;
    this.ballots.unshift(ballot(decision.verdict, decision.score, voting));
    const stride = Math.max(1, Math.round(windowS / hopS));
    this.ballots.length = Math.min(this.ballots.length, (voting.windows - 1) * stride + 1);
    const cast = this.ballots.filter((_, i) => i % stride === 0);
    const result = vote(cast, voting);
    const evidence: Evidence[] = cast.map((value, i) => ({ name: `vote.${i + 1}`, value, unit: '' }));
    const rhythm =
      result.verdict === decision.verdict || result.verdict === 'inconclusive' ? decision.rhythm : 'unknown';
    this.decisions.put(
      this.adviceOf(
        {
          verdict: result.verdict,
          rhythm,
          score: result.score,
          evidence: [...evidence, ...decision.evidence],
        },
        Math.max(this.start, this.next - this.span * Math.max(1, result.voters)),
      ),
    );
  }

  private adviceOf(decision: Decision, from: SampleIndex): Advice {
    return { from, to: this.next, decidedAt: this.next - 1, ...decision };
  }
}
