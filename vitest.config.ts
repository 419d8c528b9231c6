import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real engines, real files and a learner that reads thousands of phrasings: slow on a busy machine, never waiting.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
