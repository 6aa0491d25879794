/**
 * The shortest story that still breaks the same rule: delta debugging (Zeller & Hildebrandt, IEEE Trans. Softw. Eng.
 * 28(2), 2002). Leaves out ever smaller runs of steps as long as the rule stays broken; then single steps.
 */
import type { Step, Story } from './story.ts';

/** `breaks` tells the story and says which rule it broke, or undefined. */
export function shrink(story: Story, breaks: (story: Story) => string | undefined, tries = 400): Story {
  const rule = ruleOf(breaks(story));
  if (rule === undefined) return story;
  let left = tries;
  const stillBreaks = (steps: readonly Step[]): boolean =>
    left-- > 0 && ruleOf(breaks({ ...story, steps })) === rule;
  let { steps } = story;
  for (let size = Math.ceil(steps.length / 2); size >= 1 && left > 0;) {
    const shorter = withoutRun(steps, size, stillBreaks);
    if (shorter !== undefined) steps = shorter;
    else size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  return { ...story, steps };
}

function withoutRun(
  steps: readonly Step[],
  size: number,
  stillBreaks: (steps: readonly Step[]) => boolean,
): readonly Step[] | undefined {
  for (let from = 0; from < steps.length; from += size) {
    const fewer = [...steps.slice(0, from), ...steps.slice(from + size)];
    if (stillBreaks(fewer)) return fewer;
  }
  return undefined;
}

function ruleOf(broken: string | undefined): string | undefined {
  return broken?.split(':')[0];
}
