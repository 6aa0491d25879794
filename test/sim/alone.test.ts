/** A box that goes on alone while it only takes samples (treat-rig.ts) is the box that it would have been among others. */
import { afterEach, expect, test, vi } from 'vitest';
import { Box } from '../../firmware-sim/box.ts';
import { storyOf } from '../../src/app/sim/campaign.ts';
import type { Level } from '../../src/app/sim/stage.ts';
import { tell } from '../../src/app/sim/world.ts';

vi.setConfig({ testTimeout: 60_000 });
afterEach(() => vi.restoreAllMocks());

/** What is told and when, and how the story ends. */
function heard(seed: string, level: Level): { told: string[]; outcome: unknown } {
  const told: string[] = [];
  const onEvent = (event: unknown, now: number): void => void told.push(`${now} ${JSON.stringify(event)}`);
  return { outcome: tell(storyOf(seed), level, { onEvent }), told };
}

/** As it was before it is spied on; call it with its object. */
function method<T extends object, K extends keyof T>(prototype: T, name: K): T[K] {
  return prototype[name];
}

test.each([
  ['alone/1', 'wire'],
  ['alone/2', 'wire'],
  ['alone/3', 'signal'],
] as const)('story %s, level %s: the same events at the same times', (seed, level) => {
  const alone = heard(seed, level);
  const step = method(Box.prototype, 'step');
  let quiet = 0;
  vi.spyOn(Box.prototype, 'step').mockImplementation(function (this: Box, now, bytes) {
    const result = step.call(this, now, bytes);
    if (result.quiet) quiet++;
    return { ...result, quiet: false };
  });
  const among = heard(seed, level);
  expect(quiet).toBeGreaterThan(1000);
  expect(alone).toEqual(among);
});
