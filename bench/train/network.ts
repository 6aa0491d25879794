/**
 * Trains a network of src/detect/network.ts: logistic loss, Adam (Kingma & Ba 2015), cosine step size, batches of 128.
 * Inputs are standardised for the training; the standardisation is folded into the first layer at the end.
 */
import type { Rng } from '../../src/core/rng.ts';
import type { Weights } from '../../src/detect/network.ts';

export class Examples {
  count = 0;
  readonly inputs: number;
  readonly x: Float32Array;
  readonly y: Uint8Array;
  readonly weight: Float32Array;

  constructor(inputs: number, capacity = 4_000_000) {
    this.inputs = inputs;
    this.x = new Float32Array(capacity * inputs);
    this.y = new Uint8Array(capacity);
    this.weight = new Float32Array(capacity);
  }

  /** Returns the number of the example, -1 when there is no room. */
  add(f: Float64Array, y: number, weight: number): number {
    if (this.count === this.y.length) return -1;
    this.x.set(f, this.count * this.inputs);
    this.y[this.count] = y;
    this.weight[this.count] = weight;
    return this.count++;
  }
}

const BATCH = 128;
const STEP = 0.004;
const LEAST_STEP = 2e-5;
const DECAY = 1e-6;

export function train(data: Examples, units: number, epochs: number, rng: Rng): Weights {
  const { mean, deviation } = standardise(data);
  const { inputs: n, count } = data;
  const size = (n + 2) * units + 1;
  const p = Float64Array.from({ length: size }, () => (0.5 * rng.gaussian()) / Math.sqrt(n));
  const m = new Float64Array(size);
  const v = new Float64Array(size);
  const g = new Float64Array(size);
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const steps = (epochs * count) / BATCH;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, rng);
    let loss = 0;
    for (let from = 0; from < count; from += BATCH) {
      const batch = order.subarray(from, from + BATCH);
      loss += gradient(data, batch, p, units, g);
      step++;
      const rate = (STEP / 2) * (1 + Math.cos((Math.PI * step) / steps)) + LEAST_STEP;
      const c1 = 1 - 0.9 ** step;
      const c2 = 1 - 0.999 ** step;
      for (let a = 0; a < size; a++) {
        const ga = g[a] / BATCH + DECAY * p[a];
        m[a] += 0.1 * (ga - m[a]);
        v[a] += 0.001 * (ga * ga - v[a]);
        p[a] -= (rate * (m[a] / c1)) / (Math.sqrt(v[a] / c2) + 1e-8);
      }
    }
    console.error(`epoch ${epoch + 1}/${epochs} loss ${(loss / count).toFixed(5)}`);
  }
  return folded(p, n, units, mean, deviation);
}

/** Adds up the gradient of a batch into g (cleared first); returns its loss. */
function gradient(
  data: Examples,
  batch: Uint32Array,
  p: Float64Array,
  units: number,
  g: Float64Array,
): number {
  const { inputs: n, x, y, weight } = data;
  const out = units * (n + 1);
  const h = new Float64Array(units);
  const u = new Float64Array(units);
  let loss = 0;
  g.fill(0);
  for (const i of batch) {
    if (weight[i] === 0) continue;
    let sum = p[p.length - 1];
    for (let j = 0, k = 0; j < units; j++) {
      let s = 0;
      for (let a = 0; a < n; a++) s += p[k++] * x[i * n + a];
      s += p[k++];
      u[j] = 1 / (1 + Math.abs(s));
      h[j] = s * u[j];
      sum += p[out + j] * h[j];
    }
    const likely = 1 / (1 + Math.exp(-sum));
    loss -= weight[i] * Math.log(Math.max(1e-12, y[i] === 1 ? likely : 1 - likely));
    const d = weight[i] * (likely - y[i]);
    g[g.length - 1] += d;
    for (let j = 0, k = 0; j < units; j++) {
      g[out + j] += d * h[j];
      const dh = d * p[out + j] * u[j] * u[j];
      for (let a = 0; a < n; a++) g[k++] += dh * x[i * n + a];
      g[k++] += dh;
    }
  }
  return loss;
}

function standardise({ x, inputs: n, count }: Examples): { mean: Float64Array; deviation: Float64Array } {
  const mean = new Float64Array(n);
  const deviation = new Float64Array(n);
  for (let i = 0; i < count * n; i++) mean[i % n] += x[i] / count;
  for (let i = 0; i < count * n; i++) deviation[i % n] += (x[i] - mean[i % n]) ** 2 / count;
  for (let k = 0; k < n; k++) deviation[k] = Math.sqrt(deviation[k]) + 1e-6;
  for (let i = 0; i < count * n; i++) x[i] = (x[i] - mean[i % n]) / deviation[i % n];
  return { mean, deviation };
}

function folded(
  p: Float64Array,
  n: number,
  units: number,
  mean: Float64Array,
  deviation: Float64Array,
): Weights {
  for (let j = 0; j < units; j++) {
    const row = j * (n + 1);
    for (let a = 0; a < n; a++) {
      p[row + n] -= (p[row + a] * mean[a]) / deviation[a];
      p[row + a] /= deviation[a];
    }
  }
  return { inputs: n, units, w: Array.from(p, (value) => Number(value.toPrecision(6))) };
}

function shuffle(order: Uint32Array, rng: Rng): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.int(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
}
