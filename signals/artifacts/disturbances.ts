/**
 * The artifacts that are on a patient now. Every patient has one of these, also a recording: the heart stays what it
 * is, the leads get worse.
 *
 * Artifacts apply in the registry's order, so a loose electrode also loses what came before it. Where the leads are I, II
 * and III, III is made again from I and II: electrodes are disturbed, not leads. Without artifacts it costs nothing.
 */
import { UsageError } from '../../src/core/errors.ts';
import type { Rng } from '../../src/core/rng.ts';
import type { Hertz, SampleIndex } from '../../src/core/units.ts';
import { RUN } from '../rhythms/noise.ts';
import type { ArtifactSource } from './artifact.ts';
import { ARTIFACTS, artifactByName } from './index.ts';

/** Name of the artifact to its level in mV. */
export type ArtifactLevels = Readonly<Record<string, number>>;

const MOST_MV = 1000;

export class Disturbances {
  private readonly fs: Hertz;
  private readonly leads: readonly string[];
  private readonly rng: Rng;
  private readonly limbs: readonly [number, number, number];
  /** By place in the registry; one source for each lead. */
  private readonly active: (readonly ArtifactSource[])[] = ARTIFACTS.map(() => []);
  private readonly levels: number[] = ARTIFACTS.map(() => 0);
  private count = 0;
  private starts = 0;

  constructor(fs: Hertz, leads: readonly string[], rng: Rng, levels: ArtifactLevels = {}) {
    this.fs = fs;
    this.leads = leads;
    this.rng = rng;
    this.limbs = [leads.indexOf('I'), leads.indexOf('II'), leads.indexOf('III')];
    for (const [name, levelMv] of Object.entries(levels)) this.set(name, levelMv, 0);
  }

  /** Puts the artifact on from sample `at`; without a level its usual one; 0 takes it off. */
  set(name: string, levelMv: number | undefined, at: SampleIndex): void {
    const artifact = artifactByName(name);
    const level = levelMv ?? artifact.usualMv;
    if (!(level >= 0 && level <= MOST_MV)) {
      throw new UsageError(`level of ${name}: expected 0 to ${MOST_MV} mV, found ${level}`);
    }
    const rng = this.rng.fork(`${name}.${this.starts++}`);
    const place = ARTIFACTS.indexOf(artifact);
    const sources = this.leads.map((lead) => {
      const own = rng.fork(artifact.common ? 'all' : lead);
      return artifact.start({
        startS: at / this.fs,
        rng: own,
        levelMv: level * (artifact.leadGain?.[lead] ?? 1),
      });
    });
    this.active[place] = level === 0 ? [] : sources;
    this.levels[place] = level;
    this.count = this.active.filter((a) => a.length > 0).length;
  }

  /** mV; 0 when it is off. */
  levelOf(name: string): number {
    return this.levels[ARTIFACTS.indexOf(artifactByName(name))];
  }

  /** Changes samples first..first+n-1, which are at 0..n-1 of every lead. */
  apply(first: SampleIndex, out: readonly Float64Array[], n: number): void {
    if (this.count === 0) return;
    for (let from = 0; from < n; from += RUN) {
      const m = Math.min(RUN, n - from);
      for (const sources of this.active) {
        for (let k = 0; k < sources.length; k++) sources[k].apply(first + from, this.fs, out[k], from, m);
      }
    }
    const [i, ii, iii] = this.limbs;
    if (i < 0 || ii < 0 || iii < 0) return;
    for (let k = 0; k < n; k++) out[iii][k] = out[ii][k] - out[i][k];
  }

  shock(at: SampleIndex): void {
    for (const sources of this.active) for (const source of sources) source.shock?.(at / this.fs);
  }
}
