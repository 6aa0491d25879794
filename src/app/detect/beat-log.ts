/** The beats of a whole record, 9 bytes each: a day has a hundred thousand, and as objects they take 15 MB. */
import type { Annotation } from '../../core/annotations.ts';

export class BeatLog implements Iterable<Annotation> {
  private count = 0;
  private samples = new Float64Array(1024);
  private codes = new Uint8Array(1024);
  private readonly chan: number;

  constructor(chan: number) {
    this.chan = chan;
  }

  add(sample: number, code: number): void {
    if (this.count === this.codes.length) this.grow();
    this.samples[this.count] = sample;
    this.codes[this.count++] = code;
  }

  *[Symbol.iterator](): Generator<Annotation> {
    const { samples, codes, chan } = this;
    for (let i = 0; i < this.count; i++)
      yield { sample: samples[i], code: codes[i], subtype: 0, chan, num: 0, aux: '' };
  }

  private grow(): void {
    const { samples, codes } = this;
    this.samples = new Float64Array(2 * codes.length);
    this.codes = new Uint8Array(2 * codes.length);
    this.samples.set(samples);
    this.codes.set(codes);
  }
}
