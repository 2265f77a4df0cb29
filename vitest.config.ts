import { createRequire } from 'node:module'
import { defineConfig } from 'vitest/config'

const shared = {
  environment: 'node' as const,
  pool: 'forks' as const,
  testTimeout: 20_000,
  hookTimeout: 120_000,
  env: { APOLLO_TELEMETRY_DISABLED: 'true' },
}

export default defineConfig({
  // As Node resolves it: the package's "module" build beside its "main" one would be a second graphql in one process.
  resolve: { alias: [{ find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') }] },
  test: {
    // One server for throw-away databases serves the whole run.
    globalSetup: ['packages/test-kit/src/global-setup.ts'],
    // Each of the two starts real services; more would only make them wait for each other.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: 'workspace',
          include: ['{packages,subgraphs,gateway,clients,bench,chaos}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/generated/**', '**/dist/**', '**/*.timed.test.ts'],
        },
      },
      {
        // Black-box tests of the running supergraph; those that only read share one shop.
        extends: true,
        test: {
          ...shared,
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.timed.test.ts'],
          globalSetup: ['e2e/src/global-setup.ts'],
        },
      },
      {
        // What asserts seconds runs last and alone, so that it measures itself.
        extends: true,
        test: {
          ...shared,
          name: 'timed',
          include: ['{e2e,chaos,gateway}/**/*.timed.test.ts'],
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
        },
      },
    ],
  },
})
