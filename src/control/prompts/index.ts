/**
 * What the device says, as data: a language is a new small file and a line in `LANGUAGES`.
 *
 * Names of keys (SHOCK, SYNC) stay as they are printed on the panel. The type makes a missing sentence an error; the test
 * looks for the ones that nobody translated.
 */
import type { Guideline } from '../../core/guideline.ts';
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

/** What stands in a sentence for `{rate}` and the like. */
export type PromptWords = Readonly<Partial<Record<'rate' | 'depth' | 'cpr' | 'warn', string>>>;

export function promptText(language: Language, name: PromptName, words: PromptWords = {}): string {
  return LANGUAGES[language][name].replace(
    /\{(rate|depth|cpr|warn)\}/g,
    (_, key: keyof PromptWords) => words[key] ?? '-',
  );
}

/** The numbers of an edition: digits alone, for they read the same in every language. */
export function guidelineWords({ compressionsPerMin, depthCm, cprS, warnS }: Guideline): PromptWords {
  const span = ({ least, most }: { least: number; most: number }): string => `${least}-${most}`;
  return {
    rate: span(compressionsPerMin.value),
    depth: span(depthCm.value),
    cpr: String(cprS.value),
    ...(warnS === undefined ? {} : { warn: String(warnS.value) }),
  };
}
