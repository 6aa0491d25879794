/**
 * What is usual for this patient: medians of the last eight beats, so that one artefact or one ectopic beat among
 * them moves nothing, and a slow mean of the humps that were no beats.
 */
const MEMORY = 8;

/** Median of the last eight values put in (of fewer, while there are fewer). */
export class RunningMedian {
  value = NaN;
  private readonly ring = new Float64Array(MEMORY);
  private readonly sorted = new Float64Array(MEMORY);
  private count = 0;

  /** Takes from[at] (a number handed over as such would be allocated). */
  put(from: Float64Array | Int32Array, at: number): void {
    const { ring, sorted } = this;
    const place = this.count % MEMORY;
    let have = Math.min(this.count, MEMORY);
    if (have === MEMORY) {
      let k = 0;
      while (k < MEMORY - 1 && sorted[k] !== ring[place]) k++;
      for (have--; k < have; k++) sorted[k] = sorted[k + 1];
    }
    ring[place] = from[at];
    this.count++;
    let k = have++;
    for (; k > 0 && sorted[k - 1] > ring[place]; k--) sorted[k] = sorted[k - 1];
    sorted[k] = ring[place];
    const middle = have >> 1;
    this.value = have % 2 === 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
  }

  /** Forgets everything; `value` stays at `start` until the next `put`. */
  reset(start = NaN): void {
    this.count = 0;
    this.value = start;
  }
}

/** Mean that forgets: each new value weighs one eighth. */
export class FadingMean {
  value = NaN;

  put(from: Float64Array | Int32Array, at: number): void {
    const v = from[at];
    this.value = Number.isNaN(this.value) ? v : this.value + (v - this.value) / MEMORY;
  }

  reset(start = NaN): void {
    this.value = start;
  }
}
