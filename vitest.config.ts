import { defineConfig } from 'vitest/config';

const kinds = [
  'unit',
  'properties',
  'contracts',
  'edge',
  'journeys',
  'faults',
  'leaks',
  'architecture',
  'vectors',
] as const;

export default defineConfig({
  test: {
    projects: kinds.map((kind) => ({
      test: {
        name: kind,
        include: [`tests/${kind}/**/*.test.ts`],
        testTimeout: 120_000,
        hookTimeout: 120_000,
        pool: 'forks' as const,
      },
    })),
  },
});
