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
import { BaselineMotion, type DetectorProfile, HeartRate, type SignalRange } from '../detect/index.ts';
import { LeadWatch } from './lead-watch.ts';

export interface PipelineOptions {
  fs: Hertz;
  /** Of the front end: what lies at its ends is saturated. */
  range?: SignalRange;
  /** How soon this patient's heart can beat again. */
  profile?: DetectorProfile;
  /** A pacing pulse is there: no beat. */
  hides?: (sample: SampleIndex) => boolean;
  /** The event belongs to `sample`. */
  onTold: (event: Told, sample: SampleIndex) => void;
  /** What several windows agreed on. */
  onDecision: (decision: Advice) => void;
}

export class Pipeline {
  private readonly options: PipelineOptions;
  private readonly analyser: RhythmAnalyser;
  private readonly rate: HeartRate;
  private readonly lead: LeadWatch;
  private readonly motion: BaselineMotion;
  private readonly beat = emptyBeat();
  private readonly trigger = emptyRWave();
  private lastBeat: SampleIndex;
  private nextRateAt: SampleIndex = 0;
  private shownBpm = NaN;
  private decision: Advice | undefined;

  constructor(options: PipelineOptions, nextSample: SampleIndex = 0) {
    this.options = options;
    this.lastBeat = nextSample;
    const { profile } = options;
    this.analyser = new RhythmAnalyser({ fs: options.fs, ...(profile === undefined ? {} : { profile }) });
    this.analyser.reset(nextSample);
    this.rate = new HeartRate(options.fs);
    this.motion = new BaselineMotion(options.fs);
    this.lead = new LeadWatch(options.fs, options.range, options.onTold);
  }

  /** Beats a minute; NaN when there is nothing to count. */
  get bpm(): number {
    return this.shownBpm;
  }
  /** Since the newest R wave, or since the lead could be seen again, or since the start. */
  silenceS(now: SampleIndex): number {
    return (now - Math.max(this.lastBeat, this.lead.lastBlind)) / this.options.fs;
  }
  /** The lead is off or saturated: nothing is known of the heart. */
  get isBlind(): boolean {
    return this.lead.isBlind;
  }
  get lastDecision(): Advice | undefined {
    return this.decision;
  }

  /** The baseline swings as no heart makes it. */
  get moves(): boolean {
    return this.motion.moves;
  }

  process(x: Float64Array, n: number, firstSample: SampleIndex): void {
    this.motion.process(x, n);
    this.analyser.process(x, n);
    this.lead.process(x, n, firstSample, this.analyser.input);
    this.takeBeats();
    while (this.analyser.syncs.take(this.trigger));
    while (this.analyser.advices.take() !== undefined);
    this.takeDecisions();
    this.updateRate(firstSample + n);
  }

  /** What a sensor on the chest says; undefined: there is none, and the ECG is asked. */
  chest(isCompressed: boolean | undefined): void {
    this.analyser.tellCompressions(isCompressed);
  }

  /** What the box says of this lead's electrodes, at the newest sample. */
  electrodes(areOff: boolean, sample: SampleIndex): void {
    this.lead.electrodes(areOff, sample);
  }

  private takeBeats(): void {
    const { beat } = this;
    while (this.analyser.beats.take(beat)) {
      if (this.options.hides?.(beat.sample) === true) continue;
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
    // a rate that cannot be measured goes at once, and what was counted before does not come back
    if (this.isBlind) this.rate.reset();
    if (now < this.nextRateAt && !(this.isBlind && this.shownBpm === this.shownBpm)) return;
    this.nextRateAt = now + this.options.fs;
    const bpm = Math.round(this.rate.bpm(now));
    if (Object.is(bpm, this.shownBpm)) return;
    this.shownBpm = bpm;
    this.options.onTold({ type: 'heartRate', bpm }, now);
  }
}
