/**
 * A very small network: one hidden layer of softsign units, one output (log-odds).
 *
 *   h_j = s(w_j . f + b_j)      score = v . h + c      s(u) = u / (1 + |u|)
 *
 * Softsign, not tanh: it needs no transcendental function, so every machine gives the same bits.
 * Cost: inputs x units multiplications, about 0.3 ns each, a few times a second.
 */
import { assert } from '../core/errors.ts';

/** Units that are worked out together. */
const STRIDE = 4;

export interface Weights {
  readonly inputs: number;
  readonly units: number;
  /** Rows of `inputs` weights and one bias, one row per unit; then `units` output weights and the output's bias. */
  readonly w: readonly number[];
}

export class Network {
  readonly inputs: number;
  private readonly units: number;
  private readonly bias: number;
  /** Units in fours: their biases, then their four weights for the first input, for the second ... */
  private readonly w: Float64Array;
  /** Output weights. */
  private readonly v: Float64Array;

  constructor(weights: Weights) {
    const { inputs, units, w } = weights;
    const size = (inputs + 2) * units + 1;
    assert(w.length === size, `weights: expected ${size} numbers, found ${w.length}`);
    assert(units % STRIDE === 0, `weights: expected units in fours, found ${units}`);
    this.inputs = inputs;
    this.units = units;
    this.bias = w[size - 1];
    this.v = Float64Array.from(w.slice(units * (inputs + 1), -1));
    this.w = new Float64Array(units * (inputs + 1));
    for (let j = 0; j < units; j++)
      for (let i = 0; i <= inputs; i++) {
        const row = i === inputs ? 0 : i + 1; // the bias comes first
        this.w[(j - (j % STRIDE)) * (inputs + 1) + STRIDE * row + (j % STRIDE)] = w[j * (inputs + 1) + i];
      }
  }

  /** Writes the log-odds for the features f to out[at] (a returned double would be allocated). */
  score(f: Float64Array, out: Float64Array, at: number): void {
    this.share(f, 0, 1, out, at);
  }

  /** The same cut in `of` shares, to be asked for in order: so that no sample has to wait for all of it. */
  share(f: Float64Array, number: number, of: number, out: Float64Array, at: number): void {
    const { units } = this;
    const size = STRIDE * Math.ceil(units / STRIDE / of);
    if (number === 0) out[at] = this.bias;
    for (let j = number * size; j < units && j < (number + 1) * size; j += STRIDE) this.part(f, j, out, at);
  }

  /** Adds what units j .. j + 3 have to say. Four sums at a time: none waits for another (measured, 3 x faster). */
  private part(f: Float64Array, j: number, out: Float64Array, at: number): void {
    const { inputs, w, v } = this;
    let k = j * (inputs + 1);
    let u0 = w[k++];
    let u1 = w[k++];
    let u2 = w[k++];
    let u3 = w[k++];
    for (let i = 0; i < inputs; i++) {
      const x = f[i];
      u0 += w[k] * x;
      u1 += w[k + 1] * x;
      u2 += w[k + 2] * x;
      u3 += w[k + 3] * x;
      k += STRIDE;
    }
    out[at] +=
      (v[j] * u0) / (1 + Math.abs(u0)) +
      (v[j + 1] * u1) / (1 + Math.abs(u1)) +
      ((v[j + 2] * u2) / (1 + Math.abs(u2)) + (v[j + 3] * u3) / (1 + Math.abs(u3)));
  }
}
