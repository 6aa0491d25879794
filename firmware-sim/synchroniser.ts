/**
 * The box's own R trigger. It looks at the samples that the front end took, asks no host, and is always running, so
 * that it knows the patient when SYNC is switched on.
 */
import type { RWave } from '../src/core/beat.ts';
import { emptyBeat, emptyRWave } from '../src/core/beat.ts';
import type { Hertz, SampleIndex } from '../src/core/units.ts';
import { msToSamples } from '../src/core/units.ts';
import { QrsDetector } from '../src/detect/qrs-detector.ts';

/** A gap this long, and the trigger learns afresh: the first samples after it are a step, not a heart. */
const GAP_MS = 100;

/** What the rest of the box sees of it. */
export type SynchroniserFace = Pick<Synchroniser, 'on' | 'lead' | 'choose' | 'forget'>;

/** Where a trigger that takes T for R finds it. */
const T_AFTER_R_MS = 280;

export class Synchroniser {
  on = false;
  /** Broken: finds nothing. */
  deaf = false;
  private chosen = 0;
  private readonly detector: QrsDetector;
  private readonly beat = emptyBeat();
  private readonly trigger = emptyRWave();
  private readonly gap: number;
  /** Samples in a row that could not be measured. */
  private missing = 0;
  private takesT = false;
  private readonly toT: number;
  private echoAt: SampleIndex = Infinity;

  constructor(fs: Hertz) {
    this.detector = new QrsDetector({ fs });
    this.gap = msToSamples(GAP_MS, fs);
    this.toT = msToSamples(T_AFTER_R_MS, fs);
  }

  get lead(): number {
    return this.chosen;
  }

  /** Another lead looks different: what was learnt from the old one is forgotten. */
  choose(lead: number, nextSample: SampleIndex): void {
    if (lead === this.chosen) return;
    this.chosen = lead;
    this.detector.reset(nextSample);
  }

  /** Learns afresh from the next sample on. */
  forget(nextSample: SampleIndex): void {
    this.detector.reset(nextSample);
  }

  /** Samples first..first+n-1 in mV, NaN where there was none; calls `onR` for each trigger. The object is reused. */
  process(mv: Float64Array, first: SampleIndex, n: number, onR: (r: Readonly<RWave>) => void): void {
    const from = this.skipGap(mv, first, n);
    if (from < n) this.detector.process(from === 0 ? mv : mv.subarray(from), n - from);
    while (this.detector.beats.take(this.beat));
    while (this.detector.syncs.take(this.trigger)) this.fire(this.trigger, onR);
    if (this.echoAt < first + n) this.echo(onR);
  }

  /** Broken: the T wave passes for an R, too. */
  takeT(on: boolean): void {
    this.takesT = on;
    this.echoAt = Infinity;
  }

  private fire(r: Readonly<RWave>, onR: (r: Readonly<RWave>) => void): void {
    if (this.deaf) return;
    onR(r);
    if (this.takesT) this.echoAt = r.sample + this.toT;
  }

  private echo(onR: (r: Readonly<RWave>) => void): void {
    const echo = { ...this.trigger, sample: this.echoAt, decidedAt: this.echoAt };
    this.echoAt = Infinity;
    onR(echo);
  }

  /** Index of the first sample to look at: after a long gap the detector starts anew behind it. */
  private skipGap(mv: Float64Array, first: SampleIndex, n: number): number {
    let from = 0;
    let { missing } = this;
    for (let i = 0; i < n; i++) {
      const x = mv[i];
      if (x !== x) {
        missing++;
      } else {
        if (missing >= this.gap) {
          from = i;
          this.detector.reset(first + i);
        }
        missing = 0;
      }
    }
    this.missing = missing;
    return missing >= this.gap && missing >= n ? n : from;
  }
}
