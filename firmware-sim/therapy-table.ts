/**
 * The therapy machine of the box, as a table (STYLE 5). An empty cell is a refusal: nothing changes, the host gets NAK badState.
 *
 * Every way out of a charged state leads through the dump relay or through the patient; there is no third.
 */
import type { BoxState } from '../src/protocol/messages.ts';

export type BoxEvent =
  | 'passed'
  | 'failed'
  | 'charge'
  | 'charged'
  | 'fire'
  | 'fireOnR'
  | 'rWave'
  | 'withdraw'
  | 'delivered'
  | 'dump'
  | 'dumped'
  | 'restart'
  | 'broken';

export const BOX_THERAPY = {
  selfTest: { passed: 'standby', failed: 'failed', broken: 'failed' },
  standby: { charge: 'charging', restart: 'selfTest', broken: 'failed' },
  charging: { charge: 'charging', charged: 'ready', dump: 'dumping' },
  ready: { charge: 'charging', fire: 'delivering', fireOnR: 'awaitingR', dump: 'dumping' },
  awaitingR: { rWave: 'delivering', withdraw: 'ready', dump: 'dumping' },
  delivering: { delivered: 'dumping' },
  dumping: { dumped: 'standby', restart: 'selfTest', broken: 'failed' },
  failed: { restart: 'selfTest' },
} satisfies Record<BoxState, Partial<Record<BoxEvent, BoxState>>>;

/** Where `event` leads from `state`, or undefined: refused. */
export function nextState(state: BoxState, event: BoxEvent): BoxState | undefined {
  const row: Partial<Record<BoxEvent, BoxState>> = BOX_THERAPY[state];
  return row[event];
}

/** There may be energy in the capacitor that a wrong step could let out. */
export function holdsCharge(state: BoxState): boolean {
  return state === 'charging' || state === 'ready' || state === 'awaitingR';
}
