import { ensureDemoShop, ensureShopOfOnlineRetail, startStack } from '@cartograph/local-stack'
import { throwAwayFolder, removeWithServer } from '@cartograph/local-stack/throw-away-folder'
import type { TestProject } from 'vitest/node'
import { onlineRetailFiles } from './shared-data.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the shop that read-only tests share listens, and the superuser's URL of its database server. */
    sharedShop: { url: string; urls: Record<string, string>; databaseUrl: string; dataset: 'online-retail' | 'demo' }
  }
}

/** Starts the one shop that read-only tests share, a process per service: on real orders where they are at hand. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = throwAwayFolder()
  const files = onlineRetailFiles()
  const stack = await startStack(
    {
      dataDir: folder,
      port: 0,
      mode: 'processes',
      // Tests count what reads cost the services: every read, and with fetches merged however busy the machine is.
      environment: { FETCH_PATIENCE_MS: '5000', ANSWER_CACHE_MEBIBYTES: '0' },
      postgres: { ephemeral: true, settings: { shared_preload_libraries: 'pg_stat_statements' } },
    },
    (databases) => (files ? ensureShopOfOnlineRetail(folder, databases, files) : ensureDemoShop(folder, databases)),
  )
  project.provide('sharedShop', {
    url: stack.url,
    urls: stack.urls,
    databaseUrl: stack.postgres.superuserUrl('postgres'),
    dataset: files ? 'online-retail' : 'demo',
  })
  return async () => {
    await stack.stop()
    await removeWithServer(folder)
  }
}
