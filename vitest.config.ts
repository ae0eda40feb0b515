import { defineConfig } from 'vitest/config'

/** What is waited for comes in its own time on a slow machine; no test is about how long that is. */
const patient = { poll: { timeout: 15_000 } }

export default defineConfig({
  test: {
    maxWorkers: 2,
    globalSetup: 'tests/support/global-setup.ts',
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{shared,server,worker}/src/**/*.test.ts', 'infra/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: 'web/vite.config.ts',
        root: 'web',
        test: { name: 'web', include: ['{src,messages-in-place}/**/*.test.ts'], testTimeout: 30_000 },
      },
      {
        test: {
          name: 'system',
          // Each file starts what it needs by itself; to load the same modules anew for each takes as long as its tests.
          isolate: false,
          expect: patient,
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/e2e/**', 'tests/faults/**', '**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // A browser and an encoder need the machine to themselves: one file at a time, after all others.
        test: {
          name: 'e2e',
          expect: patient,
          // A browser calls a download whose name the locale has no letters for just `download`.
          env: { LC_ALL: 'C.UTF-8' },
          include: ['tests/{e2e,faults}/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          maxWorkers: 1,
          isolate: false,
          // Encoders and browsers are at the mercy of whatever else runs there: a second try, which the report names.
          retry: process.env.CI ? 1 : 0,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
