/**
 * From samples to windows: runs detector and front end, and hands over one filled window every hop.
 *
 *   x --> QrsDetector --> beats, syncs
 *     \-> AnalysisFront (250 Hz, 1-30 Hz) --> window of the last `windowS` seconds, every `hopS`
 *
 * The live analysis and the training both look through this. Between hops nothing is allocated.
 */
import type { Beat, Queue, RWave } from '../core/beat.ts';
import { assert } from '../core/errors.ts';
import type { Hertz, SampleIndex } from '../core/units.ts';
import { type DetectorProfile, type EcgInput, QrsDetector } from '../detect/index.ts';
import { BeatLog } from './beat-log.ts';
import { addQuality, ANALYSIS_FS, AnalysisFront, clearQuality, emptyQuality, type Quality } from './front.ts';
import { AnalysisWindow } from './window.ts';

export interface WindowFeedOptions {
  fs: Hertz;
  /** Seconds of a window; several lengths (training) are filled from one pass over the signal. */
  windowS: number | readonly number[];
  hopS: number;
  /** Of the beats: an adult's where it is left out. */
  profile?: DetectorProfile;
}

/** One length of window. */
interface Filled {
  window: AnalysisWindow;
  span: number;
  /** Hops that its quality is summed over. */
  hops: number;
}

/** From a beat's place in the signal to its place in the filtered window: the band-pass' delay, 250-Hz samples. */
const FRONT_DELAY = 5;

type OnWindow = (w: AnalysisWindow, quality: Quality, from: SampleIndex, to: SampleIndex) => void;

export class WindowFeed {
  readonly fs: Hertz;
  private readonly filled: readonly Filled[];
  private readonly hop: number;
  private readonly detector: QrsDetector;
  private readonly front: AnalysisFront;
  private readonly log = new BeatLog();
  private readonly piece: Float64Array;
  /** Quality of the last hops; the oldest is overwritten. */
  private readonly hops: Quality[];
  private hopsSeen = 0;
  private readonly total = emptyQuality();
  private readonly onWindow: OnWindow;
  private next: SampleIndex = 0;
  private start: SampleIndex = 0;
  private due: SampleIndex = 0;

  constructor({ fs, windowS, hopS, profile }: WindowFeedOptions, onWindow: OnWindow) {
    assert(fs >= 100 && fs <= 5000, `fs: expected 100..5000 Hz, found ${fs}`);
    const lengths = typeof windowS === 'number' ? [windowS] : windowS;
    assert(hopS > 0 && lengths.every((s) => s >= 1 && s <= 10), 'expected hopS > 0 and windowS 1..10');
    this.fs = fs;
    this.onWindow = onWindow;
    this.hop = Math.round(hopS * fs);
    this.filled = lengths.map((s) => {
      const hops = Math.max(1, Math.round(s / hopS));
      return { window: new AnalysisWindow(ANALYSIS_FS, s), span: Math.round(s * fs), hops };
    });
    this.detector = new QrsDetector({ fs, ...(profile === undefined ? {} : { profile }) });
    this.front = new AnalysisFront(fs);
    this.piece = new Float64Array(this.hop);
    const longest = Math.max(...this.filled.map((f) => f.hops));
    this.hops = Array.from({ length: longest }, emptyQuality);
    this.reset();
  }

  /** The (first) window, as it was filled last. */
  get window(): AnalysisWindow {
    return this.filled[0].window;
  }

  /** Samples that the (first) window spans, at `fs`. */
  get span(): number {
    return this.filled[0].span;
  }

  get beats(): Queue<Beat> {
    return this.log;
  }

  /** What the detector takes out of the signal first. */
  get input(): EcgInput {
    return this.detector.input;
  }

  get syncs(): Queue<RWave> {
    return this.detector.syncs;
  }

  process(x: Float64Array, n: number): void {
    for (let from = 0; from < n;) {
      const size = Math.min(n - from, this.due - this.next);
      for (let i = 0; i < size; i++) this.piece[i] = x[from + i];
      this.detector.process(this.piece, size);
      this.front.process(this.piece, 0, size);
      this.log.drain(this.detector.beats);
      this.next += size;
      from += size;
      if (this.next === this.due) this.endHop();
    }
  }

  flush(): void {
    this.detector.flush();
    this.log.drain(this.detector.beats);
  }

  reset(nextSample: SampleIndex = 0): void {
    this.start = this.next = nextSample;
    this.due = nextSample + this.hop;
    this.hopsSeen = 0;
    this.detector.reset(nextSample);
    this.front.reset();
    this.log.reset();
    for (const quality of this.hops) clearQuality(quality);
  }

  private endHop(): void {
    this.due += this.hop;
    this.front.takeQuality(this.hops[this.hopsSeen++ % this.hops.length]);
    for (let k = 0; k < this.filled.length; k++) {
      const { window, span, hops } = this.filled[k];
      const from = this.next - span;
      if (from < this.start) continue;
      this.fillWindow(window, from, hops);
      this.onWindow(window, this.total, from, this.next);
    }
  }

  private fillWindow(window: AnalysisWindow, from: SampleIndex, hops: number): void {
    const { front, total } = this;
    const at = front.filtered.end - window.n;
    front.filtered.read(at, window.n, window.x);
    front.resonator.read(at, window.n, window.resonator);
    this.log.fill(window.beats, from, this.next, this.fs, FRONT_DELAY);
    window.refresh();
    clearQuality(total);
    const held = this.hops.length;
    for (let k = 1; k <= hops; k++) addQuality(total, this.hops[(this.hopsSeen - k + held) % held]);
  }
}
