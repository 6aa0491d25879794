import { assert } from './errors.ts';

/**
 * The last `capacity` samples of a stream, addressed by their index in the stream.
 *
 * The capacity is rounded up to a power of two, so that an index becomes a place with one AND.
 */
export class SampleRing {
  readonly capacity: number;
  private readonly mask: number;
  private readonly data: Float64Array;
  private next = 0;

  constructor(capacity: number) {
    this.capacity = 2 ** Math.ceil(Math.log2(Math.max(2, capacity)));
    this.mask = this.capacity - 1;
    this.data = new Float64Array(this.capacity);
  }

  /** Index that the next pushed sample gets; one more than the newest. */
  get end(): number {
    return this.next;
  }

  /** Index of the oldest sample still here. */
  get begin(): number {
    return Math.max(0, this.next - this.capacity);
  }

  push(x: Float64Array, n: number): void {
    const { data, mask } = this;
    let at = this.next;
    for (let i = 0; i < n; i++) data[at++ & mask] = x[i];
    this.next = at;
  }

  at(index: number): number {
    return this.data[index & this.mask];
  }

  /** Copies samples from..from+n-1 into `out`. They must still be here. */
  read(from: number, n: number, out: Float64Array): void {
    assert(
      from >= this.begin && from + n <= this.next,
      () => `ring holds ${this.begin}..${this.next}, asked ${from}+${n}`,
    );
    const { data, mask, capacity } = this;
    const at = from & mask;
    const whole = Math.min(n, capacity - at);
    out.set(data.subarray(at, at + whole));
    if (whole < n) out.set(data.subarray(0, n - whole), whole);
  }

  /** Empties the ring; the next sample gets index `next`. */
  reset(next = 0): void {
    this.next = next;
    this.data.fill(0);
  }
}
