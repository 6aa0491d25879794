/**
 * The schedule of complexes that all leads and the pulse share, and their sum as Gaussians.
 *
 *   v(t) = sum of a_i exp(-(t - t_i)^2 / 2 s_i^2), each cut off at 4.5 s_i (0.004 % of its peak)
 *
 * A fixed pool: nothing is allocated after the constructor. A sample's value does not depend on the block it is
 * rendered in. Cost: one exp per sample and Gaussian in reach, about 3 on average at 75/min.
 */
import { assert } from '../../src/core/errors.ts';
import type { BeatClass } from '../../src/core/beat.ts';
import type { Hertz, SampleIndex } from '../../src/core/units.ts';
import type { Template } from './templates.ts';

const POOL = 96;
const REACH = 4.5;

/** Ventricular activations carry their truth; P and T waves do not. */
export interface BeatTruth {
  /** Time of the template's origin: the R peak. */
  tS: number;
  beatClass: BeatClass;
  /** Stroke volume against a normal beat. */
  ejection: number;
}

interface Entry {
  template: Template;
  tS: number;
  scale: number;
  stretch: number;
  beginS: number;
  endS: number;
  beatClass: BeatClass | undefined;
  ejection: number;
  told: boolean;
}

const NOTHING: Template = { name: '', waves: [] };

export class Complexes {
  /** Called when a ventricular activation's time is reached, in order of time. The object is reused. */
  onBeat: (beat: Readonly<BeatTruth>) => void = () => undefined;
  private readonly pool: Entry[];
  private used = 0;
  private readonly truth: BeatTruth = { tS: 0, beatClass: 'N', ejection: 0 };

  constructor() {
    this.pool = Array.from({ length: POOL }, () => ({
      template: NOTHING,
      tS: 0,
      scale: 0,
      stretch: 1,
      beginS: 0,
      endS: 0,
      beatClass: undefined,
      ejection: 0,
      told: true,
    }));
  }

  /** A wave without a beat of its own: P, T, U. `stretch` scales its times. */
  wave(template: Template, tS: number, scale = 1, stretch = 1): void {
    this.put(template, tS, scale, stretch, undefined, 0);
  }

  /** A ventricular activation with its R at tS. */
  beat(template: Template, tS: number, beatClass: BeatClass, ejection: number, scale = 1, stretch = 1): void {
    this.put(template, tS, scale, stretch, beatClass, ejection);
  }

  private put(
    template: Template,
    tS: number,
    scale: number,
    stretch: number,
    beatClass: BeatClass | undefined,
    ejection: number,
  ): void {
    assert(this.used < POOL, 'too many complexes at once');
    const e = this.pool[this.used++];
    e.template = template;
    e.tS = tS;
    e.scale = scale;
    e.stretch = stretch;
    e.beatClass = beatClass;
    e.ejection = ejection;
    e.told = beatClass === undefined;
    e.beginS = tS;
    e.endS = tS;
    for (const w of template.waves) {
      e.beginS = Math.min(e.beginS, tS + ((w.atMs - REACH * w.sigmaMs) / 1000) * stretch);
      e.endS = Math.max(e.endS, tS + ((w.atMs + REACH * w.sigmaMs) / 1000) * stretch);
    }
  }

  /** Takes everything off the schedule that has not begun at tS. */
  cancelAfter(tS: number): void {
    this.keep((e) => e.beginS <= tS);
  }

  /** The ventricles cannot be activated up to toS: beats that have not begun at tS fall out with their T waves. */
  cancelBeats(tS: number, toS: number): void {
    this.keep((e) => e.template.atrial === true || e.beginS <= tS || e.tS > toS);
  }

  private keep(wanted: (e: Entry) => boolean): void {
    let kept = 0;
    for (let i = 0; i < this.used; i++) {
      if (wanted(this.pool[i])) this.swap(kept++, i);
    }
    this.used = kept;
  }

  private swap(i: number, k: number): void {
    const e = this.pool[i];
    this.pool[i] = this.pool[k];
    this.pool[k] = e;
  }

  /** Tells the beats up to tS. */
  advance(tS: number): void {
    for (let i = 0; i < this.used; i++) {
      const e = this.pool[i];
      if (!e.told && e.tS <= tS) this.tell(e);
    }
  }

  /** R of the scheduled beat that is nearest to tS; NaN where there is none. */
  nearestBeat(tS: number): number {
    let nearest = NaN;
    for (let i = 0; i < this.used; i++) {
      const e = this.pool[i];
      if (e.beatClass === undefined) continue;
      if (!(Math.abs(e.tS - tS) >= Math.abs(nearest - tS))) nearest = e.tS;
    }
    return nearest;
  }

  /** Forgets what is over at tS. */
  forget(tS: number): void {
    let kept = 0;
    for (let i = 0; i < this.used; i++) {
      if (this.pool[i].endS >= tS || !this.pool[i].told) this.swap(kept++, i);
    }
    this.used = kept;
  }

  private tell(e: Entry): void {
    e.told = true;
    this.truth.tS = e.tS;
    this.truth.beatClass = e.beatClass ?? 'Q';
    this.truth.ejection = e.ejection;
    this.onBeat(this.truth);
  }

  /** Adds samples first..first+n-1 to x and y. */
  add(first: SampleIndex, fs: Hertz, x: Float64Array, y: Float64Array, n: number): void {
    for (let k = 0; k < this.used; k++) {
      const { template, tS, scale, stretch } = this.pool[k];
      for (let g = 0; g < template.waves.length; g++) {
        const w = template.waves[g];
        const centreS = tS + (w.atMs / 1000) * stretch;
        const sigmaS = (w.sigmaMs / 1000) * stretch;
        const from = Math.max(first, Math.ceil((centreS - REACH * sigmaS) * fs));
        const to = Math.min(first + n - 1, Math.floor((centreS + REACH * sigmaS) * fs));
        if (from > to) continue;
        const angle = (w.angleDeg * Math.PI) / 180;
        const ax = scale * w.mv * Math.cos(angle);
        const ay = scale * w.mv * Math.sin(angle);
        const narrow = -1 / (2 * sigmaS * sigmaS);
        for (let s = from; s <= to; s++) {
          const d = s / fs - centreS;
          const g = Math.exp(d * d * narrow);
          x[s - first] += ax * g;
          y[s - first] += ay * g;
        }
      }
    }
  }
}
