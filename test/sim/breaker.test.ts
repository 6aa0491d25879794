/** The breaker in small, and proof that it can fail: each sabotage is found, shrunk and told again. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { campaign, failureText, investigate, storyOf, withSteps } from '../../src/app/sim/campaign.ts';
import { shrink } from '../../src/app/sim/shrink.ts';
import type { Story } from '../../src/app/sim/story.ts';
import { tell } from '../../src/app/sim/world.ts';
import { REGRESSIONS, seedOfTheCode } from './seeds.ts';
import { TherapyMachine } from '../../src/control/therapy.ts';
import { Treatment } from '../../src/session/treatment.ts';
import { CommandQueue } from '../../src/session/commands.ts';
import { Orders } from '../../firmware-sim/orders.ts';
import { DeadMan } from '../../firmware-sim/dead-man.ts';

/** Seconds of work on a machine that has other things to do. */
vi.setConfig({ testTimeout: 60_000 });
afterEach(() => vi.restoreAllMocks());

describe('random stories with both ends and a bad cable', () => {
  const seed = seedOfTheCode();

  test(`level event, seed ${seed}: no rule is broken, and the stories are not idle`, () => {
    const { failures, tally } = campaign(seed, 60, 'event');
    expect(failures.map((f) => failureText(f, 'event'))).toEqual([]);
    expect(tally.shocks).toBeGreaterThan(150);
    expect(tally.syncShocks).toBeGreaterThan(50);
    expect(tally.refused).toBeGreaterThan(600);
    expect(tally.lost).toBeGreaterThan(15);
  });

  test.each([
    ['wire', 2],
    ['signal', 1],
  ] as const)(`level %s, seed ${seed}: no rule is broken`, (level, stories) => {
    const { failures } = campaign(seed, stories, level);
    expect(failures.map((f) => failureText(f, level))).toEqual([]);
  });

  test.each(REGRESSIONS)('story %s stays told', (story, kept) => {
    for (const level of ['event', 'wire'] as const) {
      expect(tell(withSteps(storyOf(story), kept), level).broken).toBeUndefined();
    }
  });

  test('one seed is one story, with one end', () => {
    const story = storyOf('twice/1');
    expect(story).toEqual(storyOf('twice/1'));
    expect(tell(story, 'event')).toEqual(tell(story, 'event'));
  });
});

/** As it was before the sabotage; call it with its object. */
function method<T extends object, K extends keyof T>(prototype: T, name: K): T[K] {
  return prototype[name];
}

/** The first story that breaks a rule, and which. */
function firstBroken(seed: string, stories = 12): { seed: string; broken: string } {
  for (let k = 0; k < stories; k++) {
    const { broken } = tell(storyOf(`${seed}/${k}`), 'event');
    if (broken !== undefined) return { seed: `${seed}/${k}`, broken };
  }
  throw new Error('the sabotage was not found');
}

describe('the breaker finds', () => {
  test('a host that presses SHOCK by itself, and tells it in a few steps', () => {
    const real = method(TherapyMachine.prototype, 'handle');
    vi.spyOn(TherapyMachine.prototype, 'handle').mockImplementation(function (
      this: TherapyMachine,
      event,
      now,
    ) {
      const effects = real.call(this, event, now);
      return event.type === 'charged' ? [...effects, ...real.call(this, { type: 'shock' }, now)] : effects;
    });
    const { seed } = firstBroken('sabotage');
    const failure = investigate(storyOf(seed), 'event');
    if (failure === undefined) throw new Error('told once, not twice');
    expect(failure.broken).toMatch(/^shock: /);
    expect(failure.story.steps.length).toBeLessThanOrEqual(3);
    expect(failureText(failure, 'event')).toContain(`--replay ${failure.story.seed}`);
    // What is printed tells the same story again.
    const again = withSteps(storyOf(failure.story.seed), failure.kept);
    expect(tell(again, 'event').broken).toBe(failure.broken);
  });

  test('a box whose dead man sleeps', () => {
    vi.spyOn(DeadMan.prototype, 'nextUs', 'get').mockReturnValue(Infinity);
    expect(firstBroken('sabotage').broken).toMatch(/^deadMan: /);
  });

  test('a host that forgets to send DISARM', () => {
    vi.spyOn(CommandQueue.prototype, 'pushDisarm').mockImplementation(() => undefined);
    expect(firstBroken('sabotage').broken).toMatch(/^(agreement|alive): /);
  });

  test('a box that does not hear a cancelled press', () => {
    vi.spyOn(Orders.prototype, 'cancelFire').mockReturnValue('ok');
    expect(firstBroken('deaf', 200).broken).toMatch(/^shock: the box had been told to stop/);
  });

  test('a host that refuses and does it all the same', () => {
    const real = method(Treatment.prototype, 'operate');
    vi.spyOn(Treatment.prototype, 'operate').mockImplementation(function (this: Treatment, action, now) {
      const refused = this.whyNot(action, now) !== undefined;
      real.call(this, action, now);
      if (refused) Object.assign(this.therapy, { selectedJ: 1 });
    });
    expect(firstBroken('sabotage').broken).toMatch(/^(refusal|shock): /);
  });
});

test('shrinking keeps what the rule needs and nothing else', () => {
  const story: Story = {
    seed: 's',
    endMs: 1000,
    steps: Array.from({ length: 50 }, (_, k) => ({ atMs: k, do: 'cable', spec: String(k) })),
  };
  const needs = ['7', '31'];
  const short = shrink(story, ({ steps }) => {
    const specs = steps.map((s) => (s.do === 'cable' ? s.spec : ''));
    return needs.every((n) => specs.includes(n)) ? 'rule: broken' : undefined;
  });
  expect(short.steps.map((s) => s.atMs)).toEqual([7, 31]);
});
