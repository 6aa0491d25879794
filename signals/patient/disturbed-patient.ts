/**
 * Artifacts around any patient, simulated or recorded: the heart stays what it is, the leads get worse.
 *
 *   const patient = new DisturbedPatient(new SimPatient({ rhythm: 'vf' }), new Rng(1), { cpr: 2 });
 *   patient.setArtifact('mains-50', 0.3);   patient.setArtifact('cpr', 0);   // on, off
 *
 * Artifacts apply in the registry's order, so a loose electrode also loses what came before it. Where the leads are I, II
 * and III, III is made again from I and II: electrodes are disturbed, not leads.
 */
import { UsageError } from '../../src/core/errors.ts';
import type { Rng } from '../../src/core/rng.ts';
import type { Hertz, Ohms, SampleIndex } from '../../src/core/units.ts';
import type { ArtifactSource } from '../artifacts/artifact.ts';
import { ARTIFACTS, artifactByName } from '../artifacts/index.ts';
import type { PacePulse, Patient, ShockAtPatient } from './patient.ts';

/** Name of the artifact to its level in mV. */
export type ArtifactLevels = Readonly<Record<string, number>>;

const MOST_MV = 1000;

export class DisturbedPatient implements Patient {
  private readonly patient: Patient;
  private readonly rng: Rng;
  private readonly one: number;
  private readonly two: number;
  private readonly three: number;
  /** By place in the registry; one source for each lead. */
  private readonly active: (readonly ArtifactSource[])[] = ARTIFACTS.map(() => []);
  private starts = 0;

  constructor(patient: Patient, rng: Rng, levels: ArtifactLevels = {}) {
    this.patient = patient;
    this.rng = rng;
    this.one = patient.leads.indexOf('I');
    this.two = patient.leads.indexOf('II');
    this.three = patient.leads.indexOf('III');
    for (const [name, levelMv] of Object.entries(levels)) this.setArtifact(name, levelMv);
  }

  get fs(): Hertz {
    return this.patient.fs;
  }
  get leads(): readonly string[] {
    return this.patient.leads;
  }
  get position(): SampleIndex {
    return this.patient.position;
  }
  get impedanceOhm(): Ohms {
    return this.patient.impedanceOhm;
  }

  /** Puts the artifact on from the next sample; without a level its usual one; 0 takes it off. */
  setArtifact(name: string, levelMv?: number): void {
    const artifact = artifactByName(name);
    const level = levelMv ?? artifact.usualMv;
    if (!(level >= 0 && level <= MOST_MV)) {
      throw new UsageError(`level of ${name}: expected 0 to ${MOST_MV} mV, found ${level}`);
    }
    const rng = this.rng.fork(`${name}.${this.starts++}`);
    const startS = this.position / this.fs;
    this.active[ARTIFACTS.indexOf(artifact)] =
      level === 0
        ? []
        : this.leads.map((lead) => {
            const own = rng.fork(artifact.common ? 'all' : lead);
            return artifact.start({ startS, rng: own, levelMv: level * (artifact.leadGain?.[lead] ?? 1) });
          });
  }

  render(out: readonly Float64Array[], n: number): number {
    const first = this.position;
    const done = this.patient.render(out, n);
    for (const sources of this.active) {
      for (let k = 0; k < sources.length; k++) sources[k].apply(first, this.fs, out[k], 0, done);
    }
    if (this.one >= 0 && this.two >= 0 && this.three >= 0) {
      const [one, two, three] = [out[this.one], out[this.two], out[this.three]];
      for (let i = 0; i < done; i++) three[i] = two[i] - one[i];
    }
    return done;
  }

  shock(shock: ShockAtPatient): void {
    this.patient.shock(shock);
    const tS = this.position / this.fs;
    for (const sources of this.active) for (const source of sources) source.shock?.(tS);
  }

  pace(pulse: PacePulse): void {
    this.patient.pace(pulse);
  }
}
