/**
 * The shapes of QRS that this patient shows: up to four running averages, compared by correlation.
 *
 * A shape is the decimated signal within 90 ms of the middle, every second sample, without its mean and scaled to
 * length one, so likeness ignores amplitude and offset. The shape seen most often lately rules.
 * Cost: about 120 multiplications for one shape; the detector compares one shape per low-rate sample.
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
  private readonly seen: Float64Array;
  private readonly powers: Float64Array;
  private readonly dots: Float64Array;
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
    this.seen = new Float64Array(2 * (this.reach + this.lags) + 1 + this.step); // one step more than is compared
    this.dots = new Float64Array(2 * this.lags + 1);
    this.powers = new Float64Array(2 * this.lags + 1);
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

  /** Takes the signal around `at` for the comparisons that follow: its mean and length at every lag. */
  look(x: Float64Array, mask: number, at: number): void {
    const { reach, lags, step, points, seen, powers } = this;
    const from = at - reach - lags;
    const n = seen.length - step;
    for (let k = 0; k < n; k++) seen[k] = x[(from + k) & mask];
    for (let first = 0; first < step; first++) {
      let sum = 0;
      let square = 0;
      for (let k = 0, i = first; k < points; k++, i += step) {
        sum += seen[i];
        square += seen[i] * seen[i];
      }
      for (let lag = first; lag <= 2 * lags; lag += step) {
        powers[lag] = square - (sum * sum) / points;
        // the window moves on by one point
        const out = seen[lag];
        const into = seen[lag + step * points];
        sum += into - out;
        square += into * into - out * out;
      }
    }
  }

  /** How alike what was looked at is to a shape: -1..1, and at which lag. */
  compare(shape: number): void {
    const { lags, dots, powers } = this;
    let best = -1;
    let bestLag = 0;
    if (this.count[shape] >= RARE) {
      this.correlate(this.data[shape]);
      for (let lag = 0; lag <= 2 * lags; lag++) {
        const dot = dots[lag];
        const power = powers[lag];
        if (power > 0 && dot * Math.abs(dot) > best * Math.abs(best) * power) {
          best = dot / Math.sqrt(power);
          bestLag = lag - lags;
        }
      }
    }
    this.alike = best;
    this.lag = bestLag;
  }

  /** Fills `dots`, four lags at a time: none waits for another (measured). */
  private correlate(t: Float64Array): void {
    const { step, points, seen, dots } = this;
    for (let lag = 0; lag < dots.length; lag += 4) {
      const first = Math.min(lag, dots.length - 4);
      let d0 = 0;
      let d1 = 0;
      let d2 = 0;
      let d3 = 0;
      for (let k = 0, i = first; k < points; k++, i += step) {
        const w = t[k];
        d0 += w * seen[i];
        d1 += w * seen[i + 1];
        d2 += w * seen[i + 2];
        d3 += w * seen[i + 3];
      }
      dots[first] = d0;
      dots[first + 1] = d1;
      dots[first + 2] = d2;
      dots[first + 3] = d3;
    }
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
