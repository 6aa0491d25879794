/**
 * What every streaming filter here is: samples in, as many samples out, state kept between calls.
 *
 * Conditions, checked for each implementation by test/conform/stage.ts:
 *   - the output does not depend on how the input was cut into calls, bit for bit;
 *   - `x` and `y` may be the same array;
 *   - a NaN sample gives NaN out and leaves the state as it was: a hole never poisons what follows;
 *   - `reset` makes it as new; `process` allocates nothing.
 */
export interface Stage {
  process(x: Float64Array, y: Float64Array, n: number): void;
  reset(): void;
  /** How late the output shows what the input showed, in samples (for the part of the signal the stage is for). */
  readonly delaySamples: number;
}
