/**
 * What the device says, as data: a language is a new small file and a line in `LANGUAGES`.
 *
 * Names of keys (SHOCK, SYNC) stay as they are printed on the panel. The type makes a missing sentence an error; the test
 * looks for the ones that nobody translated.
 */
import { german } from './de.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import { french } from './fr.ts';

export type PromptName = keyof typeof english;
export type Prompts = Readonly<Record<PromptName, string>>;

/** By BCP 47 tag: what a browser's voice is asked for, too. */
export const LANGUAGES = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
} as const satisfies Record<string, Prompts>;

export type Language = keyof typeof LANGUAGES;
export const LANGUAGE_TAGS = Object.keys(LANGUAGES) as readonly Language[];

export function promptText(language: Language, name: PromptName): string {
  return LANGUAGES[language][name];
}
