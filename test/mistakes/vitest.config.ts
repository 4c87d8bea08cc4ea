// Vitest as it always is, but with the mistake named by GONIEC_MISTAKE in its file: for what no sweep of a simulation can see.

import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { mistakeNamed } from './all-mistakes.ts';
import { mistaken } from './mistake.ts';

const ROOT = join(import.meta.dirname, '../..');
const mistake = mistakeNamed(process.env.GONIEC_MISTAKE ?? '');
const path = join(ROOT, mistake.file);

export default defineConfig({
  root: ROOT,
  plugins: [
    {
      name: 'mistake',
      enforce: 'pre',
      transform: (code, id) => (id === path ? mistaken(mistake, code) : undefined),
    },
  ],
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    bail: 1,
    maxWorkers: 1,
    fsModuleCache: false,
  },
});
