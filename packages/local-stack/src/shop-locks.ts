import pg from 'pg'
import type { Postgres } from './postgres/start-postgres.ts'

/** What a process can hold of a shop: `shop` while it serves or loads it, `filling` while it writes records into it. */
const keys = { shop: 4_061_977, filling: 4_061_978 } as const

export interface Lock {
  release(): Promise<void>
}

/**
 * Takes a lock of the shop, or answers null when another process holds it. It is held by a connection to the shop's own
 * database server, so that it ends with its holder, however that ends.
 */
export async function takeLock(postgres: Postgres, name: keyof typeof keys): Promise<Lock | null> {
  const connection = new pg.Client({ connectionString: postgres.superuserUrl('postgres') })
  connection.on('error', () => {})
  await connection.connect()
  const { rows } = await connection.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [keys[name]])
  if (rows[0]?.taken) return { release: () => connection.end() }
  await connection.end()
  return null
}
