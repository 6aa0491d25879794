/**
 * The last two minutes or so of every lead, addressed by sample index. A hole in the stream is NaN.
 *
 * Cost: one Float32 per sample and lead (2^16 samples: 131 s at 500 Hz, 256 KiB a lead).
 */
import type { ScreenWave } from '../protocol/screen.ts';

const CAPACITY = 2 ** 16;
const MASK = CAPACITY - 1;

export class Waves {
  fs = 0;
  private leads: Float32Array[] = [];
  private next = 0;

  /** One more than the newest sample. */
  get end(): number {
    return this.next;
  }

  get begin(): number {
    return Math.max(0, this.next - CAPACITY);
  }

  get leadCount(): number {
    return this.leads.length;
  }

  at(lead: number, sample: number): number {
    if (sample < this.begin || sample >= this.next) return NaN;
    return this.leads[lead]?.[sample & MASK] ?? NaN;
  }

  /** Returns true where the stream began anew (other rate, other leads, index back): nothing old is left. */
  push(wave: ScreenWave): boolean {
    const anew =
      wave.fs !== this.fs ||
      wave.leads.length !== this.leads.length ||
      wave.firstSample + wave.n <= this.begin;
    const restarted = anew || wave.firstSample < this.next - CAPACITY / 2;
    if (restarted) this.restart(wave);
    const from = wave.firstSample;
    const gapFrom = Math.max(this.next, from - CAPACITY);
    this.leads.forEach((lead, k) => {
      for (let i = gapFrom; i < from; i++) lead[i & MASK] = NaN;
      for (let i = 0; i < wave.n; i++) lead[(from + i) & MASK] = wave.leads[k][i];
    });
    this.next = Math.max(this.next, from + wave.n);
    return restarted;
  }

  clear(): void {
    this.fs = 0;
    this.leads = [];
    this.next = 0;
  }

  private restart(wave: ScreenWave): void {
    this.fs = wave.fs;
    this.leads = wave.leads.map(() => new Float32Array(CAPACITY).fill(NaN));
    this.next = wave.firstSample;
  }
}
