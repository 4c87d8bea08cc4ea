import { defineConfig } from 'vitest/config';

/** Tests against programs and files nobody here wrote (xmlsec1, xmllint, published schemas); each skips with a reason where its peer is missing. */
export default defineConfig({
  test: { include: ['test/interop/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 },
});
