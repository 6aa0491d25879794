/** What the parts of a session stand on: the call that is being served, the machines, the queue to the box, and a voice. */
import type { Told } from '../control/told.ts';
import type { Microseconds, SampleIndex } from '../core/units.ts';
import type { CommandQueue } from './commands.ts';
import type { SessionOptions } from './options.ts';
import type { DeviceInfo } from './state.ts';
import type { Treatment } from './treatment.ts';

export interface Ground {
  readonly options: SessionOptions;
  readonly commands: CommandQueue;
  readonly treatment: Treatment;
  /** Time of the call that is being served. */
  readonly now: () => Microseconds;
  /** The box of this session; undefined before the first answered. */
  readonly device: () => DeviceInfo | undefined;
  /** Index of the lead that is analysed and triggers SYNC; the pads are lead 0. */
  readonly lead: () => number;
  /** An event of now. */
  readonly tell: (event: Told) => void;
  /** An event of a sample. */
  readonly tellAt: (event: Told, sample: SampleIndex) => void;
  /** What `run` tells belongs to that sample; undefined: it is of now. */
  readonly during: (sample: SampleIndex | undefined, run: () => void) => void;
}
