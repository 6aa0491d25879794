/** Parsers for the values of options: what commander calls, with an error that says what was expected and found. */
import { InvalidArgumentError } from 'commander';

export function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(`expected a whole number ${low}..${high}, found "${text}"`);
    }
    return value;
  };
}
