/**
 * The shapes of QRS that this patient shows: up to four running averages, compared by correlation.
 *
 * A shape is the decimated signal within 90 ms of the middle, every second sample, without its mean and scaled to
 * length one, so likeness ignores amplitude and offset. The shape seen most often lately rules.
 * Cost: about 150 multiplications for one shape; the detector compares one shape per low-rate sample.
 */
import { type Hertz, msToSamples } from '../core/units.ts';

export const SHAPES = 4;
const REACH_MS = 90;
const LAG_MS = 17;
/** A beat less alike than this to every shape starts a new one. */
export const SAME = 0.8;
/** A new beat's share in the running average: the mean of about the last 8. */
const GAIN = 0.125;
/** Counts fade, so that the ruling shape is that of the last 50 beats or so. */
const FADE = 0.98;
/** A shape not seen again within 35 beats is forgotten. */
const RARE = 0.5;

export class Shapes {
  readonly count = new Float64Array(SHAPES);
  /** How large its beats are, peak to peak, mV: a running mean. */
  readonly span = new Float64Array(SHAPES);
  private readonly reach: number;
  private readonly lags: number;
  private readonly step: number;
  private readonly points: number;
  private readonly data: readonly Float64Array[];
  private readonly scratch: Float64Array;
  /** Results of the last `compare`. */
  alike = 0;
  lag = 0;

  constructor(fd: Hertz) {
    this.reach = msToSamples(REACH_MS, fd);
    this.lags = msToSamples(LAG_MS, fd);
    this.step = fd > 160 ? 2 : 1;
    this.points = Math.floor((2 * this.reach) / this.step) + 1;
    this.data = Array.from({ length: SHAPES }, () => new Float64Array(this.points));
    this.scratch = new Float64Array(this.points);
  }

  /** The shape seen most. */
  get ruling(): number {
    let best = 0;
    for (let k = 1; k < SHAPES; k++) if (this.count[k] > this.count[best]) best = k;
    return best;
  }

  /** Samples after the middle that `compare` looks at. */
  get lookAhead(): number {
    return this.reach + this.lags;
  }

  compare(shape: number, x: Float64Array, mask: number, at: number): void {
    const { reach, lags, step, points } = this;
    const t = this.data[shape];
    let best = -1;
    let bestLag = 0;
    if (this.count[shape] >= RARE)
      for (let lag = -lags; lag <= lags; lag++) {
        let dot = 0;
        let sum = 0;
        let square = 0;
        let from = at + lag - reach;
        for (let k = 0; k < points; k++, from += step) {
          const v = x[from & mask];
          dot += t[k] * v;
          sum += v;
          square += v * v;
        }
        const power = square - (sum * sum) / points;
        if (power > 0 && dot * Math.abs(dot) > best * Math.abs(best) * power) {
          best = dot / Math.sqrt(power);
          bestLag = lag;
        }
      }
    this.alike = best;
    this.lag = bestLag;
  }

  /** Share of a shape among all beats lately, 0..1. */
  share(shape: number, out: Float64Array, at: number): void {
    let all = 1;
    for (let k = 0; k < SHAPES; k++) all += this.count[k];
    out[at] = this.count[shape] / all;
  }

  /** Learns a beat; returns the shape it went to. */
  learn(
    shape: number,
    same: boolean,
    x: Float64Array,
    mask: number,
    at: number,
    spans: Float64Array,
    slot: number,
  ): number {
    for (let k = 0; k < SHAPES; k++) this.count[k] *= FADE;
    if (!this.cut(x, mask, at)) return shape;
    const into = same ? shape : this.rarest();
    const t = this.data[into];
    const gain = same ? Math.max(GAIN, 1 / (this.count[into] + 1)) : 1;
    let square = 0;
    for (let k = 0; k < this.points; k++) {
      t[k] += gain * (this.scratch[k] - t[k]);
      square += t[k] * t[k];
    }
    const scale = 1 / Math.sqrt(square);
    for (let k = 0; k < this.points; k++) t[k] *= scale;
    this.count[into] = same ? this.count[into] + 1 : 1;
    this.span[into] = same ? this.span[into] + gain * (spans[slot] - this.span[into]) : spans[slot];
    return into;
  }

  /** Fills `scratch` with the beat, without mean and of length one; false when it is flat. */
  private cut(x: Float64Array, mask: number, at: number): boolean {
    const { reach, step, points, scratch } = this;
    let sum = 0;
    for (let k = 0; k < points; k++) sum += scratch[k] = x[(at - reach + k * step) & mask];
    const mean = sum / points;
    let square = 0;
    for (let k = 0; k < points; k++) {
      scratch[k] -= mean;
      square += scratch[k] * scratch[k];
    }
    if (square < 1e-9) return false;
    const scale = 1 / Math.sqrt(square);
    for (let k = 0; k < points; k++) scratch[k] *= scale;
    return true;
  }

  private rarest(): number {
    let least = 0;
    for (let k = 1; k < SHAPES; k++) if (this.count[k] < this.count[least]) least = k;
    return least;
  }

  reset(): void {
    this.count.fill(0);
  }
}
