/** Which tests judge a mutant (`npm run mutate`): the fast ones that are about the machines and the interlock. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/control/**/*.test.ts',
      'test/golden/*-cells.test.ts',
      'test/firmware-sim/therapy*.test.ts',
    ],
    testTimeout: 20_000,
  },
});
