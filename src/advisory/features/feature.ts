/** One number that describes a window. A file each in this folder; the list is registry.ts. */
import type { AnalysisWindow } from '../window.ts';

export interface Feature {
  /** As in evidence, weights and reports. */
  readonly name: string;
  readonly unit: string;
  /** One sentence for the operator and the student. */
  readonly what: string;
  /** Where the formula comes from. */
  readonly source: string;
  /** NaN where the window does not have what it takes (no beats, no signal). */
  compute(w: AnalysisWindow): number;
}
