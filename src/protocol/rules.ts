/**
 * The times that both sides keep, written down once. The figures are those of docs/PROTOCOL.md.
 */
import type { MessageType } from './messages.ts';

/** Five heartbeats a second from each side. */
export const HEARTBEAT_MS = 200;
/** The box: charged, and no valid packet of this session for so long, dumps. */
export const DEAD_MAN_MS = 1000;
/** The dump relay is on no later than this after the last valid packet. */
export const DUMP_RELAY_MS = 1050;
/** The host: a picture this old is shown as old, and FIRE is not offered. */
export const STALE_MS = 600;
/** The host: the link is lost; close it, open a new one, never arm again by itself. */
export const LOST_MS = 1000;
/** The box repeats an event until it is acknowledged. */
export const EVENT_REPEAT_MS = 100;
/** DISARM is repeated until it is acknowledged. */
export const DISARM_REPEAT_MS = 50;
/** TIMESYNC; the exchange with the shortest round trip of the last 16 counts. */
export const TIMESYNC_MS = 1000;
export const TIMESYNC_KEPT = 16;
/** Wait for the answer to the first, second and third try. It covers two FTDI latency timers (2 x 16 ms) and jitter. */
export const RETRY_WAITS_MS: readonly number[] = [100, 200, 400];
/** Wait before a new connection, doubled from the first to the last. */
export const RECONNECT_MS = { first: 250, last: 2000 } as const;

/** What each command does when no answer comes. Everything that is not named is sent three times. */
const EXCEPTIONS: Partial<Record<MessageType, readonly number[]>> = {
  // Once, whatever happens: who gets no answer asks with GET_RESULT.
  fire: [RETRY_WAITS_MS[0]],
};

/** The waits after each try of a command; its length is the number of tries. */
export function triesOf(type: MessageType): readonly number[] {
  return EXCEPTIONS[type] ?? RETRY_WAITS_MS;
}
