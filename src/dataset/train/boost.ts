/**
 * Gradient boosting of single splits into a score that can be read (Friedman, Ann. Stat. 29, 2001; one table a feature as
 * in Lou, Caruana & Gehrke, KDD 2012).
 *
 *   loss = weighted log-loss;  each round adds rate * G / (H + l2) on each side of the best split     (Newton step)
 *
 * Features are cut into at most `steps` steps at training quantiles; NaN is a step of its own that goes left or right, as
 * fits better. No dice: ties go to the first feature. Cost: rows * features * 1 ns a round, ten times half of the rows.
 */
import { assert } from '../../core/errors.ts';
import { type ScoreModel, type ScoreTerm, stepOf } from '../../advisory/index.ts';

export interface TrainingSet {
  names: readonly string[];
  /** One array per feature, one value per row. */
  values: readonly Float32Array[];
  /** 1 shockable, 0 not. */
  target: Uint8Array;
  weight: Float64Array;
  /** Which tenth of the records a row is from, 0..9: a record lies in one. */
  part: Uint8Array;
}

/** Parts that the records are dealt into. */
export const PARTS = 10;

export interface BoostOptions {
  steps: number;
  rounds: number;
  rate: number;
  l2: number;
  /** Least weight (of rows, not of hessian) on a side of a split. */
  leastWeight: number;
}

export const BOOST: BoostOptions = {
  steps: 24,
  rounds: 300,
  rate: 0.08,
  l2: 10,
  leastWeight: 30,
};

interface Split {
  gain: number;
  feature: number;
  /** Steps 1 .. last go left, later ones right. */
  last: number;
  nanLeft: boolean;
  left: number;
  right: number;
}

/** Rising limits at the quantiles of the finite values. */
export function quantileEdges(values: Float32Array, steps: number): number[] {
  const finite = values.filter((v) => !Number.isNaN(v)).sort();
  const edges: number[] = [];
  // A feature that needs a longer window than this has no value at all.
  if (finite.length === 0) return edges;
  for (let k = 1; k < steps; k++) {
    const edge = Number(finite[Math.floor((k * finite.length) / steps)].toPrecision(4));
    if (edges.length === 0 || edge > edges[edges.length - 1]) edges.push(edge);
  }
  return edges;
}

/** Steps of two features in one number: FIELD * first + second. Twenty-four steps and NaN fit. */
const FIELD = 32;

class Booster {
  readonly edges: number[][];
  private readonly steps: Uint8Array[];
  /** Feature 2 p with feature 2 p + 1: one pass over the rows fills the histograms of both (twice as fast, measured). */
  private readonly pairs: Uint16Array[];
  /** Weight of the rows in each step of each feature; it does not change from round to round. */
  private readonly stepWeights: readonly Float64Array[];
  private readonly margin: Float64Array;
  private readonly g: Float64Array;
  private readonly h: Float64Array;
  readonly tables: Float64Array[];
  bias = 0;
  private readonly set: TrainingSet;
  private readonly options: BoostOptions;
  private readonly joint = new Float64Array(2 * FIELD * FIELD);
  private readonly hist = new Float64Array(2 * FIELD);

  constructor(set: TrainingSet, edges: number[][], options: BoostOptions) {
    assert(options.steps + 1 <= FIELD, `boost: at most ${FIELD - 1} steps`);
    this.set = set;
    this.options = options;
    this.edges = edges;
    this.steps = set.values.map((v, f) => Uint8Array.from(v, (x) => stepOf(this.edges[f], x)));
    const n = set.target.length;
    this.pairs = Array.from({ length: Math.ceil(this.steps.length / 2) }, (_, p) => {
      const second = this.steps.at(2 * p + 1);
      return Uint16Array.from(this.steps[2 * p], (s, i) => FIELD * s + (second?.[i] ?? 0));
    });
    this.margin = new Float64Array(n);
    this.g = new Float64Array(n);
    this.h = new Float64Array(n);
    this.stepWeights = this.steps.map((steps, f) => {
      const sums = new Float64Array(this.edges[f].length + 2);
      for (let i = 0; i < n; i++) sums[steps[i]] += set.weight[i];
      return sums;
    });
    this.tables = this.edges.map((e) => new Float64Array(e.length + 2));
  }

  private gradients(): void {
    const { margin, g, h, set } = this;
    for (let i = 0; i < margin.length; i++) {
      const p = 1 / (1 + Math.exp(-margin[i]));
      g[i] = set.weight[i] * (set.target[i] - p);
      h[i] = set.weight[i] * p * (1 - p);
    }
  }

  private bestSplit(): Split {
    let best: Split = { gain: 0, feature: -1, last: 0, nanLeft: true, left: 0, right: 0 };
    for (let f = 0; f < this.steps.length; f++) {
      if (f % 2 === 0) this.fillJoint(this.pairs[f >> 1]);
      const split = this.splitOf(f);
      if (split.gain > best.gain) best = split;
    }
    return best;
  }

  /** Sums of gradient and hessian for each pair of steps. */
  private fillJoint(pairs: Uint16Array): void {
    const { joint, g, h } = this;
    joint.fill(0);
    for (let i = 0; i < pairs.length; i++) {
      const at = 2 * pairs[i];
      joint[at] += g[i];
      joint[at + 1] += h[i];
    }
  }

  /** From the pair's sums to those of its first or second feature. */
  private fillHist(second: boolean, count: number): void {
    const { joint, hist } = this;
    hist.fill(0);
    for (let s = 0; s < count; s++)
      for (let other = 0; other < FIELD; other++) {
        const at = 2 * (second ? FIELD * other + s : FIELD * s + other);
        hist[2 * s] += joint[at];
        hist[2 * s + 1] += joint[at + 1];
      }
  }

  private splitOf(feature: number): Split {
    const { hist, options } = this;
    const weights = this.stepWeights[feature];
    const count = weights.length;
    this.fillHist(feature % 2 === 1, count);
    const all = [0, 0, 0];
    for (let b = 0; b < count; b++) {
      all[0] += hist[2 * b];
      all[1] += hist[2 * b + 1];
      all[2] += weights[b];
    }
    const value = (G: number, H: number): number => (G * G) / (H + options.l2);
    const base = value(all[0], all[1]);
    const best: Split = { gain: 0, feature, last: 0, nanLeft: true, left: 0, right: 0 };
    for (const nanLeft of [true, false]) {
      let G = nanLeft ? hist[0] : 0;
      let H = nanLeft ? hist[1] : 0;
      let W = nanLeft ? weights[0] : 0;
      for (let b = 1; b < count - 1; b++) {
        G += hist[2 * b];
        H += hist[2 * b + 1];
        W += weights[b];
        if (W < options.leastWeight || all[2] - W < options.leastWeight) continue;
        const gain = value(G, H) + value(all[0] - G, all[1] - H) - base;
        if (gain <= best.gain) continue;
        best.gain = gain;
        best.last = b;
        best.nanLeft = nanLeft;
        best.left = (options.rate * G) / (H + options.l2);
        best.right = (options.rate * (all[0] - G)) / (all[1] - H + options.l2);
      }
    }
    return best;
  }

  private static goesLeft(split: Split, step: number): boolean {
    return step === 0 ? split.nanLeft : step <= split.last;
  }

  round(): boolean {
    this.gradients();
    const split = this.bestSplit();
    if (split.feature < 0) return false;
    const table = this.tables[split.feature];
    for (let s = 0; s < table.length; s++) table[s] += Booster.goesLeft(split, s) ? split.left : split.right;
    const steps = this.steps[split.feature];
    for (let i = 0; i < steps.length; i++)
      this.margin[i] += Booster.goesLeft(split, steps[i]) ? split.left : split.right;
    return true;
  }

  /** Moves the weighted mean of every table into the bias, so that pushes are told from the average. */
  centre(): void {
    this.tables.forEach((table, f) => {
      let sum = 0;
      let all = 0;
      for (let i = 0; i < this.steps[f].length; i++) {
        sum += this.set.weight[i] * table[this.steps[f][i]];
        all += this.set.weight[i];
      }
      const mean = sum / all;
      for (let s = 0; s < table.length; s++) table[s] -= mean;
      this.bias += mean;
    });
  }
}

const rounded = (table: Float64Array): number[] => Array.from(table, (v) => Math.round(v * 1e4) / 1e4);

/** The rows that `keep` wants, with their weights. */
function rowsOf(set: TrainingSet, keep: (row: number) => boolean): TrainingSet {
  const rows = Array.from(set.target.keys()).filter(keep);
  return {
    names: set.names,
    values: set.values.map((v) => Float32Array.from(rows, (i) => v[i])),
    target: Uint8Array.from(rows, (i) => set.target[i]),
    weight: Float64Array.from(rows, (i) => set.weight[i]),
    part: Uint8Array.from(rows, (i) => set.part[i]),
  };
}

/** Parts left out of sub-model `bag`: half of them, from `bag` on, in a circle. */
const isLeftOut = (part: number, bag: number): boolean => (part - bag + PARTS) % PARTS < PARTS / 2;

function boosted(set: TrainingSet, edges: number[][], options: BoostOptions): Booster {
  const booster = new Booster(set, edges, options);
  for (let r = 0; r < options.rounds; r++) if (!booster.round()) break;
  booster.centre();
  return booster;
}

/**
 * The mean of ten scores, each learnt from half of the parts (bagging: Breiman, Mach. Learn. 24, 1996; whole records, because
 * windows of one record are alike). A mean of tables is a table again: the score stays a sum of looked-up terms.
 */
export function boost(set: TrainingSet, windowS: number, options: BoostOptions = BOOST): ScoreModel {
  const edges = set.values.map((v) => quantileEdges(v, options.steps));
  const tables = edges.map((e) => new Float64Array(e.length + 2));
  let bias = 0;
  for (let bag = 0; bag < PARTS; bag++) {
    const one = boosted(
      rowsOf(set, (i) => !isLeftOut(set.part[i], bag)),
      edges,
      options,
    );
    bias += one.bias / PARTS;
    one.tables.forEach((table, f) => table.forEach((push, s) => (tables[f][s] += push / PARTS)));
  }
  const terms: ScoreTerm[] = tables.flatMap((table, f) =>
    table.some((v) => Math.abs(v) > 1e-4)
      ? [{ feature: set.names[f], edges: edges[f], pushes: rounded(table) }]
      : [],
  );
  return { windowS, bias: Math.round(bias * 1e4) / 1e4, terms };
}
