/**
 * What a patient simulator plays on its terminals: a rhythm or a test wave, as high as its amplitude knob says. It is
 * wired to the box's leads like a patient, but no shock changes it: an instrument has no heart.
 */
import { Disturbances } from '../../signals/artifacts/disturbances.ts';
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import type { Body, Patient } from '../../signals/patient/patient.ts';
import { WavePatient } from '../../signals/patient/wave-patient.ts';
import type { TestWave } from '../../signals/patient/waves/wave.ts';
import type { Rng } from '../../src/core/rng.ts';
import type { Hertz, Ohms, SampleIndex } from '../../src/core/units.ts';
import { StDeviation } from './prosim/st-deviation.ts';

const SIN_60 = Math.sqrt(3) / 2;
/** Samples that are disturbed at a time. */
const PART = 256;

export class PlayedPatient implements Patient {
  readonly fs: Hertz;
  readonly leads: readonly string[];
  impedanceOhm: Ohms = 50;
  /** Of an instrument that plays vital signs. */
  body?: Body;
  /** Factor on the height of the ECG. */
  gain = 1;
  /** False: the terminals are quiet. */
  running = true;
  /** Turns the heart's axis, from the usual one. */
  axisDegrees = 0;
  /** ST segment of the sinus rhythm at a fixed rate, mV. */
  stMv = 0;
  /** The artifact is on the leads of these electrodes: RA, LA, LL; none of them: on leads that we do not have. */
  disturbed: readonly string[] = ['RA', 'LA', 'LL'];
  private readonly heart: SimPatient;
  private readonly artifacts: Disturbances;
  private readonly scratch: readonly Float64Array[];
  private readonly st = new StDeviation();
  private wave: WavePatient | undefined;
  private told: (tS: number) => void = () => undefined;
  private next: SampleIndex = 0;

  constructor(fs: Hertz, rng: Rng) {
    this.fs = fs;
    this.heart = new SimPatient({ fs, rng, noise: false, ratePerMin: 80 });
    this.leads = this.heart.leads;
    this.artifacts = new Disturbances(fs, this.leads, rng.fork('artifacts of the instrument'));
    this.scratch = this.leads.map(() => new Float64Array(PART));
    this.heart.onBeat = ({ tS }) => {
      this.st.beat(tS);
      this.told(tS);
    };
  }

  get position(): SampleIndex {
    return this.next;
  }

  /** For people: what is played. */
  get playing(): string {
    return this.wave ? this.wave.wave.title : this.heart.rhythm;
  }

  playRhythm(name: string, ratePerMin?: number): void {
    this.wave = undefined;
    this.heart.setRhythm(name, ratePerMin);
  }

  playWave(wave: TestWave): void {
    this.wave = new WavePatient(wave, this.fs);
  }

  /** 0 takes it off. */
  setArtifact(name: string, levelMv: number): void {
    this.artifacts.set(name, levelMv, this.next);
  }

  /** Ms from the R that is nearest to now, negative before it; NaN without one. */
  get msFromR(): number {
    return this.running && !this.wave ? this.heart.msFromR : NaN;
  }

  /** Pulses a minute that the rhythm would make; 0 for a test wave: nothing beats there. */
  get pulsePerMin(): number {
    return this.wave ? 0 : this.heart.vitals().pulsePerMin;
  }

  /** The pulsating part at the finger, about 0..1. */
  get pleth(): number {
    return this.wave ? 0 : this.heart.body.pleth;
  }

  /** Called with the time of each R of the rhythm, s on this patient's clock. */
  set onR(told: (tS: number) => void) {
    this.told = told;
  }

  render(out: readonly Float64Array[], n: number): number {
    // the heart goes on under a wave, so that its clock is ours
    this.heart.render(out, n);
    this.st.mv = this.wave === undefined && this.heart.rhythm === 'sinus-fixed' ? this.stMv : 0;
    this.st.add(this.next, this.fs, out, n);
    this.wave?.render(out, n);
    if (this.axisDegrees !== 0) this.turn(out, n);
    const gain = this.running ? this.gain : 0;
    if (gain !== 1) for (let k = 0; k < this.leads.length; k++) for (let i = 0; i < n; i++) out[k][i] *= gain;
    for (let from = 0; from < n; from += PART) this.disturb(out, from, Math.min(PART, n - from));
    this.next += n;
    return n;
  }

  shock(): void {
    // an instrument has no heart
  }

  pace(): void {
    // an instrument has no heart
  }

  /** Leads I, II, III of a heart that lies otherwise. */
  private turn([, one, two, three]: readonly Float64Array[], n: number): void {
    const cos = Math.cos((this.axisDegrees * Math.PI) / 180);
    const sin = Math.sin((this.axisDegrees * Math.PI) / 180);
    for (let i = 0; i < n; i++) {
      const x = one[i];
      const y = (two[i] - 0.5 * x) / SIN_60;
      one[i] = x * cos - y * sin;
      two[i] = 0.5 * one[i] + SIN_60 * (x * sin + y * cos);
      three[i] = two[i] - one[i];
    }
  }

  /** I = LA - RA, II = LL - RA: an electrode disturbs the leads that it is part of; the pads see every one. */
  private disturb([pads, one, two, three]: readonly Float64Array[], from: number, n: number): void {
    const { scratch, disturbed } = this;
    if (disturbed.length === 0) return;
    for (const lead of scratch) lead.fill(0, 0, n);
    this.artifacts.apply(this.next + from, scratch, n);
    const on = (...electrodes: readonly string[]): number =>
      electrodes.some((e) => disturbed.includes(e)) ? 1 : 0;
    const [atOne, atTwo] = [on('RA', 'LA'), on('RA', 'LL')];
    for (let i = 0; i < n; i++) {
      pads[from + i] += scratch[0][i];
      one[from + i] += atOne * scratch[1][i];
      two[from + i] += atTwo * scratch[2][i];
      three[from + i] = two[from + i] - one[from + i];
    }
  }
}
