/**
 * The front end: the patient's millivolts become ADC counts, at the patient's own rate.
 *
 *   adu = round(mV * adcGain), held between the rails; -32768 = not measured (lead off, or nothing there)
 *
 * For a recording the box is given the record's gain, so that a count in the file is the same count on the wire.
 * After a shock the amplifiers hang at the rail and come back exponentially (recovery < 5 s: GE B20, Gima K10 [S]).
 */
import type { Hertz, Microseconds, Millivolts } from '../src/core/units.ts';
import type { Stage } from '../src/dsp/index.ts';
import { msToSamples, US_PER_SECOND } from '../src/core/units.ts';
import type { Patient } from '../signals/patient/patient.ts';
import { type Bandwidth, bandwidthFilter } from './bandwidth.ts';

export interface FrontEndConfig {
  /** adu per mV */
  adcGain: number;
  rangeMv: Millivolts;
  bandwidth?: Bandwidth;
}

export const NOT_MEASURED = -32768;
/** Samples that `acquire` takes at most. */
export const MOST_SAMPLES = 64;
/** The lead mask on the wire has eight bits. */
const MOST_LEADS = 8;
/** No valid sample for this long: the lead is off. */
const LEAD_OFF_MS = 200;
const OVERLOAD_MS = 200;
const RECOVERY_TAU_MS = 300;
/** The electrodes' tail after a pacing pulse. */
const BLANK_AFTER_US = 40_000;

/** What the rest of the box sees of it; the breaker has one without samples (beat-front-end.ts). */
export type FrontEndFace = Pick<
  FrontEnd,
  'fs' | 'adcGain' | 'leadNames' | 'position' | 'ended' | 'leadsOff' | 'isOff' | 'setOff' | 'overload'
>;

export class FrontEnd {
  readonly fs: Hertz;
  readonly adcGain: number;
  readonly leadNames: readonly string[];
  /** What `acquire` got, in adu. */
  readonly adu: readonly Int16Array[];
  /** The lead that the synchroniser looks at, in mV as the ADC saw it; NaN where there is nothing to be seen. */
  readonly mv = new Float64Array(MOST_SAMPLES);
  /** Samples taken so far. */
  position = 0;
  /** The recording is over. */
  ended = false;
  /** Broken: the ADC gives its last count again and again. */
  stuck = false;
  private readonly patient: Patient;
  private readonly rail: number;
  private readonly raw: readonly Float64Array[];
  private readonly missing: Int32Array;
  private readonly missingMost: number;
  private readonly forcedOff: boolean[];
  private filters: readonly (Stage | undefined)[] = [];
  private overloadLeft = 0;
  /** Samples that the pacing pulse hides from the trigger. */
  private blankLeft = 0;
  private offsetAdu = 0;
  /** Where `adu` holds the newest sample. */
  private lastAt = 0;
  private readonly decay: number;

  constructor(patient: Patient, config: FrontEndConfig) {
    this.patient = patient;
    this.fs = patient.fs;
    this.adcGain = config.adcGain;
    this.rail = Math.min(32767, Math.floor(config.rangeMv * config.adcGain));
    this.leadNames = patient.leads.slice(0, MOST_LEADS);
    this.raw = patient.leads.map(() => new Float64Array(MOST_SAMPLES));
    this.adu = this.leadNames.map(() => new Int16Array(MOST_SAMPLES));
    this.missing = new Int32Array(this.leadNames.length);
    this.missingMost = msToSamples(LEAD_OFF_MS, this.fs);
    this.forcedOff = this.leadNames.map(() => false);
    this.setBandwidth(config.bandwidth ?? 'raw');
    this.decay = Math.exp(-1000 / (RECOVERY_TAU_MS * this.fs));
  }

  /** Bit k: lead k is off. */
  get leadsOff(): number {
    let mask = 0;
    for (let k = 0; k < this.leadNames.length; k++) if (this.isOff(k)) mask |= 1 << k;
    return mask;
  }

  get overloaded(): boolean {
    return this.offsetAdu !== 0;
  }

  isOff(lead: number): boolean {
    return this.ended || this.forcedOff[lead] || this.missing[lead] >= this.missingMost;
  }

  /** The bench takes a wire off. */
  setOff(lead: number, off: boolean): void {
    this.forcedOff[lead] = off;
  }

  setBandwidth(bandwidth: Bandwidth): void {
    this.filters = this.leadNames.map(() => bandwidthFilter(bandwidth, this.fs));
  }

  /** The box's own pacing pulse: hidden from its R trigger, not from the host. */
  blank(widthUs: Microseconds): void {
    this.blankLeft = Math.ceil(((widthUs + BLANK_AFTER_US) * this.fs) / US_PER_SECOND);
  }

  /** A shock went through. */
  overload(): void {
    this.overloadLeft = msToSamples(OVERLOAD_MS, this.fs);
    this.offsetAdu = this.rail;
  }

  /** Takes the next n samples of every lead; `mv` gets those of `syncLead`. Returns how many there were. */
  acquire(n: number, syncLead: number): number {
    if (this.ended) return 0;
    const got = this.patient.render(this.raw, n);
    this.ended = got < n;
    for (let k = 0; k < this.adu.length; k++) {
      const last = this.adu[k][this.lastAt];
      this.convert(k, got);
      if (this.stuck) this.adu[k].fill(last, 0, got);
    }
    if (got > 0) this.lastAt = got - 1;
    const { mv, adcGain } = this;
    // What comes back from the rail is the amplifier, not the heart: the trigger does not see it.
    const blind = this.overloaded;
    this.recover(got);
    const counts = this.adu[syncLead];
    for (let i = 0; i < got; i++) {
      const hidden = blind || this.blankLeft > i || counts[i] === NOT_MEASURED;
      mv[i] = hidden ? NaN : counts[i] / adcGain;
    }
    this.blankLeft = Math.max(0, this.blankLeft - got);
    this.position += got;
    return got;
  }

  private convert(lead: number, n: number): void {
    const { adcGain, rail } = this;
    const raw = this.raw[lead];
    const adu = this.adu[lead];
    const off = this.forcedOff[lead];
    this.filters[lead]?.process(raw, raw, n);
    let missing = this.missing[lead];
    for (let i = 0; i < n; i++) {
      const x = raw[i];
      if (off || x !== x) {
        adu[i] = NOT_MEASURED;
        missing++;
      } else {
        const count = Math.floor(x * adcGain + 0.5);
        adu[i] = count > rail ? rail : count < -rail ? -rail : count;
        missing = 0;
      }
    }
    this.missing[lead] = off ? 0 : missing;
  }

  private recover(n: number): void {
    if (this.offsetAdu === 0) return;
    for (let i = 0; i < n; i++) {
      for (const adu of this.adu) {
        if (adu[i] !== NOT_MEASURED) adu[i] = Math.min(this.rail, adu[i] + Math.round(this.offsetAdu));
      }
      if (this.overloadLeft > 0) this.overloadLeft--;
      else this.offsetAdu *= this.decay;
      if (this.offsetAdu < 0.5) this.offsetAdu = 0;
    }
  }
}
