/** Signals that a detector meets on a patient: what is on the lead, where the truth still counts. */
import type { DetectorProfile } from '../../src/detect/index.ts';
import { detectAll, match } from './run.ts';
import { syntheticEcg, type SyntheticEcg } from './synthetic.ts';

export interface Disturbed extends SyntheticEcg {
  fs: number;
  /** Seconds in which beats do not count. */
  from: number;
  to: number;
}

/** 60 s at 75/min; `change` gets a sample, its time and its place, from `from` s on. */
export function disturbed(
  fs: number,
  [from, to]: readonly [number, number],
  change: (v: number, t: number, i: number) => number,
): Disturbed {
  const { x, peaks } = syntheticEcg({ fs, seconds: 60, bpm: 75 });
  return { fs, from, to, peaks, x: x.map((v, i) => (i < from * fs ? v : change(v, i / fs, i))) };
}

/** Beats that are wrong outside of what does not count, as times in s. */
export function wrongBeats(
  { fs, x, peaks, from, to }: Disturbed,
  profile?: DetectorProfile,
): { missed: number[]; extra: number[] } {
  const counts = (s: number): boolean => s < (from - 0.1) * fs || s > to * fs;
  const found = detectAll(profile === undefined ? { fs } : { fs, profile }, x).beats.map((b) => b.sample);
  const { missed, extra } = match(peaks.filter(counts), found.filter(counts), fs);
  const seconds = (samples: number[]): number[] => samples.map((s) => s / fs);
  return { missed: seconds(missed), extra: seconds(extra) };
}
