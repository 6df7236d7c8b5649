import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/unit/**/*.test.ts', 'tests/conformance/**/*.test.ts', 'tests/architecture.test.ts'],
    environment: 'node',
    // Every processor: nothing else runs then.
    maxWorkers: '100%',
  },
});
