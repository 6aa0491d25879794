/**
 * Seeds for the breaker in the tests: stories that once broke a rule, and one seed that belongs to the code as it is.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const CODE = ['src/control', 'src/session', 'firmware-sim'];

/** [story, the steps that are needed, what it was]. Found at level event or wire; told at both. */
export const REGRESSIONS: readonly (readonly [seed: string, kept: readonly number[], what: string])[] = [
  [
    'night/63',
    [1, 2, 22, 23, 24, 25, 26],
    'the box ended its session; its answers were taken for signs of life',
  ],
  ['1/6', [86, 95, 97], 'AED mode with SYNC left on'],
  ['night/53', [10, 16, 17], 'FIRE and DISARM in one piece: the rule must not blame the box'],
  ['final/182', [11, 30, 31, 32], 'pads that come off at the instant of the shock: the same'],
  [
    'p/182',
    [7, 8, 12, 17, 19, 21, 22, 23, 31, 32, 35, 48, 49, 52, 54, 55],
    'SYNC off was refused at the instant of the shock and never asked for again: SHOCK was dead afterwards',
  ],
  [
    'million2/90341',
    [1, 2, 12, 13, 15, 16, 17, 19, 23, 24, 27, 28],
    'the cancel of one press came, again and late, after the next press: the rule must not blame the box',
  ],
];

/** Of the machines' source: every commit that changes them is tested with stories of its own, the same on every machine. */
export function seedOfTheCode(): string {
  const hash = createHash('sha256');
  for (const folder of CODE) {
    const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
    for (const file of files.filter((f) => f.endsWith('.ts')).sort()) {
      hash.update(file).update(readFileSync(join(ROOT, folder, file)));
    }
  }
  return hash.digest('hex').slice(0, 12);
}
