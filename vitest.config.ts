import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

const HEAVY = {
  crash: ['test/**/*crash*.test.ts', 'test/crash/**/*.test.ts'],
  packaging: ['test/packaging/**/*.test.ts'],
  e2e: ['test/e2e/**/*.test.ts'],
}

const EXAMPLES = ['test/examples/**/*.test.ts']

/**
 * Suites that start many processes, installs or browsers, after the quick ones. They depend on how a machine shares its time out, so continuous
 * integration tries a failed one once more; the report marks it `(retry x1)`, and such a test is to be mended like a failed one.
 */
const heavy = Object.entries(HEAVY).map(([name, include]) => ({
  extends: true as const,
  test: { name, include, maxWorkers: 2, sequence: { groupOrder: 1 }, testTimeout: 180_000, hookTimeout: 600_000, retry: process.env.CI ? 1 : 0 },
}))

/** The examples import the package by its name; here that is its sources, as in tsconfig.json. They train for minutes, so one at a time. */
const examples = {
  extends: true as const,
  resolve: {
    alias: Object.entries({ '': 'trainer', '/tfjs': 'trainer/tfjs', '/lab': 'trainer/lab', '/store': 'db' }).map(([path, folder]) => ({
      find: new RegExp(`^lossboard${path}$`),
      replacement: join(import.meta.dirname, folder, 'index.ts'),
    })),
  },
  test: { name: 'examples', include: EXAMPLES, maxWorkers: 1, isolate: false, sequence: { groupOrder: 2 }, testTimeout: 600_000 },
}

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
          exclude: [...Object.values(HEAVY).flat(), ...EXAMPLES],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      ...heavy,
      examples,
    ],
  },
})
