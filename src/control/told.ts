/** What a machine has to tell: a session event before the session put time and sample on it. */
import type { SessionEvent } from '../core/session-events.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type Told = Without<SessionEvent, 't' | 'sample'>;
