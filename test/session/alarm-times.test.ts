/** Time to alarm through the whole path; the whole table is `npm run bench:alarms`. */
import { expect, test } from 'vitest';
import { ALARM_CASES, timeToAlarm } from '../../bench/lib/alarm-time.ts';

const TESTED = ['3d', '4ah', '4b', 'flat'];

test.each(ALARM_CASES.filter((c) => TESTED.includes(c.wave)))(
  'wave $wave after $fromPerMin/min is told within $mostS s',
  (wave) => {
    const { alarm, seconds } = timeToAlarm(wave);
    expect(alarm).not.toBe('none');
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(wave.mostS);
  },
);
