import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What `npm test` runs: everything that needs nothing but npm. Interop tests have a configuration of their own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The end-to-end tests mostly wait for other processes: two cores are worth two workers.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
