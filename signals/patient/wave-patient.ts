/**
 * A test wave plays the patient: exact, without noise, deaf to shocks. The wave lies along lead II (full height there and
 * on the pads), so I and III see half of it.
 */
import { assert } from '../../src/core/errors.ts';
import type { Hertz, Ohms, SampleIndex } from '../../src/core/units.ts';
import { PATIENT_LEADS } from './leads.ts';
import type { Patient } from './patient.ts';
import type { TestWave } from './waves/wave.ts';

export class WavePatient implements Patient {
  readonly fs: Hertz;
  readonly leads: readonly string[] = PATIENT_LEADS;
  readonly wave: TestWave;
  impedanceOhm: Ohms = 75;
  private next: SampleIndex = 0;

  constructor(wave: TestWave, fs: Hertz = 500) {
    this.wave = wave;
    this.fs = fs;
  }

  get position(): SampleIndex {
    return this.next;
  }

  render(out: readonly Float64Array[], n: number): number {
    assert(out.length >= PATIENT_LEADS.length, () => `patient has 4 leads, room for ${out.length}`);
    const [pads, one, two, three] = out;
    for (let i = 0; i < n; i++) {
      const mv = this.wave.at((this.next + i) / this.fs, 1 / this.fs);
      pads[i] = mv;
      one[i] = 0.5 * mv;
      two[i] = mv;
      three[i] = two[i] - one[i];
    }
    this.next += n;
    return n;
  }

  shock(): void {
    // a generator has no heart
  }

  pace(): void {
    // a generator has no heart
  }
}
