import { fileURLToPath } from 'node:url'
import type { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import type { SubgraphEnvironment } from '../environment.ts'
import type { Logger } from '../logger.ts'
import { applyMigrations } from './migrations.ts'
import { createPool } from './pool.ts'
import { prismaAdapter } from './prisma-adapter.ts'

export interface ServiceDatabase {
  readonly adapter: PrismaPg
  /** The connections under the adapter, for what Prisma is not the right tool for. */
  readonly pool: pg.Pool
  /** True when the database answers. */
  isReady(): Promise<boolean>
  /** Ends every connection; to be called once the Prisma client is disconnected. */
  close(): Promise<void>
}

/** Brings the service's database up to its newest migration and opens a pool on it. */
export async function openDatabase(
  environment: SubgraphEnvironment,
  migrations: URL,
  logger: Logger,
): Promise<ServiceDatabase> {
  const connectionString = environment.DATABASE_URL
  const { applied } = await applyMigrations({ connectionString, directory: fileURLToPath(migrations) })
  for (const migration of applied) logger.info({ migration }, 'migration applied')
  const pool = createPool({
    connectionString,
    size: environment.DATABASE_POOL_SIZE,
    onError: (error) => logger.warn({ err: error }, 'an idle database connection broke'),
  })
  return {
    adapter: prismaAdapter(pool),
    pool,
    isReady: async () => (await pool.query('select 1')).rowCount === 1,
    close: () => pool.end(),
  }
}

/** True when `error` is Prisma's report (P2002) that the unique constraint of this name refused a row. */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  const { code, meta } = error as { code?: string; meta?: unknown }
  return code === 'P2002' && JSON.stringify(meta ?? {}).includes(`"${constraint}"`)
}
