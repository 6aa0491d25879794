/**
 * The score: a sum of looked-up terms, so that every term can be shown (a generalised additive model; trained by
 * src/dataset/train as boosted single splits: Friedman 2001; Lou, Caruana & Gehrke 2012).
 *
 *   score = bias + sum over features of table(value)          > 0 shock;  1 / (1 + exp(-score)) is a probability
 *
 * Terms of two features were tried (12 pairs): no better on records that were not trained on (BAC P1 93.8 both ways), so
 * every push belongs to one number. A look-up is a binary search: the whole score costs about 1 us.
 */
export interface ScoreTerm {
  /** A name of the registry. */
  feature: string;
  /** Rising limits between steps; value >= edges[k] is in step k + 1. */
  edges: readonly number[];
  /** What is added to the score: first for NaN, then for each of the edges + 1 steps. */
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

/** What one term adds to the score. */
export function pushOf(term: ScoreTerm, value: number): number {
  return term.pushes[stepOf(term.edges, value)];
}
