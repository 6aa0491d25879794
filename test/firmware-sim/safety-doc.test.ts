/** docs/SAFETY.md says what the tables say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEFECTS } from '../../firmware-sim/defects/index.ts';
import { FAULT_RULES } from '../../firmware-sim/fault-board.ts';
import { PROFILES } from '../../firmware-sim/profiles/index.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/SAFETY.md'), 'utf8');

test.each(Object.entries(FAULT_RULES))('fault %s stands there with its reaction', (fault, { reaction }) => {
  expect(page).toContain(`| \`${fault}\``);
  expect(page).toContain(reaction);
});

test.each(DEFECTS.map((d) => [d.name, d.what] as const))(
  'defect %s stands there with what comes of it',
  (name, what) => {
    expect(page).toContain(`| \`${name}\``);
    expect(page).toContain(what);
  },
);

test.each(PROFILES.map((p) => [p.name, p] as const))(
  'profile %s stands there with its figures',
  (name, p) => {
    const row = page
      .split('\n')
      .find((line) => line.startsWith(`| \`${name}\``) && line.includes(p.waveform.name));
    expect(row).toContain(`${p.ladderJ[0]}-${p.ladderJ.at(-1)} J`);
    expect(row).toContain(`${Math.round(p.capacitorF * 1e6)} uF`);
    expect(row).toContain(`${p.autoDisarmMs / 1000} s`);
    expect(row).toContain(p.energyChange);
  },
);
