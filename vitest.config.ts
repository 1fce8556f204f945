import { defineConfig } from 'vitest/config'

const HEAVY = {
  crash: ['test/**/*crash*.test.ts', 'test/crash/**/*.test.ts'],
  packaging: ['test/packaging/**/*.test.ts'],
  e2e: ['test/e2e/**/*.test.ts'],
}

/** Suites that start many processes, installs or browsers, after the quick ones. */
const heavy = Object.entries(HEAVY).map(([name, include]) => ({
  extends: true as const,
  test: { name, include, maxWorkers: 2, sequence: { groupOrder: 1 }, testTimeout: 180_000, hookTimeout: 600_000 },
}))

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: Object.values(HEAVY).flat(),
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      ...heavy,
    ],
  },
})
