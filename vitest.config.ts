import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What `npm test` runs: everything that needs nothing but npm and no patience. Interop tests and slow ones have configurations of their own. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**', 'test/**/*.slow.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // The end-to-end tests mostly wait for other processes: two cores are worth two workers.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
