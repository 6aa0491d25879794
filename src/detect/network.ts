/**
 * A very small network: one hidden layer of softsign units, one output (log-odds).
 *
 *   h_j = s(w_j . f + b_j)      score = v . h + c      s(u) = u / (1 + |u|)
 *
 * Softsign, not tanh: it needs no transcendental function, so every machine gives the same bits.
 * Cost: inputs x units multiplications (about 200 ns for 18 x 12), a few times a second.
 */
import { assert } from '../core/errors.ts';

export interface Weights {
  readonly inputs: number;
  readonly units: number;
  /** Rows of `inputs` weights and one bias, one row per unit; then `units` output weights and the output's bias. */
  readonly w: readonly number[];
}

export class Network {
  readonly inputs: number;
  private readonly units: number;
  private readonly w: Float64Array;

  constructor(weights: Weights) {
    this.inputs = weights.inputs;
    this.units = weights.units;
    this.w = Float64Array.from(weights.w);
    const size = (this.inputs + 2) * this.units + 1;
    assert(this.w.length === size, `weights: expected ${size} numbers, found ${this.w.length}`);
  }

  /** Writes the log-odds for the features f to out[at] (a returned double would be allocated). */
  score(f: Float64Array, out: Float64Array, at: number): void {
    const { inputs, units, w } = this;
    let sum = w[w.length - 1];
    let k = 0;
    for (let j = 0; j < units; j++) {
      let u = 0;
      for (let i = 0; i < inputs; i++) u += w[k++] * f[i];
      u += w[k++];
      sum += (w[units * (inputs + 1) + j] * u) / (1 + Math.abs(u));
    }
    out[at] = sum;
  }
}
