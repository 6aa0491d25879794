import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'firmware-sim/**/*.ts', 'signals/**/*.ts'],
      reporter: ['text', 'lcov'],
    },
    // Nothing here is a timed test: the limit only ends a test that hangs, also on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // lets worker_threads started by the code under test (piscina) import .ts files
    execArgv: ['--import', 'tsx'],
    reporters: process.env['CI'] ? ['default', 'junit', './test/plain-reporter.ts'] : ['default'],
    outputFile: { junit: 'reports/junit.xml' },
  },
});
