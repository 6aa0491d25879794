/**
 * The measuring half of a session: the pads lead goes in, beats, advice and the heart rate come out as events.
 *
 * Runs as far as the samples go; it knows no time but the sample count. A gap in the stream reaches it as NaN.
 */
import { RhythmAnalyser } from '../advisory/index.ts';
import type { Advice } from '../core/advice.ts';
import { emptyBeat, emptyRWave } from '../core/beat.ts';
import type { Hertz, SampleIndex } from '../core/units.ts';
import type { Told } from '../control/told.ts';
import { HeartRate } from '../detect/index.ts';

export interface PipelineOptions {
  fs: Hertz;
  /** The event belongs to `sample`. */
  onTold: (event: Told, sample: SampleIndex) => void;
  /** What several windows agreed on. */
  onDecision: (decision: Advice) => void;
}

export class Pipeline {
  private readonly options: PipelineOptions;
  private readonly analyser: RhythmAnalyser;
  private readonly rate: HeartRate;
  private readonly beat = emptyBeat();
  private readonly trigger = emptyRWave();
  private lastBeat: SampleIndex;
  private nextRateAt: SampleIndex = 0;
  private shownBpm = NaN;
  private decision: Advice | undefined;

  constructor(options: PipelineOptions, nextSample: SampleIndex = 0) {
    this.options = options;
    this.lastBeat = nextSample;
    this.analyser = new RhythmAnalyser({ fs: options.fs });
    this.analyser.reset(nextSample);
    this.rate = new HeartRate(options.fs);
  }

  /** Beats a minute; NaN when there is nothing to count. */
  get bpm(): number {
    return this.shownBpm;
  }
  /** Since the newest R wave, or since the start. */
  silenceS(now: SampleIndex): number {
    return (now - this.lastBeat) / this.options.fs;
  }
  get lastDecision(): Advice | undefined {
    return this.decision;
  }

  process(x: Float64Array, n: number, firstSample: SampleIndex): void {
    this.analyser.process(x, n);
    this.takeBeats();
    while (this.analyser.syncs.take(this.trigger));
    while (this.analyser.advices.take() !== undefined);
    this.takeDecisions();
    this.updateRate(firstSample + n);
  }

  private takeBeats(): void {
    const { beat } = this;
    while (this.analyser.beats.take(beat)) {
      this.rate.add(beat);
      this.lastBeat = beat.sample;
      const { decidedAt, beatClass, rrMs, late } = beat;
      this.options.onTold({ type: 'beat', decidedAt, beatClass, rrMs, late }, beat.sample);
    }
  }

  private takeDecisions(): void {
    const { fs } = this.options;
    for (let d = this.analyser.decisions.take(); d !== undefined; d = this.analyser.decisions.take()) {
      this.decision = d;
      const { verdict, rhythm, score, evidence } = d;
      const told: Told = {
        type: 'advice',
        from: d.from / fs,
        to: d.to / fs,
        verdict,
        rhythm,
        score,
        evidence,
      };
      this.options.onTold(told, d.decidedAt);
      this.options.onDecision(d);
    }
  }

  /** Once a second, when the shown number changes. */
  private updateRate(now: SampleIndex): void {
    if (now < this.nextRateAt) return;
    this.nextRateAt = now + this.options.fs;
    const bpm = Math.round(this.rate.bpm(now));
    if (Object.is(bpm, this.shownBpm)) return;
    this.shownBpm = bpm;
    this.options.onTold({ type: 'heartRate', bpm }, now);
  }
}
