/**
 * Seeded random numbers: sfc32 (Chris Doty-Humphrey, PractRand; 128-bit state, period about 2^127).
 *
 * `fork('name')` gives an independent stream that depends on the seed and the name only, so a new
 * consumer disturbs nobody. The state can be saved and put back: a run can go on where it stopped.
 */
export type RngState = readonly [number, number, number, number];

/** FNV-1a, 32 bit, over the UTF-16 code units: only to spread seeds and names, no security in it. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

export class Rng {
  readonly seed: string;
  private a: number;
  private b: number;
  private c: number;
  private d = 1;
  private spare = NaN;

  constructor(seed: number | string) {
    this.seed = String(seed);
    this.a = hash(this.seed);
    this.b = hash(`${this.seed}/b`);
    this.c = hash(`${this.seed}/c`);
    for (let i = 0; i < 12; i++) this.u32();
  }

  fork(name: string): Rng {
    return new Rng(`${this.seed}/${name}`);
  }

  /** 0..2^32-1 */
  u32(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    this.c |= 0;
    return t >>> 0;
  }

  /** [0, 1) with 32 bits */
  float(): number {
    return this.u32() / 4294967296;
  }

  /** [low, high) */
  between(low: number, high: number): number {
    return low + (high - low) * this.float();
  }

  /** A whole number low..high, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.float() * (high - low + 1));
  }

  /** True in `times` of `outOf` calls on average: rates are ratios. */
  chance(times: number, outOf: number): boolean {
    return this.float() * outOf < times;
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.int(0, items.length - 1)];
  }

  /** Standard normal (polar Box-Muller, Marsaglia 1964). */
  gaussian(): number {
    if (!Number.isNaN(this.spare)) {
      const kept = this.spare;
      this.spare = NaN;
      return kept;
    }
    let u: number, v: number, s: number;
    do {
      u = 2 * this.float() - 1;
      v = 2 * this.float() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const m = Math.sqrt((-2 * Math.log(s)) / s);
    this.spare = v * m;
    return u * m;
  }

  get state(): RngState {
    return [this.a, this.b, this.c, this.d];
  }

  set state(s: RngState) {
    [this.a, this.b, this.c, this.d] = s;
    this.spare = NaN;
  }
}
