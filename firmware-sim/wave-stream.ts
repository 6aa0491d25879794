/**
 * Samples to WAVE packets: the chosen leads, sample after sample, as many in a packet as the host asked for and the
 * MTU allows. Each packet carries the index and the time of its first sample, so a lost one is a gap and no shift.
 */
import type { Hertz, Microseconds, SampleIndex } from '../src/core/units.ts';
import type { MessageOf } from '../src/protocol/messages.ts';

/** Payload of a WAVE packet before its samples, and header + CRC around it. */
const FIXED_BYTES = 21 + 12;

export class WaveStream {
  private leads: readonly number[] = [];
  private mask = 0;
  private perPacket = 0;
  private used = 0;
  private buffer = new Int16Array(0);
  private readonly wave: MessageOf<'wave'>;
  private readonly leadCount: number;
  private readonly timeOf: (sample: SampleIndex) => Microseconds;
  private readonly send: (wave: MessageOf<'wave'>) => void;

  constructor(
    config: { fs: Hertz; adcGain: number; leadCount: number },
    timeOf: (sample: SampleIndex) => Microseconds,
    send: (wave: MessageOf<'wave'>) => void,
  ) {
    this.leadCount = config.leadCount;
    this.timeOf = timeOf;
    this.send = send;
    this.wave = {
      type: 'wave',
      idx0: 0,
      t0Us: 0,
      fs: config.fs,
      adcGain: config.adcGain,
      leadMask: 0,
      nLeads: 0,
      n: 0,
      samples: this.buffer,
    };
  }

  get on(): boolean {
    return this.mask !== 0;
  }

  /** Samples still missing in the packet that is being filled; Infinity when nothing is sent. */
  get missing(): number {
    return this.on ? this.perPacket - this.used : Infinity;
  }

  /** False when the mask names a lead that is not there or the packet would be too long. */
  configure(mask: number, samplesPerPacket: number, mtu: number): boolean {
    const leads = Array.from({ length: 8 }, (_, k) => k).filter((k) => (mask >> k) & 1);
    if (leads.some((k) => k >= this.leadCount)) return false;
    if (mask !== 0 && samplesPerPacket === 0) return false;
    if (FIXED_BYTES + 2 * leads.length * samplesPerPacket > mtu) return false;
    this.flush();
    this.leads = leads;
    this.mask = mask;
    this.perPacket = samplesPerPacket;
    this.buffer = new Int16Array(leads.length * samplesPerPacket);
    this.wave.leadMask = mask;
    this.wave.nLeads = leads.length;
    return true;
  }

  stop(): void {
    this.mask = 0;
    this.used = 0;
  }

  /** Samples first..first+n-1 of every lead. */
  push(adu: readonly Int16Array[], first: SampleIndex, n: number): void {
    if (!this.on) return;
    const { leads, buffer } = this;
    for (let i = 0; i < n; i++) {
      if (this.used === 0) this.wave.idx0 = first + i;
      let at = this.used * leads.length;
      for (const lead of leads) buffer[at++] = adu[lead][i];
      if (++this.used === this.perPacket) this.flush();
    }
  }

  /** Sends what there is: at the end of a recording. */
  flush(): void {
    if (this.used === 0) return;
    const { wave } = this;
    wave.t0Us = this.timeOf(wave.idx0);
    wave.n = this.used;
    wave.samples =
      this.used === this.perPacket ? this.buffer : this.buffer.subarray(0, this.used * this.leads.length);
    this.used = 0;
    this.send(wave);
  }
}
