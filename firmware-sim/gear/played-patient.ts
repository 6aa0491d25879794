/**
 * What a patient simulator plays on its terminals: a rhythm or a test wave, as high as its amplitude knob says. It is
 * wired to the box's leads like a patient, but no shock changes it: an instrument has no heart.
 */
import { SimPatient } from '../../signals/patient/sim-patient.ts';
import type { Patient } from '../../signals/patient/patient.ts';
import { WavePatient } from '../../signals/patient/wave-patient.ts';
import type { TestWave } from '../../signals/patient/waves/wave.ts';
import type { Rng } from '../../src/core/rng.ts';
import type { Hertz, Ohms, SampleIndex } from '../../src/core/units.ts';

export class PlayedPatient implements Patient {
  readonly fs: Hertz;
  readonly leads: readonly string[];
  impedanceOhm: Ohms = 50;
  /** Factor on the height of everything. */
  gain = 1;
  /** False: the terminals are quiet. */
  running = true;
  private readonly heart: SimPatient;
  private wave: WavePatient | undefined;
  private next: SampleIndex = 0;

  constructor(fs: Hertz, rng: Rng) {
    this.fs = fs;
    this.heart = new SimPatient({ fs, rng, noise: false, ratePerMin: 80 });
    this.leads = this.heart.leads;
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
    this.heart.setArtifact(name, levelMv);
  }

  /** Ms from the R that is nearest to now, negative before it; NaN without one. */
  get msFromR(): number {
    return this.running && !this.wave ? this.heart.msFromR : NaN;
  }

  /** Called with the time of each R of the rhythm, s on this patient's clock. */
  set onR(told: (tS: number) => void) {
    this.heart.onBeat = ({ tS }) => told(tS);
  }

  render(out: readonly Float64Array[], n: number): number {
    // the heart goes on under a wave, so that its clock is ours
    this.heart.render(out, n);
    this.wave?.render(out, n);
    const gain = this.running ? this.gain : 0;
    if (gain !== 1) for (let k = 0; k < this.leads.length; k++) for (let i = 0; i < n; i++) out[k][i] *= gain;
    this.next += n;
    return n;
  }

  shock(): void {
    // an instrument has no heart
  }

  pace(): void {
    // an instrument has no heart
  }
}
