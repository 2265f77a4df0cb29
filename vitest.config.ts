import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,subgraphs,gateway,clients,e2e,bench}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/generated/**', '**/dist/**'],
    globalSetup: ['packages/test-kit/src/global-setup.ts'],
    environment: 'node',
    pool: 'forks',
    // Each of the two starts real services; more would only make them wait for each other.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    retry: 0,
    env: { APOLLO_TELEMETRY_DISABLED: 'true' },
  },
})
