/** What the box's compression sensor says, for the analysis: undefined where none is plugged in. Then the ECG is asked. */
import type { MessageOf } from '../protocol/messages.ts';
import { SENSORS, VITAL_STATES } from '../protocol/messages.ts';

const SENSOR_BIT = 1 << SENSORS.indexOf('compression');
const STILL_BIT = 1 << VITAL_STATES.indexOf('noCompressions');

export function chestIsCompressed({
  sensors,
  states,
}: Pick<MessageOf<'vitals'>, 'sensors' | 'states'>): boolean | undefined {
  if ((sensors & SENSOR_BIT) === 0) return undefined;
  return (states & STILL_BIT) === 0;
}
