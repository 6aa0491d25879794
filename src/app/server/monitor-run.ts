/** What the screen server shows and serves, whatever is behind it: a simulated patient, a recording, a box on a cable. */
import type { Block } from '../../core/block.ts';
import type { OperatorAction, SessionEvent, SlowWave } from '../../core/session-events.ts';
import type { BenchAction, HelloMessage, StatusMessage } from '../../protocol/screen.ts';

export interface MonitorRun {
  onEvent: (event: SessionEvent) => void;
  onWave: (wave: Block) => void;
  /** `fs` of the stream that its samples are counted on. */
  onSlowWave: (fs: number, wave: SlowWave) => void;
  hello(): HelloMessage;
  status(): StatusMessage;
  operate(action: OperatorAction): void;
  bench(action: BenchAction): void;
}
