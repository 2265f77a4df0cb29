import pg from 'pg'
import type { ProvidedContext } from 'vitest'
import { startPostgres } from '@cartograph/local-stack/start-postgres'
import { removeAbandonedFolders, removeWithServer, throwAwayFolder } from '@cartograph/local-stack/throw-away-folder'
import { offeredPostgresUrl } from './env.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The superuser's connection string of the run's PostgreSQL, to its database `postgres`. */
    cartographPostgresUrl: string
  }
}

interface Provider {
  provide<Key extends keyof ProvidedContext & string>(key: Key, value: ProvidedContext[Key]): void
}

/**
 * A vitest globalSetup for the root configuration: starts one throw-away PostgreSQL for the run, and stops and removes
 * it at the end. On CI it takes the server that is offered instead, which must answer.
 */
export default async function globalSetup(project: Provider): Promise<() => Promise<void>> {
  const offered = offeredPostgresUrl()
  if (offered) {
    await mustAnswer(offered)
    project.provide('cartographPostgresUrl', offered)
    return async () => {}
  }
  await removeAbandonedFolders()
  const dataDir = throwAwayFolder()
  try {
    const postgres = await startPostgres({ dataDir, ephemeral: true, settings: { autovacuum: 'off' } })
    project.provide('cartographPostgresUrl', postgres.superuserUrl('postgres'))
  } catch (error) {
    await removeWithServer(dataDir)
    throw error
  }
  return () => removeWithServer(dataDir)
}

async function mustAnswer(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await client.query('select 1')
  } catch (error) {
    throw new Error('The PostgreSQL of CARTOGRAPH_TEST_POSTGRES_URL does not answer', { cause: error })
  } finally {
    await client.end().catch(() => {})
  }
}
