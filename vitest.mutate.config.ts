/**
 * Which tests judge a mutant (`npm run mutate`): the fast ones that are about the machines and the interlock.
 *
 * The files share their modules in one run (each mutant has its own run): a mutant costs a third of what it does with a fresh
 * set for every file, and the verdicts are the same (compared over the first 250). Texts of prompts are not broken, so their
 * test, which opens a whole session, is left out.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/control/**/*.test.ts',
      'test/golden/*-cells.test.ts',
      'test/firmware-sim/therapy*.test.ts',
    ],
    exclude: ['test/control/prompts.test.ts'],
    isolate: false,
    testTimeout: 20_000,
  },
});
