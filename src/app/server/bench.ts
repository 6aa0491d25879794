/** The bench as the screen sees it: hands on patient and box, wherever the box is. */
import type { BenchAction, BenchState, Choice } from '../../protocol/screen.ts';

export interface Bench {
  /** Rhythms that the patient can be given; none where a recording plays him. */
  readonly rhythms: readonly Choice[];
  readonly state: BenchState;
  /** Throws an RwaveError for what cannot be done. */
  act(action: BenchAction): void;
}
