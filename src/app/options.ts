/** Options that several commands have, and parsers for values: what commander calls, with an error that says what was expected and found. */
import { InvalidArgumentError, Option } from 'commander';
import { DEFAULT_GUIDELINE, GUIDELINE_IDS } from '../guidance/editions/index.ts';

export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(`expected a whole number ${low}..${high}, found "${text}"`);
    }
    return value;
  };
}

/** From 0 on. */
export function anyWholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError(`expected a whole number, found "${text}"`);
  return value;
}

/** Whose timings and energies hold. */
export function guidelineOption(): Option {
  return new Option('--guideline <edition>', 'timings, energies and prompts after this edition')
    .choices([...GUIDELINE_IDS])
    .default(DEFAULT_GUIDELINE);
}
