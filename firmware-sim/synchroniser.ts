/**
 * The box's own R trigger. It looks at the samples that the front end took, asks no host, and is always running, so
 * that it knows the patient when SYNC is switched on.
 */
import type { RWave } from '../src/core/beat.ts';
import { emptyBeat, emptyRWave } from '../src/core/beat.ts';
import type { Hertz } from '../src/core/units.ts';
import { QrsDetector } from '../src/detect/qrs-detector.ts';

export class Synchroniser {
  on = false;
  private chosen = 0;
  private readonly detector: QrsDetector;
  private readonly beat = emptyBeat();
  private readonly trigger = emptyRWave();

  constructor(fs: Hertz) {
    this.detector = new QrsDetector({ fs });
  }

  get lead(): number {
    return this.chosen;
  }

  /** Another lead looks different: what was learnt from the old one is forgotten. */
  choose(lead: number, nextSample: number): void {
    if (lead === this.chosen) return;
    this.chosen = lead;
    this.detector.reset(nextSample);
  }

  /** Samples in mV, NaN where there was none; calls `onR` for each trigger. The object is reused. */
  process(mv: Float64Array, n: number, onR: (r: Readonly<RWave>) => void): void {
    this.detector.process(mv, n);
    while (this.detector.beats.take(this.beat));
    while (this.detector.syncs.take(this.trigger)) onR(this.trigger);
  }
}
