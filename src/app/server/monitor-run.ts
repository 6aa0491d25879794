/** What the screen server shows and serves, whatever is behind it: a simulated patient, a recording, a box on a cable. */
import type { OperatorAction, SessionEvent, SessionWave } from '../../core/session-events.ts';
import type { BenchAction, HelloMessage, StatusMessage } from '../../protocol/screen.ts';

export interface MonitorRun {
  onEvent: (event: SessionEvent) => void;
  onWave: (wave: Pick<SessionWave, 'fs' | 'firstSample' | 'n' | 'leads'>) => void;
  hello(): HelloMessage;
  status(): StatusMessage;
  operate(action: OperatorAction): void;
  /** Undefined when done, else why not. */
  bench(action: BenchAction): string | undefined;
}
