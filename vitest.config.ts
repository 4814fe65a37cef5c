import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    pool: 'forks',
    isolate: false,
    // Most tests wait for sockets and databases: one at a time leaves the cores idle.
    maxWorkers: 3,
    // Any zone but UTC: a date that is read in local time fails at once.
    env: { TZ: 'America/New_York' },
    // Those that run side by side start services of their own.
    maxConcurrency: 3,
    // For a machine that is busy with other things too: what hangs is only told later.
    testTimeout: 60_000,
    hookTimeout: 90_000,
  },
})
