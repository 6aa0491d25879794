/**
 * Many stories from one seed: story k of seed S is made from `S/k` alone, so that any of them can be told again by itself,
 * on any machine, whatever ran before.
 */
import { Rng } from '../../core/rng.ts';
import type { Rules } from './rules.ts';
import { shrink } from './shrink.ts';
import type { Step, Story } from './story.ts';
import { deedText, makeStory } from './story.ts';
import type { Level } from './stage.ts';
import { tell } from './world.ts';

export const STORY_MINUTES = 3;

export interface Failure {
  story: Story;
  broken: string;
  /** Places of the steps that are left in the full story. */
  kept: readonly number[];
}

export interface CampaignResult {
  stories: number;
  minutes: number;
  tally: Rules['tally'];
  failures: Failure[];
}

export function storyOf(seed: string): Story {
  return makeStory(seed, STORY_MINUTES * 60_000, new Rng(seed).fork('story'));
}

/** Only the steps at these places. */
export function withSteps(story: Story, kept: readonly number[]): Story {
  return {
    ...story,
    steps: kept.map((k) => story.steps[k]).filter((s) => (s as Step | undefined) !== undefined),
  };
}

export function investigate(story: Story, level: Level): Failure | undefined {
  const { broken } = tell(story, level);
  if (broken === undefined) return undefined;
  const short = shrink(story, (candidate) => tell(candidate, level).broken);
  return {
    story: short,
    broken: tell(short, level).broken ?? broken,
    kept: short.steps.map((step) => story.steps.indexOf(step)),
  };
}

/** Stories number first, first + every, ... below `count`. */
export function campaign(
  seed: string,
  count: number,
  level: Level,
  { first = 0, every = 1 }: { first?: number; every?: number } = {},
): CampaignResult {
  const tally = { shocks: 0, syncShocks: 0, refused: 0, charges: 0, dumps: 0, lost: 0, aborted: 0 };
  const result: CampaignResult = { stories: 0, minutes: 0, tally, failures: [] };
  for (let k = first; k < count; k += every) {
    const story = storyOf(`${seed}/${k}`);
    const outcome = tell(story, level);
    result.stories++;
    result.minutes += outcome.minutes;
    for (const key of Object.keys(tally) as (keyof typeof tally)[]) tally[key] += outcome.tally[key];
    if (outcome.broken === undefined) continue;
    const failure = investigate(story, level);
    if (failure !== undefined) result.failures.push(failure);
  }
  return result;
}

/** For the person who has to find out why, with the command that tells it again. */
export function failureText({ story, broken, kept }: Failure, level: Level): string {
  const steps = story.steps.map((s) => `  ${(s.atMs / 1000).toFixed(3).padStart(9)} s  ${deedText(s)}`);
  const replay = `npm run sim -- --replay ${story.seed} --level ${level} --steps ${kept.join(',') || 'none'}`;
  return [`BROKEN ${broken}`, ...steps, `replay: ${replay}`].join('\n');
}
