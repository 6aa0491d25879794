/**
 * Which tests judge a mutant (`npm run mutate`): the fast ones that are about the machines and the interlock.
 *
 * Most mutants die at the first test, so the files come in the order of their cost: the approved tables, which open a whole
 * simulated box, only judge what is left. The files share their modules in one run (each mutant has its own run); the verdicts
 * are the same as with a fresh set for every file (compared over 250 mutants). Texts of prompts are not broken, so their test,
 * which opens a whole session, is left out; so is `therapy.test.ts` of the box, which sends every order as bytes.
 */
import { BaseSequencer } from 'vitest/node';
import { defineConfig } from 'vitest/config';

const COSTLY = ['therapy-model', 'machine-cells', 'energy-plan', 'box-cells'];

class CheapFirst extends BaseSequencer {
  override sort(files: Parameters<BaseSequencer['sort']>[0]): ReturnType<BaseSequencer['sort']> {
    const cost = (path: string): number => COSTLY.findIndex((name) => path.includes(name));
    return Promise.resolve([...files].sort((a, b) => cost(a.moduleId) - cost(b.moduleId)));
  }
}

export default defineConfig({
  test: {
    include: [
      'test/control/**/*.test.ts',
      'test/golden/*-cells.test.ts',
      'test/firmware-sim/therapy-*.test.ts',
    ],
    exclude: ['test/control/prompts.test.ts'],
    sequence: { sequencer: CheapFirst },
    isolate: false,
    testTimeout: 20_000,
  },
});
