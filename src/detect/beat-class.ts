/**
 * What kind of beat it is: a small network on how wide, early and unlike the ruling shape it is.
 *
 * Sixteen numbers: ratios to what is usual, likeness to the ruling shape, sharpness (leap against span), prematurity
 * (this RR and the one before against the usual RR), and what this beat's shape was like before: how early and how
 * sharp its beats came on average. A shape that keeps coming early and blunt is ventricular. Weights: class-weights.ts.
 *
 * S is for beats of the ruling shape that come early by a rule that is plain rather than sharp: RR below 0.8 of the
 * usual where RR is steady. Q is for beats that could not be measured.
 */
import { type Candidates, SLOT_MASK } from './candidates.ts';
import { CLASS_WEIGHTS } from './class-weights.ts';
import type { Usual } from './usual.ts';
import { Network } from './network.ts';
import { SHAPES } from './shapes.ts';
import type { BeatClass } from '../core/beat.ts';

export const CLASS_FEATURES = 16;
const TINY = 1e-9;
/** Memory of a shape: about its last 16 beats. */
const GAIN = 1 / 16;
const EARLY_RR = 0.8;
const STEADY = 0.1;
const SAME_SHAPE = 0.9;

export class BeatClassifier {
  readonly f = new Float64Array(CLASS_FEATURES);
  readonly score = new Float64Array(1);
  private readonly network = new Network(CLASS_WEIGHTS);
  /** Per shape: mean RR ratio, mean sharpness ratio, mean width ratio. */
  private readonly early = new Float64Array(SHAPES);
  private readonly blunt = new Float64Array(SHAPES);
  private readonly broad = new Float64Array(SHAPES);
  private readonly seen = new Float64Array(SHAPES);
  private rrBefore = 1;
  private restless = 0;

  /** Measures beat k, which came `rr` low-rate samples (NaN: not known) after the one before; its shape is `shape` of `counts`. */
  measure(
    c: Candidates,
    k: number,
    usual: Usual,
    rr: Float64Array,
    shape: number,
    counts: Float64Array,
  ): void {
    const { f, early, blunt, broad } = this;
    const s = k & SLOT_MASK;
    const ratio = rr[0] > 0 ? Math.min(2, rr[0] / usual.rr.value) : 1;
    const sharp = Math.log((c.leap[s] + TINY) / (c.span[s] + TINY));
    const steepness = Math.log((c.steep[s] + TINY) / (65536 * c.span[s] + TINY));
    const width = Math.log((c.width[s] + TINY) / (usual.width.value + TINY));
    const relative = Math.log((c.leap[s] * usual.span.value + TINY) / (c.span[s] * usual.leap.value + TINY));
    f[0] = Math.log((c.energy[s] + TINY) / (usual.energy.value + TINY));
    f[1] = Math.log((c.steep[s] + TINY) / (usual.steep.value + TINY));
    f[2] = Math.log((c.span[s] + TINY) / (usual.span.value + TINY));
    f[3] = relative;
    f[4] = width;
    f[5] = sharp;
    f[6] = steepness;
    f[7] = c.alikeRuling[s];
    f[8] = c.alikeBest[s];
    f[9] = ratio;
    f[10] = this.rrBefore;
    f[11] = this.seen[shape] > 0 ? early[shape] : ratio;
    f[12] = this.seen[shape] > 0 ? blunt[shape] : relative;
    f[13] = this.seen[shape] > 0 ? broad[shape] : width;
    let all = TINY;
    for (let j = 0; j < SHAPES; j++) all += counts[j];
    f[14] = counts[shape] / all;
    f[15] = this.restless;
    this.remember(shape);
  }

  private remember(shape: number): void {
    const { f, early, blunt, broad, seen } = this;
    const gain = Math.max(GAIN, 1 / (seen[shape] + 1));
    early[shape] += gain * (f[9] - early[shape]);
    blunt[shape] += gain * (f[3] - blunt[shape]);
    broad[shape] += gain * (f[4] - broad[shape]);
    seen[shape]++;
    this.restless += (Math.min(0.5, Math.abs(f[9] - 1)) - this.restless) * GAIN;
    this.rrBefore = f[9];
  }

  /** A shape's place was taken by a new shape. */
  forget(shape: number): void {
    this.seen[shape] = this.early[shape] = this.blunt[shape] = this.broad[shape] = 0;
  }

  /** The class of the beat just measured. */
  judge(): BeatClass {
    const { f, score } = this;
    this.network.score(f, score, 0);
    if (score[0] > 0) return 'V';
    return f[9] < EARLY_RR && f[7] > SAME_SHAPE && this.restless < STEADY ? 'S' : 'N';
  }

  reset(): void {
    for (let k = 0; k < SHAPES; k++) this.forget(k);
    this.rrBefore = 1;
    this.restless = 0;
  }
}
