/** Every language says everything, in its own words, and leaves the keys' names alone. */
import { describe, expect, test } from 'vitest';
import { LANGUAGE_TAGS, LANGUAGES, promptText } from '../../src/control/prompts/index.ts';
import type { PromptName } from '../../src/control/prompts/index.ts';
import { story } from '../session/rig.ts';

const NAMES = Object.keys(LANGUAGES.en) as PromptName[];
const KEYS = ['SHOCK', 'SYNC'] as const;

describe.each(LANGUAGE_TAGS)('prompts in %s', (language) => {
  test('are complete, and no sentence is empty or lacks its full stop', () => {
    expect(Object.keys(LANGUAGES[language]).sort()).toEqual([...NAMES].sort());
    for (const name of NAMES) expect(promptText(language, name)).toMatch(/^\S.{9,}\.$/);
  });

  test('name the same keys as the English ones', () => {
    const keysIn = (text: string) => KEYS.filter((key) => text.includes(key));
    for (const name of NAMES)
      expect(keysIn(promptText(language, name)), name).toEqual(keysIn(LANGUAGES.en[name]));
  });
});

test.each(LANGUAGE_TAGS.filter((tag) => tag !== 'en'))('prompts in %s are translated', (language) => {
  const same = NAMES.filter((name) => promptText(language, name) === LANGUAGES.en[name]);
  expect(same).toEqual([]);
});

test('a session speaks the language that it was given', () => {
  const s = story('sinus', { session: { mode: 'aed', language: 'de', analyse: false } });
  s.wait(1);
  expect(s.of('prompt')[0]).toMatchObject({ name: 'analysing', text: LANGUAGES.de.analysing });
});
