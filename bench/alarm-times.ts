/**
 * Time to alarm for the waves of IEC 60601-2-27 (shapes as in signals/patient/waves, marked there where they are ours) and for
 * asystole, through the whole path: box, packets, analysis, alarms.
 *
 *   npm run bench:alarms        exit 1 when one takes longer than its limit
 *
 * 20 s of a regular rhythm that the limits allow, then the wave. Counted from the wave's first sample to the event `alarm`.
 */
import { EXIT } from '../src/core/errors.ts';
import { ALARM_CASES, timeToAlarm } from './lib/alarm-time.ts';
import { table } from './lib/table.ts';

let late = 0;
const rows = ALARM_CASES.map((test) => {
  const { alarm, seconds } = timeToAlarm(test);
  const isFine = seconds >= 0 && seconds <= test.mostS;
  if (!isFine) late++;
  return [
    test.wave,
    `${test.fromPerMin}`,
    `${test.bpmLow}-${test.bpmHigh}`,
    alarm,
    seconds.toFixed(1),
    String(test.mostS),
    isFine ? 'yes' : 'NO',
  ];
});
console.log(table(['wave', 'before, /min', 'limits, /min', 'first alarm', 's', 'limit, s', 'held'], rows));
process.exitCode = late === 0 ? EXIT.ok : EXIT.verdictFailed;
