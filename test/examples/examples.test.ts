/** Every example runs as its first lines say, and shows what it promises. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

const SHOWS: Record<string, readonly RegExp[]> = {
  'detect-beats.ts': [/^0\.\d+ s {2}N/m, / [NV] {2}RR \d+ ms/, /^\d{2} beats in 30 s$/m],
  'analyse-rhythm.ts': [/^sinus +noShock/m, /^vf +shock +VF/m, /^asystole +noShock +asystole/m],
  'box-in-memory.ts': [
    /charged +.*"energyJ":200/,
    /shock +.*"deliveredJ":\d/,
    /the patient now has: sinus$/m,
  ],
  'disturb-the-patient.ts': [/^\{\} +found (\d+) of \1 beats, 0 that are none/m, /lead-off/],
};

test('every example is tested', () => {
  const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.ts'));
  expect(examples.sort()).toEqual(Object.keys(SHOWS).sort());
});

test.each(Object.entries(SHOWS))(
  '%s runs',
  (name, patterns) => {
    const args = ['--import', 'tsx', join('examples', name)];
    const run = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', timeout: 60_000 });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    for (const pattern of patterns) expect(run.stdout).toMatch(pattern);
  },
  60_000,
);
