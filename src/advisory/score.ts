/**
 * The score: a sum of looked-up terms, so that every term can be shown (a generalised additive model; trained by
 * src/dataset/train as boosted trees of depth 1 and 2, Friedman 2001; Lou, Caruana & Gehrke 2012).
 *
 *   score = bias + sum over terms of table(value)          > 0 shock;  1 / (1 + exp(-score)) is a probability
 *
 * A term looks one feature up in steps (or two features in a grid). The row before the first edge is for "NaN".
 * A look-up is a binary search: the whole score costs about 1 us.
 */
export interface ScoreTerm {
  /** One or two names of the registry. */
  features: readonly string[];
  /** For each feature the rising limits between steps; value >= edges[k] is in step k + 1. */
  edges: readonly (readonly number[])[];
  /** For each feature (edges + 1) steps and one first row for NaN; two features: row by row. */
  pushes: readonly number[];
}

export interface ScoreModel {
  /** Length of the windows that it was trained on. */
  windowS: number;
  bias: number;
  terms: readonly ScoreTerm[];
}

/** 0 for NaN, else 1 + the number of edges that the value has reached. */
export function stepOf(edges: readonly number[], value: number): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= edges[middle]) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}

/** What one term adds to the score. `values` are the values of its features, in its order. */
export function pushOf(term: ScoreTerm, first: number, second = NaN): number {
  const row = stepOf(term.edges[0], first);
  if (term.edges.length === 1) return term.pushes[row];
  return term.pushes[row * (term.edges[1].length + 2) + stepOf(term.edges[1], second)];
}
