/** Leaving out heartbeats must change nothing: the same stories with and without, event by event. */
import { expect, test } from 'vitest';
import { storyOf } from '../../src/app/sim/campaign.ts';
import { lastDueBefore, firstDueFrom } from '../../src/core/periodic.ts';
import { tell } from '../../src/app/sim/world.ts';

function told(seed: string, everyHeartbeat: boolean): { lines: string[]; broken: string | undefined } {
  const lines: string[] = [];
  const { broken } = tell(storyOf(seed), 'event', {
    everyHeartbeat,
    onEvent: (event, now) => lines.push(`${now} ${JSON.stringify(event)}`),
  });
  return { lines, broken };
}

test('stories told with every heartbeat and without those that change nothing are the same, to the microsecond', () => {
  let events = 0;
  for (let k = 0; k < 30; k++) {
    const short = told(`quiet/${k}`, false);
    expect(short).toEqual(told(`quiet/${k}`, true));
    events += short.lines.length;
  }
  expect(events).toBeGreaterThan(2500);
});

test('when something periodic was due last and is due next', () => {
  expect(lastDueBefore(100, 200, 100)).toBe(-Infinity);
  expect(lastDueBefore(100, 200, 101)).toBe(100);
  expect(lastDueBefore(100, 200, 300)).toBe(100);
  expect(lastDueBefore(100, 200, 301)).toBe(300);
  expect(lastDueBefore(Infinity, 200, 301)).toBe(-Infinity);
  expect(firstDueFrom(100, 200, 100)).toBe(100);
  expect(firstDueFrom(100, 200, 101)).toBe(300);
  expect(firstDueFrom(100, 200, 300)).toBe(300);
});
