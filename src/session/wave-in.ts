/**
 * WAVE packets to one unbroken stream in mV: what was lost on the cable is NaN, what comes twice is dropped.
 *
 * Sample indices only grow. A box that starts counting again (restart) is continued where we are.
 */
import { createBlock } from '../core/block.ts';
import type { SessionWave } from '../core/session-events.ts';
import type { Hertz, Microseconds, Millivolts, SampleIndex } from '../core/units.ts';
import type { MessageOf } from '../protocol/messages.ts';

const NOT_MEASURED = -32768;
const CAPACITY = 512;

export interface WaveInOptions {
  fs: Hertz;
  leadNames: readonly string[];
  rangeMv: Millivolts;
  /** Called for each run of samples; the object is reused. */
  onWave: (wave: SessionWave) => void;
  onGap: (lost: number) => void;
  /** Samples that are handed out together at most. */
  capacity?: number;
}

export class WaveIn {
  readonly wave: SessionWave;
  private readonly options: WaveInOptions;
  private next: SampleIndex;
  /** Added to the box's index. */
  private base = 0;
  private started = false;
  private newestUs: Microseconds = 0;

  constructor(options: WaveInOptions, next: SampleIndex = 0) {
    this.options = options;
    this.next = next;
    this.wave = {
      ...createBlock(options.fs, options.leadNames.length, options.capacity ?? CAPACITY),
      firstSample: next,
      leadNames: options.leadNames,
      rangeMv: options.rangeMv,
    };
  }

  /** Index that the next sample gets. */
  get end(): SampleIndex {
    return this.next;
  }

  /** Our index of a sample that the box names. */
  toOurs(boxSample: SampleIndex): SampleIndex {
    return boxSample + this.base;
  }

  /** The sample that is being taken about now. */
  sampleAt(now: Microseconds): SampleIndex {
    if (!this.started) return this.next;
    return this.next + Math.floor(((now - this.newestUs) * this.options.fs) / 1e6);
  }

  receive(packet: MessageOf<'wave'>, now: Microseconds): void {
    if (packet.nLeads === 0 || packet.n === 0 || packet.samples.length < packet.n * packet.nLeads) return;
    if (!this.started) this.start(packet.idx0);
    const first = packet.idx0 + this.base;
    if (first > this.next) this.fillGap(first - this.next);
    const skip = this.next - first;
    if (skip < packet.n) this.convert(packet, skip);
    this.newestUs = now;
  }

  private start(idx0: SampleIndex): void {
    this.started = true;
    this.base = this.next - idx0;
  }

  private fillGap(lost: number): void {
    const { wave } = this;
    this.options.onGap(lost);
    for (let left = lost; left > 0; left -= wave.n) {
      const n = Math.min(left, CAPACITY);
      for (const lead of wave.leads) lead.fill(NaN, 0, n);
      this.emit(n);
    }
  }

  private convert(packet: MessageOf<'wave'>, skip: number): void {
    const { samples, nLeads, adcGain } = packet;
    const n = Math.min(packet.n - skip, CAPACITY);
    for (const lead of this.wave.leads) lead.fill(NaN, 0, n);
    for (let place = 0, k = 0; place < nLeads && k < this.wave.leads.length; k++) {
      if ((packet.leadMask & (1 << k)) === 0) continue;
      const lead = this.wave.leads[k];
      for (let i = 0; i < n; i++) {
        const adu = samples[(i + skip) * nLeads + place];
        lead[i] = adu === NOT_MEASURED ? NaN : adu / adcGain;
      }
      place++;
    }
    this.emit(n);
  }

  private emit(n: number): void {
    this.wave.firstSample = this.next;
    this.wave.n = n;
    this.next += n;
    this.options.onWave(this.wave);
  }
}
