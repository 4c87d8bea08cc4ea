import { defineConfig } from 'vitest/config';

/** Real processes that are killed, stopped and hindered one after the other: minutes, most of them spent waiting. */
export default defineConfig({
  test: { include: ['test/**/*.slow.test.ts'], testTimeout: 120_000, hookTimeout: 120_000, maxWorkers: 2 },
});
