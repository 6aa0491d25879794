/**
 * Trains a network of src/detect/network.ts: logistic loss, Adam (Kingma & Ba 2015), cosine step size, batches of 128.
 * Inputs are standardised on the way; the standardisation is folded into the first layer at the end.
 */
import type { Rng } from '../../src/core/rng.ts';
import type { Weights } from '../../src/detect/network.ts';

export class Examples {
  count = 0;
  readonly inputs: number;
  readonly x: Float32Array;
  readonly y: Uint8Array;
  readonly weight: Float32Array;
  /** Which part of the records it is from. */
  readonly part: Uint8Array;

  constructor(inputs: number, capacity = 4_000_000) {
    this.inputs = inputs;
    this.x = new Float32Array(capacity * inputs);
    this.y = new Uint8Array(capacity);
    this.weight = new Float32Array(capacity);
    this.part = new Uint8Array(capacity);
  }

  /** Returns the number of the example, -1 when there is no room. */
  add(f: Float64Array, y: number, weight: number, part = 0): number {
    if (this.count === this.y.length) return -1;
    this.x.set(f, this.count * this.inputs);
    this.y[this.count] = y;
    this.weight[this.count] = weight;
    this.part[this.count] = part;
    return this.count++;
  }
}

const BATCH = 128;
const STEP = 0.004;
const LEAST_STEP = 2e-5;
const DECAY = 1e-6;

export interface Training {
  units: number;
  epochs: number;
  /** Standard deviation of the noise on the standardised inputs. */
  jitter: number;
}

/** Trains on the examples, which stay as they are; `uses` tells which of them count (all by default). */
export function train(
  data: Examples,
  { units, epochs, jitter }: Training,
  rng: Rng,
  uses: (example: number) => boolean = () => true,
): Weights {
  const { inputs: n } = data;
  const order = Uint32Array.from({ length: data.count }, (_, i) => i).filter(
    (i) => data.weight[i] > 0 && uses(i),
  );
  const count = order.length;
  const { mean, deviation } = moments(data, order);
  const scratch = new Scratch(n, units, jitter, rng);
  const { g } = scratch;
  const size = (n + 2) * units + 1;
  const p = Float64Array.from({ length: size }, () => (0.5 * rng.gaussian()) / Math.sqrt(n));
  const m = new Float64Array(size);
  const v = new Float64Array(size);
  const steps = (epochs * count) / BATCH;
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, rng);
    let loss = 0;
    for (let from = 0; from < count; from += BATCH) {
      const batch = order.subarray(from, from + BATCH);
      loss += gradient(data, batch, p, scratch, mean, deviation);
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

/**
 * Adds up the gradient of a batch into g (cleared first); returns its loss. Here the parameters lie input by input
 * (`units` weights each), then the biases, the output weights and the output's bias: no unit waits for another.
 */
function gradient(
  data: Examples,
  batch: Uint32Array,
  p: Float64Array,
  scratch: Scratch,
  mean: Float64Array,
  deviation: Float64Array,
): number {
  const { inputs: n, x, y, weight } = data;
  const { g, u, h, units } = scratch;
  const out = units * (n + 1);
  let loss = 0;
  g.fill(0);
  for (const i of batch) {
    if (weight[i] === 0) continue;
    for (let j = 0; j < units; j++) u[j] = p[n * units + j];
    for (let a = 0, k = 0; a < n; a++) {
      const xa = scratch.jittered((x[i * n + a] - mean[a]) / deviation[a]);
      scratch.x[a] = xa;
      for (let j = 0; j < units; j++) u[j] += xa * p[k++];
    }
    let sum = p[p.length - 1];
    for (let j = 0; j < units; j++) {
      const z = 1 / (1 + Math.abs(u[j]));
      h[j] = u[j] * z;
      u[j] = z;
      sum += p[out + j] * h[j];
    }
    const likely = 1 / (1 + Math.exp(-sum));
    loss -= weight[i] * Math.log(Math.max(1e-12, y[i] === 1 ? likely : 1 - likely));
    const d = weight[i] * (likely - y[i]);
    g[g.length - 1] += d;
    for (let j = 0; j < units; j++) {
      g[out + j] += d * h[j];
      u[j] = d * p[out + j] * u[j] * u[j];
      g[n * units + j] += u[j];
    }
    for (let a = 0, k = 0; a < n; a++) {
      const xa = scratch.x[a];
      for (let j = 0; j < units; j++) g[k++] += xa * u[j];
    }
  }
  return loss;
}

class Scratch {
  readonly g: Float64Array;
  readonly u: Float64Array;
  readonly h: Float64Array;
  readonly x: Float64Array;
  readonly units: number;
  private readonly jitter: number;
  private readonly rng: Rng;

  constructor(inputs: number, units: number, jitter: number, rng: Rng) {
    this.units = units;
    this.g = new Float64Array((inputs + 2) * units + 1);
    this.u = new Float64Array(units);
    this.h = new Float64Array(units);
    this.x = new Float64Array(inputs);
    this.jitter = jitter;
    this.rng = rng;
  }

  /** With noise of nearly normal distribution: keeps the network from learning single beats by heart. */
  jittered(value: number): number {
    const { rng, jitter } = this;
    if (jitter === 0) return value;
    return value + 2 * jitter * (rng.float() + rng.float() + rng.float() - 1.5);
  }
}

function moments({ x, inputs: n }: Examples, order: Uint32Array) {
  const mean = new Float64Array(n);
  const deviation = new Float64Array(n);
  for (const i of order) for (let k = 0; k < n; k++) mean[k] += x[i * n + k] / order.length;
  for (const i of order)
    for (let k = 0; k < n; k++) deviation[k] += (x[i * n + k] - mean[k]) ** 2 / order.length;
  for (let k = 0; k < n; k++) deviation[k] = Math.sqrt(deviation[k]) + 1e-6;
  return { mean, deviation };
}

/** Standardisation folded into the first layer, and the order that network.ts wants: unit by unit. */
function folded(
  p: Float64Array,
  n: number,
  units: number,
  mean: Float64Array,
  deviation: Float64Array,
): Weights {
  const w: number[] = [];
  for (let j = 0; j < units; j++) {
    let bias = p[n * units + j];
    for (let a = 0; a < n; a++) {
      const weight = p[a * units + j] / deviation[a];
      bias -= weight * mean[a];
      w.push(weight);
    }
    w.push(bias);
  }
  w.push(...p.subarray((n + 1) * units));
  return { inputs: n, units, w: w.map((value) => Number(value.toPrecision(6))) };
}

function shuffle(order: Uint32Array, rng: Rng): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = rng.int(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
}
